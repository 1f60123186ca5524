use kfp::prelude::*;

struct Handle;

#[component]
fn open() -> Handle {
    Handle
}

fn main() {}

use kfp::prelude::*;

struct Handle;

#[component]
fn open(handle: Handle) {
    let _ = handle;
}

fn main() {}

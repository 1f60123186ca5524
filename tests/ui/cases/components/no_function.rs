use kfp::prelude::*;

#[component]
struct Fit {
    depth: i64,
}

fn main() {}

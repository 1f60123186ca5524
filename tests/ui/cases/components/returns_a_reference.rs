use kfp::prelude::*;

#[component]
fn name() -> &'static str {
    "iris"
}

fn main() {}

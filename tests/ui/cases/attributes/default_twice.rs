use kfp::prelude::*;

#[component]
fn work(#[default(1)] #[default(2)] n: i64) {
    let _ = n;
}

fn main() {}

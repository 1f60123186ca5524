use kfp::prelude::*;

#[component]
fn work(ref n: i64) {
    let _ = n;
}

fn main() {}

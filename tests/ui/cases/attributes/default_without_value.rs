use kfp::prelude::*;

#[component]
fn work(#[default] n: i64) {
    let _ = n;
}

fn main() {}

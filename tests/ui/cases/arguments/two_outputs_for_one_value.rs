use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn two(low: Output<Dataset>) -> i64 {
    drop(low);
    1
}

#[pipeline]
fn p(flag: bool) -> i64 {
    if flag { two() } else { 3 }
}

fn main() {}

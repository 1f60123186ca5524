use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline(on_exit = |run| say(format!("{}: {}", run.status, sum.output)))]
fn p(n: i64) {
    let sum = add(n, 1);
    add(sum, 1);
}

fn main() {}

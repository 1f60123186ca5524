use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p(n: i64) {
    if n > 3 {
        let sum = add(n, 1);
    }
    say(format!("{}", sum.output));
}

fn main() {}

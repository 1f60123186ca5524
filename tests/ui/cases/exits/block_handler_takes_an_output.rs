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
    #[on_exit(|end| say(format!("{} {}", end.status, sum.output)))]
    {
        let sum = add(n, 1);
        add(sum, 2);
    }
}

fn main() {}

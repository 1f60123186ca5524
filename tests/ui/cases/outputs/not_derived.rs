use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn train(depth: i64) -> f64 {
    depth as f64
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Scores {
    accuracy: f64,
}

#[component(image = "acme/steps:1")]
fn eval(depth: i64) -> Scores {
    Scores { accuracy: depth as f64 }
}

#[pipeline]
fn p() {
    let scores = eval(3);
    say(format!("{}", scores.accuracy));
}

fn main() {}

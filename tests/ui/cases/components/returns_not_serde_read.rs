use kfp::prelude::*;

struct Conf {
    rate: f64,
}

#[component(image = "acme/steps:1")]
fn tune() -> Conf {
    Conf { rate: 0.1 }
}

#[component(image = "acme/steps:1")]
fn train(rate: f64) {
    drop(rate);
}

#[pipeline]
fn p() {
    let tuned = tune();
    if tuned.rate > 0.5 {
        train(tuned.rate);
    }
    train(tuned.output);
}

fn main() {}

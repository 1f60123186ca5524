use kfp::prelude::*;

struct Rate;

#[derive(Outputs)]
struct Conf {
    rate: Rate,
}

#[component(image = "acme/steps:1")]
fn tune() -> Conf {
    Conf { rate: Rate }
}

#[component(image = "acme/steps:1")]
fn train(rate: f64) {
    drop(rate);
}

#[pipeline]
fn p() {
    train(tune().rate);
}

fn main() {}

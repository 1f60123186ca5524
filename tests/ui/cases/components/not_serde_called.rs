use kfp::prelude::*;

struct Conf {
    rate: f64,
}

#[component(image = "acme/steps:1")]
fn train(conf: Conf, rows: i64) -> f64 {
    conf.rate * rows as f64
}

#[pipeline]
fn p(rows: i64) {
    train(Conf { rate: 0.1 }, rows);
    train(rows = rows, conf = Conf { rate: 0.2 });
}

fn main() {}

//@ mistakes: 2
use kfp::prelude::*;

const LIMIT: i64 = 3;

#[component(script)]
fn draw(x: i64, metrics: Output<Metrics>) -> String {
    let _ = metrics.write_metrics([]);
    format!("{}", x.max(crate::LIMIT))
}

#[pipeline]
fn p() {
    draw(1);
}

fn main() {}

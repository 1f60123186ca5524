use kfp::prelude::*;

use serde::{Deserialize, Serialize};

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[derive(Outputs, Serialize, Deserialize)]
struct Scores {
    low: i64,
    high: i64,
}

#[pipeline]
fn p() -> Scores {
    let n = draw(1, 2);
    Scores { low: n.output }
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn flip() -> String {
    "heads".to_owned()
}

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Scores {
    accuracy: f64,
}

#[pipeline]
fn p() -> Scores {
    let text = flip();
    Scores { accuracy: text }
}

fn main() {}

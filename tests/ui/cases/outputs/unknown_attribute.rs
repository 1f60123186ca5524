use kfp::prelude::*;

use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
struct Scores {
    #[output(file = "/tmp/x")]
    accuracy: f64,
}

fn main() {}

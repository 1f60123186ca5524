use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Inner {
    depth: i64,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Setting {
    rate: f64,
    #[serde(flatten)]
    inner: Inner,
}

fn main() {}

use kfp::prelude::*;

#[derive(Outputs)]
struct Pair(f64, f64);

fn main() {}

use kfp::prelude::*;

#[derive(Artifact)]
#[artifact = "Weights"]
enum Weights {}

fn main() {}

use kfp::prelude::*;

#[derive(Artifact)]
struct Table<T>(T);

fn main() {}

use kfp::prelude::*;

#[derive(Outputs)]
struct Row<T> {
    value: T,
}

fn main() {}

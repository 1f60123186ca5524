use kfp::prelude::*;

#[derive(Outputs)]
struct Row {
    #[output]
    value: i64,
}

fn main() {}

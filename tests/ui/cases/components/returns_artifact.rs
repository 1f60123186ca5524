use kfp::prelude::*;

#[component]
fn train() -> Model {
    unimplemented!()
}

fn main() {}

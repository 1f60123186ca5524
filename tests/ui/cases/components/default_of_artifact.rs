use kfp::prelude::*;

#[component]
fn fit(#[default("x")] data: Input<Dataset>) {
    let _ = data;
}

fn main() {}

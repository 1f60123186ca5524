use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String, #[default(1)] times: i64) {
    drop((text, times));
}

#[pipeline]
fn p(text) {
    say(text, _);
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(cached: bool) {
    say("a").set_caching_options(cached);
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    let first = say("a");
    first.execution_options.caching_strategy.max_cache_staleness = "P0D";
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() {
    let drawn = draw(1, 2).set_max_cache_staleness("30 days");
    draw(drawn, 3).set_caching_options(false);
}

fn main() {}

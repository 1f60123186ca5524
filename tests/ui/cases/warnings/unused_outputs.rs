//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[component(image = "acme/steps:1")]
#[kfp::allow(KFP220)]
fn note(line: i64) -> i64 {
    line
}

#[pipeline]
fn p() {
    draw(1, 2);
    draw(3, 4);
    note(1);
    #[host]
    for low in 0..5_i64 {
        draw(low, 9);
        note(low);
    }
    draw(5, 6);
}

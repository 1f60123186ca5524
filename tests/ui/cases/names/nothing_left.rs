//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1", name = "日本")]
fn japan() {}

#[pipeline]
fn p() {
    japan();
}

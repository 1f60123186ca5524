//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn train(#[output(optional)] model: Output<Model>) {}

#[component(image = "acme/steps:1")]
fn publish(model: Input<Model>) {}

#[pipeline]
fn p() {
    publish(train());
}

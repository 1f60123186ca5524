//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn train(model: Output<Model>) {}

#[component(image = "acme/steps:1")]
fn publish(model: Input<Model>) {}

#[pipeline]
fn p(good: bool) {
    let model = if good { train().model } else { train().model };
    publish(model.set_archive(Archive::None));
}

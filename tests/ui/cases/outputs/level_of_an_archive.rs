//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn train(model: Output<Model>) {}

#[pipeline]
fn p() {
    train().model.set_archive(Archive::Tar { compression_level: 10 });
}

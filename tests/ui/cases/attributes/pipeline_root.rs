//@ build
use kfp::prelude::*;

#[component(image = "x:1")]
fn fetch(url: String) -> String {
    url
}

#[pipeline(pipeline_root = "s3://{{workflow.name}}")]
fn p() {
    fetch("a");
}

fn main() {}

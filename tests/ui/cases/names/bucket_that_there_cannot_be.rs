//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn train(rows: Input<Dataset>) {}

#[pipeline]
fn p() {
    train(S3Artifact::new("s3://data/2024", "rows.csv"));
}

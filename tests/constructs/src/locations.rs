//! Files that are in a store already.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::train;
use kfp::prelude::*;

#[component]
fn build(source: Input<Any>) -> ContainerOp {
    ContainerOp::new("build", "rust:1.95").command(["cargo", "build", "--manifest-path"]).arg(&source)
}

#[pipeline]
fn fit(rows: Input<Dataset>) -> f64 {
    train(rows, 0.5).output
}

#[pipeline]
fn locations(day: String, revision: String) -> f64 {
    train(
        S3Artifact::new("data", format!("rows/{day}.csv"))
            .endpoint("minio:9000")
            .region("eu-central-1")
            .access_key_secret("minio", "accesskey")
            .secret_key_secret("minio", "secretkey"),
        _,
    );
    train(GcsArtifact::new("data", "rows.csv").service_account_key_secret("gcs", "key.json"), _);
    train(HttpArtifact::new(format!("https://example.com/{day}/rows.csv")), _);
    build(
        GitArtifact::new("git@example.com:acme/steps.git")
            .revision(revision)
            .ssh_private_key_secret("git", "id_ed25519")
            .password_secret("git", "token"),
    );
    fit(S3Artifact::new("data", "all.csv")).output
}

#[test]
fn in_every_store() {
    check(
        "locations",
        &[
            "train with rows/DAY.csv of a bucket of MinIO, with rows.csv of Google's, and with DAY/rows.csv of a web server;",
            "build a revision of a repository; fit with all.csv of the run's own store, whose score is an output of the run",
        ],
        locations::workflow(),
    );
}

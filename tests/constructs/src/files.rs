//! How files are kept, and files that may be missing.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use kfp::prelude::*;

/// Writes two files, the second only if it is wanted.
#[component(image = "steps:1")]
fn notes(
    text: String,
    all: bool,
    #[output(compression_level = 9, artifact_gc = "Never")] short: Output<Text>,
    #[output(optional)] long: Output<Text>,
) -> Result<(), std::io::Error> {
    if all {
        long.write(format!("{text}, at length"))?;
    }
    short.write(text)
}

/// Reads both.
#[component(image = "steps:1")]
fn compare(
    #[input(mode = 0o555)] short: Input<Text>,
    #[input(optional)] long: Input<Text>,
) -> Result<String, std::io::Error> {
    let long = if long.exists() { long.read_to_string()? } else { "nothing more".to_owned() };
    let line = format!("{}: {long}", short.read_to_string()?);
    println!("{line}");
    Ok(line)
}

#[pipeline]
fn files(name: String, all: bool, days: Vec<String>) {
    let made = notes(name, all);
    made.short.set_archive(Archive::Zip).set_location(S3Artifact::key(format!("notes/{name}.zip")));
    compare(made.short, made.long);
    for day in days {
        let of_day = notes(day, true);
        of_day.long.set_archive(Archive::None).set_artifact_gc("OnWorkflowCompletion");
        of_day.short.set_optional(false).set_location(
            S3Artifact::new("ours", format!("{name}/{day}")).endpoint("minio:9000").access_key_secret("minio", "key"),
        );
        if all {
            compare(of_day.short, made.long);
        }
    }
}

#[pipeline]
fn files_in_gcs(name: String) {
    let made = notes(name, false);
    made.short.set_location(GcsArtifact::key(format!("{name}.tgz")));
}

#[test]
fn kept_and_left_out() {
    check(
        "files",
        &[
            "notes(name), its short file as a zip under notes/NAME.zip; compare both, the long one if it is there;",
            "for each day notes(day), and, if ALL, compare its short file with the long one of before",
        ],
        files::workflow(),
    );
    check("files_in_gcs", &["notes(name), its short file under NAME.tgz"], files_in_gcs::workflow());
}

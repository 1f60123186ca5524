//! Artifacts.

use super::field::model;
use serde_json::Value;

model! {
    /// An artifact (`Artifact`): declared, passed or given, after where it stands.
    ///
    /// Its location (`s3`, `gcs`, `git`, `http`, ..) is in `other`, but for `raw` and `s3`.
    pub struct Artifact {
        /// The name: `[-a-zA-Z0-9_]+`.
        pub name: String,
        /// The file or folder in the container.
        pub path: Option<String>,
        /// A reference, `{{tasks.NAME.outputs.artifacts.NAME}}`.
        pub from: Option<String>,
        /// An expression that gives an artifact, without the braces.
        pub from_expression: Option<String>,
        /// A part of it, relative to its root.
        pub sub_path: Option<String>,
        /// The content itself.
        pub raw: Option<RawArtifact>,
        /// An object of an S3 store; only `key` where the rest comes from the default repository.
        pub s3: Option<Value>,
        /// How it is packed; a compressed tarball if not given.
        pub archive: Option<ArchiveStrategy>,
        /// The name under which it is a `workflow.outputs.artifacts.NAME`.
        pub global_name: Option<String>,
        /// The mode bits of an input file, 0 to 511.
        pub mode: Option<i32>,
        /// Whether `mode` also holds for what is in a folder.
        pub recurse_mode: bool,
        /// Whether it may be missing.
        pub optional: bool,
    }

    /// The content itself (`RawArtifact`).
    pub struct RawArtifact {
        /// The text.
        pub data: String,
    }

    /// How an artifact is packed (`ArchiveStrategy`); one of its fields.
    pub struct ArchiveStrategy {
        /// Not at all: `{}`.
        pub none: Option<Value>,
        /// As a tarball: `{}`, or with a `compressionLevel`.
        pub tar: Option<Value>,
        /// As a zip: `{}`.
        pub zip: Option<Value>,
    }
}

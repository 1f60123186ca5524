//! Files that are in a store already, as what an `Input` takes.

use super::text::operands;
use super::{IntoFile, IntoText};
use crate::artifact::Artifact;
use crate::graph::{Location, Operand};
use std::marker::PhantomData;

macro_rules! stores {
    ($($(#[$doc:meta])* $name:ident => $store:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name<'s>(Location, PhantomData<&'s ()>);

        impl<'s> $name<'s> {
            fn empty() -> Self {
                Self(Location { store: $store, fields: Vec::new() }, PhantomData)
            }

            /// The last text of a field counts.
            fn with(mut self, field: &'static str, text: impl IntoText<'s>) -> Self {
                self.0.fields.retain(|(known, _)| *known != field);
                self.0.fields.push((field, parts(text)));
                self
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'s, 'a: 's, A: Artifact, D> IntoFile<'s, A, D> for $name<'a> {
            fn argument(self) -> Option<Operand> {
                Some(Operand::Location(Box::new(self.0)))
            }
        }
    )*};
}

stores! {
    /// An object, or all objects under a key, of an S3 store: AWS, MinIO and their like. Argo's `s3`.
    ///
    /// What it does not say of the store is taken from the artifact repository of the run.
    S3Artifact => "s3";
    /// An object, or all objects under a key, of Google Cloud Storage. Argo's `gcs`.
    GcsArtifact => "gcs";
    /// A file that a web server gives. Argo's `http`.
    HttpArtifact => "http";
    /// A repository, checked out into a folder. Argo's `git`.
    GitArtifact => "git";
}

/// Where a file of a task is kept: in an [`S3Artifact`] or a [`GcsArtifact`].
#[diagnostic::on_unimplemented(
    message = "[KFP284] a file cannot be kept in a `{Self}`",
    label = "wants an `S3Artifact` or a `GcsArtifact`"
)]
pub trait IntoKept<'s> {
    /// The place.
    #[doc(hidden)]
    fn into_kept(self) -> Location;
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's> IntoKept<'s> for S3Artifact<'a> {
    fn into_kept(self) -> Location {
        self.0
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's> IntoKept<'s> for GcsArtifact<'a> {
    fn into_kept(self) -> Location {
        self.0
    }
}

/// Each text may hold values of the pipeline.
impl<'s> S3Artifact<'s> {
    /// An object of a bucket, by its key.
    pub fn new(bucket: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        Self::empty().with("bucket", bucket).with("key", key)
    }

    /// A key of the artifact repository of the run, which has the bucket and the rest: for
    /// [`set_location`](super::Value::set_location) of an output.
    pub fn key(key: impl IntoText<'s>) -> Self {
        Self::empty().with("key", key)
    }

    /// The host of the store: `s3.amazonaws.com`, `minio:9000`.
    pub fn endpoint(self, host: impl IntoText<'s>) -> Self {
        self.with("endpoint", host)
    }

    /// The region of the bucket.
    pub fn region(self, region: impl IntoText<'s>) -> Self {
        self.with("region", region)
    }

    /// The key of a secret that holds the access key. Argo's `accessKeySecret`.
    pub fn access_key_secret(self, secret: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        self.with("accessKeySecret.name", secret).with("accessKeySecret.key", key)
    }

    /// The key of a secret that holds the secret key. Argo's `secretKeySecret`.
    pub fn secret_key_secret(self, secret: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        self.with("secretKeySecret.name", secret).with("secretKeySecret.key", key)
    }
}

/// Each text may hold values of the pipeline.
impl<'s> GcsArtifact<'s> {
    /// An object of a bucket, by its key.
    pub fn new(bucket: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        Self::empty().with("bucket", bucket).with("key", key)
    }

    /// A key of the artifact repository of the run, which has the bucket and the rest: for
    /// [`set_location`](super::Value::set_location) of an output.
    pub fn key(key: impl IntoText<'s>) -> Self {
        Self::empty().with("key", key)
    }

    /// The key of a secret that holds the service account's key. Argo's `serviceAccountKeySecret`.
    pub fn service_account_key_secret(self, secret: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        self.with("serviceAccountKeySecret.name", secret).with("serviceAccountKeySecret.key", key)
    }
}

/// Each text may hold values of the pipeline.
impl<'s> HttpArtifact<'s> {
    /// What is under this URL.
    pub fn new(url: impl IntoText<'s>) -> Self {
        Self::empty().with("url", url)
    }
}

/// Each text may hold values of the pipeline.
impl<'s> GitArtifact<'s> {
    /// A repository, by its URL: the tip of its default branch.
    pub fn new(repo: impl IntoText<'s>) -> Self {
        Self::empty().with("repo", repo)
    }

    /// A commit, tag or branch of it.
    pub fn revision(self, revision: impl IntoText<'s>) -> Self {
        self.with("revision", revision)
    }

    /// The key of a secret that holds an SSH key. Argo's `sshPrivateKeySecret`.
    pub fn ssh_private_key_secret(self, secret: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        self.with("sshPrivateKeySecret.name", secret).with("sshPrivateKeySecret.key", key)
    }

    /// The key of a secret that holds a password or token. Argo's `passwordSecret`.
    pub fn password_secret(self, secret: impl IntoText<'s>, key: impl IntoText<'s>) -> Self {
        self.with("passwordSecret.name", secret).with("passwordSecret.key", key)
    }
}

fn parts<'s>(text: impl IntoText<'s>) -> Vec<Operand> {
    match text.into_text() {
        Ok(text) => operands(text),
        Err((operand, _)) => vec![operand],
    }
}

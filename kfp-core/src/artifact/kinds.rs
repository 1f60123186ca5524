//! The types of artifacts.

/// A type of artifact, as [`Dataset`] or [`Model`]; `#[derive(Artifact)]` makes one of the user's own.
pub trait Artifact: 'static {
    /// The name that KFP shows.
    const TYPE: &'static str;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name {}

        impl Artifact for $name {
            const TYPE: &'static str = $text;
        }
    )*};
}

kinds! {
    /// A table or another set of examples. KFP's `Dataset`.
    Dataset = "Dataset";
    /// A trained model. KFP's `Model`.
    Model = "Model";
    /// Scalar metrics. KFP's `Metrics`; an output named `mlpipeline_metrics` is shown in the KFP UI.
    Metrics = "Metrics";
    /// A confusion matrix or a ROC curve. KFP's `ClassificationMetrics`.
    ClassificationMetrics = "ClassificationMetrics";
    /// A page. KFP's `HTML`.
    Html = "HTML";
    /// A page in Markdown. KFP's `Markdown`.
    Markdown = "Markdown";
    /// Plain text.
    Text = "Text";
    /// A file or a folder of any kind. KFP's `Artifact`.
    Any = "Artifact";
}

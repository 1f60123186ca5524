//! The types of artifacts.

/// A type of artifact, as [`Dataset`] or [`Model`]; `#[derive(Artifact)]` makes one of the user's own.
pub trait Artifact: 'static {
    /// The name that KFP shows.
    const TYPE: &'static str;

    /// The same name as a type: two types of artifact with one name are one type to KFP.
    #[doc(hidden)]
    type Name;

    /// What fits where this is wanted: types of the same name whose properties it has.
    #[doc(hidden)]
    type Takes;
}

/// A type's name as a type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Named<const HASH: u64>;

/// The name of [`Any`], which takes all others.
#[doc(hidden)]
#[derive(Debug)]
pub struct AnyName;

/// The name of [`Untyped`], which all others take.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unnamed;

/// The number of a name: FNV-1a.
#[doc(hidden)]
pub const fn name_hash(name: &str) -> u64 {
    let (bytes, mut index) = (name.as_bytes(), 0);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u64).wrapping_mul(0x0100_0000_01b3);
        index += 1;
    }
    hash
}

/// What an artifact whose type has this name can be given as.
#[doc(hidden)]
pub trait Accepts<Name> {}

impl<const HASH: u64> Accepts<Self> for Named<HASH> {}
impl<const HASH: u64> Accepts<Unnamed> for Named<HASH> {}
impl<Name> Accepts<Name> for AnyName {}

/// A file of which nobody says what it is: the output of an imported component without a type. It fits every input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[doc(hidden)]
pub enum Untyped {}

impl Artifact for Untyped {
    const TYPE: &'static str = "Artifact";
    type Name = Unnamed;
    type Takes = AnyName;
}

/// A file or a folder of any kind. KFP's `Artifact`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Any {}

impl Artifact for Any {
    const TYPE: &'static str = "Artifact";
    type Name = AnyName;
    type Takes = AnyName;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name {}

        impl Artifact for $name {
            const TYPE: &'static str = $text;
            type Name = Named<{ name_hash($text) }>;
            type Takes = Self::Name;
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
    /// What the KFP UI shows beside a task, if the output is named `mlpipeline_ui_metadata`. KFP's `UI_metadata`.
    UiMetadata = "UI_metadata";
    /// Plain text.
    Text = "Text";
}

//! Feeds the macros, the readers of manifests and the small languages what nobody would write.
//!
//! Bytes say how a source or a manifest that is right is changed: what is fed is nearly right, which is where readers have
//! their holes. [`Target::run`] takes the bytes of any fuzzer; the program of this crate makes its own, and so does the short run in
//! the tests. `libfuzzer/` is the same for `cargo fuzz`. What it found worth keeping is in `corpus/`, as text: it is fed as
//! it stands, and changed like the rest.

mod bytes;
mod components;
mod corpus;
#[cfg(feature = "readers")]
mod expressions;
mod lines;
#[cfg(feature = "readers")]
mod manifests;
mod pieces;
mod seeds;
mod sources;
mod texts;
mod tokens;
mod words;

// A crate of macros exports nothing but macros, so its files are compiled here once more; a test sees that none is left out.
#[path = "../../../kfp-macros/src/allowed.rs"]
mod allowed;
#[path = "../../../kfp-macros/src/artifact.rs"]
mod artifact;
#[path = "../../../kfp-macros/src/build_script.rs"]
mod build_script;
#[path = "../../../kfp-macros/src/component.rs"]
mod component;
#[path = "../../../kfp-macros/src/component_texts.rs"]
mod component_texts;
#[path = "../../../kfp-macros/src/errors.rs"]
mod errors;
#[path = "../../../kfp-macros/src/files.rs"]
mod files;
#[path = "../../../kfp-macros/src/import/mod.rs"]
mod import;
#[path = "../../../kfp-macros/src/keywords.rs"]
mod keywords;
#[path = "../../../kfp-macros/src/literals.rs"]
mod literals;
#[path = "../../../kfp-macros/src/manifest.rs"]
mod manifest;
#[path = "../../../kfp-macros/src/neighbours.rs"]
mod neighbours;
#[path = "../../../kfp-macros/src/options.rs"]
mod options;
#[path = "../../../kfp-macros/src/outputs.rs"]
mod outputs;
#[path = "../../../kfp-macros/src/pipeline/mod.rs"]
mod pipeline;
#[path = "../../../kfp-macros/src/script.rs"]
mod script;
#[path = "../../../kfp-macros/src/serde_names.rs"]
mod serde_names;
#[path = "../../../kfp-macros/src/signature.rs"]
mod signature;
#[path = "../../../kfp-macros/src/template_ref.rs"]
mod template_ref;

pub use bytes::random;
pub use corpus::entries;

/// Something to feed.
#[derive(Clone, Copy)]
pub struct Target {
    /// What it is called.
    pub name: &'static str,
    feed: fn(&str),
    made: fn(&[u8]) -> String,
    run: fn(&[u8]),
}

/// What can be fed.
pub const TARGETS: &[Target] = &[
    Target { name: "macros", feed: sources::feed_text, made: sources::made, run: sources::run },
    Target { name: "components", feed: components::feed, made: components::made, run: components::run },
    Target { name: "literals", feed: texts::feed, made: texts::made, run: texts::run },
    #[cfg(feature = "readers")]
    Target { name: "expressions", feed: expressions::feed, made: expressions::made, run: expressions::run },
    #[cfg(feature = "readers")]
    Target { name: "manifests", feed: manifests::feed, made: manifests::made, run: manifests::run },
];

impl Target {
    /// The target of this name.
    pub fn named(name: &str) -> Option<Self> {
        TARGETS.iter().copied().find(|target| target.name == name)
    }

    /// Feeds what the bytes make; a panic is what is looked for.
    pub fn run(self, data: &[u8]) {
        (self.run)(data);
    }

    /// What the bytes make, as text.
    pub fn made(self, data: &[u8]) -> String {
        (self.made)(data)
    }

    /// Feeds a text of [`entries`].
    pub fn feed(self, text: &str) {
        (self.feed)(text);
    }
}

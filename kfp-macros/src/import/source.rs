//! Component files with those that they refer to.

use super::Import;
use crate::errors::Errors;
use kfp_grammar::Mistake;
use kfp_grammar::component::{self, Component, Implementation};
use proc_macro2::TokenStream;
use quote::quote;
use std::ops::Range;
use std::path::{Path, PathBuf};
use syn::LitStr;

/// A component that was read.
pub(super) struct Loaded {
    pub(super) component: Component,
    /// Its text, as an expression.
    pub(super) text: TokenStream,
    /// The components of its graph that are in other files, by what the file calls them.
    pub(super) files: Vec<(String, Loaded)>,
}

/// A file, or text that stands in the source.
struct Origin<'a> {
    /// Where what is wrong with it is shown.
    at: &'a LitStr,
    /// What it is called; none for text in the source.
    shown: Option<String>,
    /// The folder that other files are looked for in.
    folder: PathBuf,
    text: String,
    tokens: TokenStream,
}

/// Components of components of components: more are a circle.
const DEEPEST: usize = 16;

impl Loaded {
    /// What `import_component!` names.
    pub(super) fn main(import: &Import, errors: &mut Errors) -> Option<Self> {
        let literal = &import.source;
        let text = literal.value();
        let origin = match text.contains('\n') {
            true => Origin { at: literal, shown: None, folder: root(), tokens: quote!(#literal), text },
            false => Origin::file(literal, &text, &root().join(&text), errors)?,
        };
        Self::read(import, origin, 0, errors)
    }

    fn read(import: &Import, origin: Origin<'_>, depth: usize, errors: &mut Errors) -> Option<Self> {
        let (component, mistakes) = component::read(&origin.text);
        origin.report(&mistakes, errors);
        let component = component?;
        let mut files = Vec::new();
        if let Implementation::Graph(graph) = &component.implementation {
            for (url, at) in graph.urls() {
                if files.iter().any(|(known, _)| known == url) {
                    continue;
                }
                let loaded = origin.refer(import, url, &at, errors);
                let loaded = loaded.filter(|_| depth < DEEPEST);
                files.extend(
                    loaded.and_then(|found| Some((url.to_owned(), Self::read(import, found, depth + 1, errors)?))),
                );
            }
        }
        let loaded = Self { component, text: origin.tokens.clone(), files };
        if let Implementation::Graph(graph) = &loaded.component.implementation
            && mistakes.is_empty()
        {
            origin.report(&graph.check(&|url| loaded.find(url)), errors);
        }
        Some(loaded)
    }

    /// The component of its graph that another file has.
    pub(super) fn find(&self, url: &str) -> Option<&Component> {
        self.files.iter().find(|(known, _)| known == url).map(|(_, loaded)| &loaded.component)
    }
}

impl<'a> Origin<'a> {
    fn file(at: &'a LitStr, shown: &str, path: &Path, errors: &mut Errors) -> Option<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let full = path.to_string_lossy();
                let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
                Some(Self {
                    at,
                    shown: Some(shown.to_owned()),
                    folder,
                    text,
                    tokens: quote!(::core::include_str!(#full)),
                })
            }
            Err(error) => {
                let message = format!("cannot read `{shown}`: {error}; the path starts at the folder of `Cargo.toml`");
                errors.at(at, 37, message);
                None
            }
        }
    }

    /// The file that has a component of the graph: the one that the import names, or one beside this.
    fn refer(&self, import: &'a Import, url: &str, at: &Range<usize>, errors: &mut Errors) -> Option<Origin<'a>> {
        if let Some((_, file)) = import.files.iter().find(|(known, _)| known.value() == url) {
            let shown = file.value();
            return Origin::file(file, &shown, &root().join(&shown), errors);
        }
        if url.contains("://") {
            let place = self.place(at.start);
            let message = format!(
                "{place} the component at `{url}` is not fetched while this is compiled; \
                 keep it as a file and say so: `with {{ \"{url}\" = \"FILE\" }}`"
            );
            errors.at(self.at, 38, message);
            return None;
        }
        Origin::file(&import.source, url, &self.folder.join(url), errors)
    }

    fn report(&self, mistakes: &[Mistake], errors: &mut Errors) {
        for mistake in mistakes {
            errors.mistake(self.at, mistake, &format!("{} ", self.place(mistake.at.start)));
        }
    }

    fn place(&self, at: usize) -> String {
        let (line, column) = component::position(&self.text, at);
        match &self.shown {
            Some(file) => format!("`{file}`, line {line}, column {column}:"),
            None => format!("line {line}, column {column} of the text:"),
        }
    }
}

fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

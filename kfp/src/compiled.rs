//! Pipelines of the registry, built and compiled, with everything that was found wrong.

use crate::argo::Manifest;
use crate::levels::Levels;
use kfp_core::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use kfp_core::graph::ManifestKind;
use kfp_core::registry::{self, ComponentRecord, PipelineRecord};
use kfp_grammar::Code;
use std::any::Any;
use std::cell::Cell;
use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};

/// Two pipelines want the same file.
const CLASH: Code = Code(403);
/// The pipeline's function panicked.
const PANICKED: Code = Code(404);

/// The manifest of one pipeline.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The name of its file, without a folder.
    pub(crate) file: String,
    /// What stands in it.
    pub(crate) manifest: Manifest,
}

/// Compiles all of them, as a manifest of this kind or of the one that each says; components of one name are an error, whoever calls them. If there is an error among the diagnostics, the manifests are not all there.
pub(crate) fn compile(
    records: &[&PipelineRecord],
    components: &[&ComponentRecord],
    levels: &Levels,
    kind: Option<ManifestKind>,
) -> (Vec<Compiled>, Diagnostics) {
    let mut found = Diagnostics(clashes(records));
    found.0.extend(registry::clashes(components));
    let mut compiled = Vec::new();
    for record in records {
        match build(record, kind) {
            Ok((manifest, warnings)) => {
                found.0.extend(warnings.0);
                compiled.push(Compiled { file: file_name(record.name), manifest });
            }
            Err(errors) => found.0.extend(errors.0),
        }
    }
    // A pipeline that others call is compiled with each of them.
    let mut seen = Vec::new();
    found.0.retain(|diagnostic| {
        let new = !seen.contains(diagnostic);
        if new {
            seen.push(diagnostic.clone());
        }
        new
    });
    found.0.sort_by_key(|diagnostic| diagnostic.place);
    if found.has_errors() {
        // Some warnings would only follow from what is wrong.
        found.0.retain(|diagnostic| diagnostic.severity == Severity::Error);
    }
    levels.apply(&mut found);
    (compiled, found)
}

/// The file of a pipeline: its name, where it has only letters that every file system takes.
pub(crate) fn file_name(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name: String = name.chars().map(|letter| if plain(letter) { letter } else { '-' }).collect();
    format!("{}.yaml", name.trim_start_matches('.'))
}

fn clashes(records: &[&PipelineRecord]) -> Vec<Diagnostic> {
    let mut first: HashMap<String, Place> = HashMap::new();
    let mut clashes = Vec::new();
    for record in records {
        let file = file_name(record.name);
        match first.get(&file.to_lowercase()) {
            None => {
                first.insert(file.to_lowercase(), record.place);
            }
            Some(other) => clashes.push(
                Diagnostic::error(
                    CLASH,
                    record.place,
                    format!("pipeline `{}` and another one both write `{file}`", record.name),
                )
                .related(*other, "the other one")
                .help("rename one with `#[pipeline(name = \"..\")]`"),
            ),
        }
    }
    clashes
}

fn build(record: &PipelineRecord, kind: Option<ManifestKind>) -> Result<(Manifest, Diagnostics), Diagnostics> {
    let graph = silently(record.graph).map_err(|panic| Diagnostics(vec![describe(record, &panic)]))?;
    kfp_core::compile_as(&graph, kind)
}

/// A panic while a pipeline was built: its text, and where it came from.
struct Panic {
    text: String,
    place: Option<(String, u32, u32)>,
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
    static PLACE: Cell<Option<(String, u32, u32)>> = const { Cell::new(None) };
}

/// Calls the user's function; a panic in it is an error like others, so the panic hook prints nothing.
fn silently<T>(call: impl FnOnce() -> T) -> Result<T, Panic> {
    let earlier = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if SILENT.get() {
            PLACE.set(panic.location().map(|place| (place.file().to_owned(), place.line(), place.column())));
        } else {
            earlier(panic);
        }
    }));
    SILENT.set(true);
    let ended = panic::catch_unwind(AssertUnwindSafe(call));
    SILENT.set(false);
    drop(panic::take_hook());
    ended.map_err(|payload| Panic { text: text(payload.as_ref()), place: PLACE.take() })
}

fn text(payload: &(dyn Any + Send)) -> String {
    let owned = payload.downcast_ref::<String>().cloned();
    owned.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

fn describe(record: &PipelineRecord, panic: &Panic) -> Diagnostic {
    let name = record.name;
    if let Some((code, text)) = coded(&panic.text) {
        return Diagnostic::error(code, record.place, format!("in pipeline `{name}`, {text}"));
    }
    let place = panic.place.as_ref().map(|(file, line, column)| format!(", at {file}:{line}:{column}"));
    let place = place.unwrap_or_default();
    let message = format!("pipeline `{name}` panicked while it was built{place}: {}", panic.text);
    Diagnostic::error(PANICKED, record.place, message)
}

/// Panics of our own carry a code, `[KFP401] ..`, and come from a place that the user never wrote.
fn coded(text: &str) -> Option<(Code, &str)> {
    let (digits, text) = text.strip_prefix("[KFP")?.split_once("] ")?;
    Some((Code(digits.parse().ok()?), text))
}

#[cfg(test)]
mod tests {
    use super::{coded, file_name};
    use kfp_grammar::Code;

    #[test]
    fn files_are_named_after_pipelines() {
        assert_eq!(file_name("iris-2_b"), "iris-2_b.yaml");
        assert_eq!(file_name("../a b/ü"), "-a-b-ü.yaml");
    }

    #[test]
    fn panics_with_a_code() {
        assert_eq!(coded("[KFP401] the component"), Some((Code(401), "the component")));
        assert_eq!(coded("index out of bounds"), None);
        assert_eq!(coded("[KFPX] x"), None);
    }
}

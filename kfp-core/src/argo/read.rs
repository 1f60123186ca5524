//! Manifests from YAML and JSON text.

use super::{ClusterWorkflowTemplate, CronWorkflow, Manifest, Workflow, WorkflowTemplate};
use kfp_grammar::Code;
use serde::de::DeserializeOwned;
use serde_saphyr::{Options, UserMessageFormatter, budget, options};
use std::fmt;

/// The text is not YAML, or not the YAML of a manifest.
pub const UNREADABLE: Code = Code(450);
/// The text holds another kind of manifest, none at all, or more than one.
pub const NOT_THAT_KIND: Code = Code(451);

/// Why a text could not be read as a manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadError {
    /// Which kind of mistake.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Line and column, both from 1, where one is known.
    pub position: Option<(u64, u64)>,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.position {
            write!(f, "{line}:{column}: ")?;
        }
        write!(f, "[{}] {}", self.code, self.message)
    }
}

impl std::error::Error for ReadError {}

/// Reads every document of a text, which may be JSON as well; empty documents are left out.
// Inlined, as all that asks for a whole manifest is: so it is compiled where something is read. Half of the machine code of
// this crate would be that, and a program of pipelines only writes.
#[inline]
pub fn from_yaml(text: &str) -> Result<Vec<Manifest>, ReadError> {
    documents(text)
}

/// Reads every document of a text as a `T`, with Argo's reading of YAML 1.1 scalars (`yes` is a boolean, `010` is 8), and
/// as strict: a number is no string.
pub fn documents<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, ReadError> {
    serde_saphyr::from_multiple_with_options(text, reading()).map_err(|error| unreadable(error.without_snippet()))
}

fn unreadable(error: &serde_saphyr::Error) -> ReadError {
    let mut message = match error {
        serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } => format!("the field `{key}` is there twice"),
        serde_saphyr::Error::QuotingRequired { value, .. } => {
            format!("`{value}` is no string as it stands; put it in quotes: \"{value}\"")
        }
        _ => error.render_with_formatter(&UserMessageFormatter),
    };
    let position = error.location().map(|at| (at.line(), at.column()));
    if let Some((line, column)) = position {
        // The parser says it at the end; here it stands in front, as the compiler has it.
        let suffix = format!(" at line {line}, column {column}");
        message.truncate(message.strip_suffix(&suffix).unwrap_or(&message).len());
    }
    ReadError { code: UNREADABLE, message, position }
}

/// Manifests of any size are read; what is limited is how deep they nest.
fn reading() -> Options {
    const ANY: usize = usize::MAX;
    options! {
        budget: budget! {
            max_events: ANY, max_nodes: ANY, max_total_scalar_bytes: ANY, max_documents: ANY, max_depth: 128,
        },
        legacy_octal_numbers: true,
        no_schema: true,
    }
}

macro_rules! reads_itself {
    ($($name:ident)*) => { $(
        impl $name {
            /// Writes it as a YAML document; the same value gives the same bytes.
            pub fn to_yaml(&self) -> String {
                super::to_yaml(self)
            }

            /// Writes it as JSON on one line.
            pub fn to_json(&self) -> String {
                super::to_json(self)
            }

            /// Reads it from a YAML (or JSON) text that holds it and nothing else.
            #[inline]
            pub fn from_yaml(text: &str) -> Result<Self, ReadError> {
                let mut manifests = from_yaml(text)?;
                match manifests.pop() {
                    Some(Manifest::$name(manifest)) if manifests.is_empty() => Ok(*manifest),
                    last => Err(not_that_kind(stringify!($name), manifests.into_iter().chain(last))),
                }
            }
        }
    )* };
}

reads_itself! { Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow }

fn not_that_kind(expected: &str, found: impl Iterator<Item = Manifest>) -> ReadError {
    let kinds: Vec<_> = found.map(|manifest| format!("a `{}`", manifest.kind())).collect();
    let found = if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    ReadError {
        code: NOT_THAT_KIND,
        message: format!("expected one manifest of the kind `{expected}`, found {found}"),
        position: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Workflow, from_yaml};
    use crate::argo::{Manifest, Task};
    use std::fmt::Write;

    const HEAD: &str = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n";

    fn error(text: &str) -> String {
        Workflow::from_yaml(text).expect_err("not a workflow").to_string()
    }

    #[test]
    fn a_wrong_type_is_shown_where_it_is() {
        assert_eq!(
            error(&format!("{HEAD}spec:\n  arguments:\n    parameters:\n    - {{name: a, value: [1]}}\n")),
            "6:17: [KFP450] invalid type: sequence, expected a string, a number or a boolean"
        );
    }

    #[test]
    fn a_number_for_a_string_is_an_error_as_it_is_in_argo() {
        let said = "[KFP450] `5` is no string as it stands; put it in quotes: \"5\"";
        for kind in ["container", "script"] {
            let text = format!("{HEAD}spec:\n  templates:\n  - {kind}:\n      args:\n      - sleep\n      - 5\n");
            assert_eq!(error(&text), format!("8:9: {said}"), "{kind}");
        }
    }

    #[test]
    fn a_fraction_for_an_integer_is_an_error() {
        assert_eq!(
            error(&format!("{HEAD}spec:\n  activeDeadlineSeconds: 1.5\n")),
            "4:3: [KFP450] invalid type: floating point `1.5`, expected an integer or a string"
        );
        let whole = Workflow::from_yaml(&format!("{HEAD}spec:\n  activeDeadlineSeconds: 2.0\n")).expect("a workflow");
        assert_eq!(whole.spec.active_deadline_seconds, Some(2.into()));
    }

    #[test]
    fn a_field_that_is_there_twice_is_an_error() {
        assert_eq!(
            error(&format!("{HEAD}spec:\n  entrypoint: a\n  entrypoint: b\n")),
            "5:3: [KFP450] the field `entrypoint` is there twice"
        );
    }

    #[test]
    fn a_text_that_is_no_yaml_is_an_error() {
        assert_eq!(error("spec: [\n"), "1:7: [KFP450] unclosed bracket '['");
    }

    #[test]
    fn another_kind_is_an_error() {
        assert_eq!(
            error("apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\n"),
            "[KFP451] expected one manifest of the kind `Workflow`, found a `CronWorkflow`"
        );
        assert_eq!(error("# nothing\n"), "[KFP451] expected one manifest of the kind `Workflow`, found nothing");
        assert_eq!(
            error(&format!("{HEAD}---\nkind: Pod\n")),
            "[KFP451] expected one manifest of the kind `Workflow`, found a `Workflow`, a `Pod`"
        );
    }

    #[test]
    fn the_kind_may_come_last() {
        let text = "spec:\n  entrypoint: a\nmetadata:\n  name: w\nkind: Workflow\napiVersion: argoproj.io/v1alpha1\n";
        let workflow = Workflow::from_yaml(text).expect("a workflow");
        assert_eq!(workflow.spec.entrypoint.as_deref(), Some("a"));
        assert_eq!(workflow.metadata.name.as_deref(), Some("w"));
        assert_eq!(workflow.other.len(), 0);
    }

    #[test]
    fn a_foreign_document_is_kept_as_it_is() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers: []\n";
        let manifests = from_yaml(text).expect("a document");
        assert!(matches!(&manifests[..], [Manifest::Other(_)]));
        assert_eq!(crate::argo::to_yaml(&manifests[0]), text);
    }

    #[test]
    fn a_large_manifest_is_no_error() {
        let mut text = format!("{HEAD}spec:\n  templates:\n  - name: main\n    dag:\n      tasks:\n");
        for index in 0..40_000 {
            writeln!(text, "      - {{name: t{index}, template: a, when: b}}").expect("a growing string");
        }
        let workflow = Workflow::from_yaml(&text).expect("a workflow");
        let tasks: &[Task] = &workflow.spec.templates[0].dag.as_ref().expect("a DAG").tasks;
        assert_eq!(tasks.len(), 40_000);
    }

    #[test]
    fn a_manifest_that_nests_without_end_is_an_error() {
        assert!(error(&"[".repeat(100_000)).contains("[KFP450]"));
    }

    #[test]
    fn json_is_read_as_well() {
        let workflow = Workflow::from_yaml(&format!("{HEAD}spec:\n  entrypoint: main\n")).expect("a workflow");
        assert_eq!(Workflow::from_yaml(&workflow.to_json()), Ok(workflow));
    }
}

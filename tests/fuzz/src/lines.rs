//! Manifests, changed line by line and character by character, and plain texts.

use crate::bytes::Decisions;
use crate::seeds::MANIFESTS;
use kfp_core::argo::{Manifest, documents, from_yaml};
use kfp_grammar::{condition, duration, image, iso8601, jsonpath, label, name, quantity};
use kfp_lint::{Source, lint};

/// Pieces of manifests that matter to readers.
const PIECES: [&str; 24] = [
    "{{", "}}", "{{=", "'", "\"", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "|", ">", "&a", "*a", "!!str", "\t",
    "null", "é", "\u{feff}", "<<: ", "%YAML",
];

/// Reads and lints one changed manifest. One that can be read is the same when it is written and read again.
pub(crate) fn manifest(data: &[u8]) {
    let text = changed_manifest(data);
    lint(&[Source { name: "fuzzed.yaml", text: &text }]);
    if let Ok(manifests) = from_yaml(&text) {
        for manifest in manifests {
            let written = kfp_core::argo::to_yaml(&manifest);
            let again: Vec<Manifest> = documents(&written).expect("what was written can be read");
            assert!(
                again.len() == 1 && again[0] == manifest,
                "read, written and read again, it is another:\n{written}"
            );
        }
    }
}

/// What one input makes of a manifest.
pub(crate) fn changed_manifest(data: &[u8]) -> String {
    let mut decide = Decisions::new(data);
    let Some(seed) = MANIFESTS.get(decide.below(MANIFESTS.len())) else { return String::new() };
    let mut lines: Vec<String> = seed.lines().map(str::to_owned).collect();
    while !decide.is_over() {
        change(&mut lines, &mut decide);
    }
    lines.join("\n")
}

fn change(lines: &mut Vec<String>, decide: &mut Decisions<'_>) {
    let kind = decide.byte() % 6;
    let at = decide.below(lines.len());
    if at >= lines.len() {
        return;
    }
    match kind {
        0 => drop(lines.remove(at)),
        1 => {
            let to = decide.below(lines.len());
            lines.swap(at, to);
        }
        2 => {
            let line = lines[at].clone();
            lines.insert(at, line);
        }
        3 => {
            let other = &MANIFESTS[decide.below(MANIFESTS.len())];
            let line = other.lines().nth(decide.below(40)).unwrap_or_default();
            lines.insert(at, line.to_owned());
        }
        _ => {
            let line = &mut lines[at];
            let places: Vec<usize> = line.char_indices().map(|(place, _)| place).chain([line.len()]).collect();
            let from = places[decide.below(places.len())];
            let to = places[decide.below(places.len())].max(from);
            line.replace_range(if kind == 4 { from..to } else { from..from }, PIECES[decide.below(PIECES.len())]);
        }
    }
}

/// Reads a text in every small language.
pub(crate) fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = (quantity::parse(&text), quantity::parse_for("memory", &text), duration::parse(&text));
    let _ = (duration::parse_or_seconds(&text), iso8601::parse(&text), image::parse(&text), jsonpath::parse(&text));
    let _ = (condition::parse(&text), label::parse(&text), label::value(&text), name::parse(&text));
    let _ = (kfp_engine::expr::Expression::parse(&text), kfp_engine::govaluate::holds(&text));
    let _ = kfp_engine::expr::evaluate(&text, &serde_json::Map::new());
}

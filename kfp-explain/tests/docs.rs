//! `docs/codes.md` leads to all the pages; `BLESS=1` writes it.

use kfp_explain::PAGES;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Where codes are found, by their hundreds.
const FOUND: [&str; 7] = [
    "In the source",
    "Types and wiring",
    "The whole pipeline",
    "Literals",
    "`cargo build`, the program, and manifests",
    "Inside the container",
    "Running here",
];

/// A list of the pages, as they stand beside each other in `pages/`.
fn rendered() -> String {
    let mut text = String::from(
        "# Codes\n\nEvery error and warning has a code, and every code a page: what happened, a wrong and a right example, which the\n\
         tests compile. `kfp explain CODE` shows the same. Written by `BLESS=1 cargo test -p kfp-explain`; do not edit it.\n",
    );
    for group in PAGES.chunk_by(|a, b| a.0.0 / 100 == b.0.0 / 100) {
        write!(text, "\n## {}\n\n", FOUND[usize::from(group[0].0.0 / 100)]).expect("memory");
        for (code, _) in group {
            let kind = if code.is_warning() { " (a warning)" } else { "" };
            writeln!(text, "- [{code}](../kfp-explain/pages/{code}.md): {}{kind}", code.title()).expect("memory");
        }
    }
    text
}

#[test]
fn the_list_in_the_docs_has_every_page() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/codes.md");
    let expected = rendered();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &expected).expect("a writable file");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "docs/codes.md is not what the pages are: BLESS=1 cargo test -p kfp-explain");
}

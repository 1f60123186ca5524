//! Every case in `cases/` is refused, or warned of, with exactly the text beside it.
//!
//! `BLESS=1` writes the texts anew; `CASES=loops/` takes only the cases whose path holds that.

use kfp_grammar::code::CATALOGUE;
use kfp_ui::{Compiler, RUSTC, files, headers, in_parallel, is_elsewhere, root, template};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The cases, as paths below the package.
fn cases() -> Vec<PathBuf> {
    let below = |path: PathBuf| path.strip_prefix(root()).expect("below the package").to_owned();
    files("cases", "rs").into_iter().map(below).collect()
}

#[test]
fn mistakes_are_explained() {
    let compiler = Compiler::new(Path::new(env!("CARGO_TARGET_TMPDIR")));
    let version = compiler.version();
    if !version.starts_with(RUSTC) {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: the texts of errors belong to {RUSTC}, this is {version}");
        }
        return;
    }
    let wanted = std::env::var("CASES").unwrap_or_default();
    let mut cases = cases();
    cases.retain(|case| case.to_string_lossy().contains(&wanted));
    assert!(!cases.is_empty(), "no case has `{wanted}` in its path");
    let texts = in_parallel(&cases, |case| {
        let source = fs::read_to_string(root().join(case)).expect("a case");
        if source.starts_with("//@ build") { compiler.build(case) } else { compiler.check(case) }
    });
    let mut wrong = String::new();
    for (case, text) in cases.iter().zip(texts) {
        let file = root().join(case).with_extension("stderr");
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if text.trim_end() != expected.trim_end() {
            if std::env::var_os("BLESS").is_some() {
                fs::write(&file, format!("{}\n", text.trim_end())).expect("a text can be written");
            } else {
                let _ = writeln!(wrong, "{}\nexpected:\n{expected}\nsaid:\n{text}", case.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The text of each case, by its path.
fn texts() -> Vec<(PathBuf, String)> {
    let text = |case: PathBuf| {
        let text = fs::read_to_string(root().join(&case).with_extension("stderr")).expect("each case has its text");
        (case, text)
    };
    cases().into_iter().map(text).collect()
}

#[test]
fn one_mistake_gives_one_error() {
    let mut wrong = String::new();
    for (case, text) in texts() {
        let found = headers(&text);
        let source = fs::read_to_string(root().join(&case)).expect("a case");
        let meant = source.lines().find_map(|line| line.strip_prefix("//@ mistakes: ")?.parse().ok()).unwrap_or(1);
        if found.len() != meant {
            let _ = writeln!(wrong, "{}: {found:#?}", case.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// How many different messages there are at least, names and numbers apart.
const MESSAGES: usize = 190;

#[test]
fn cases_say_different_things() {
    let said: BTreeSet<String> =
        texts().iter().flat_map(|(_, text)| headers(text)).map(|(_, one)| template(one)).collect();
    assert!(said.len() >= MESSAGES, "{} different messages", said.len());
}

#[test]
fn no_text_needs_to_be_looked_up() {
    for (case, text) in texts() {
        for inside in ["trait bound", "/rustc/", "panicked"] {
            assert!(!headers(&text).iter().any(|(_, header)| header.contains(inside)), "{}: {inside}", case.display());
        }
        // rustc names them so without the component `rust-src`, and with it.
        for sources in ["/rustc/", "/lib/rustlib/src/"] {
            assert!(!text.contains(sources), "{} shows sources of Rust, which not everybody has", case.display());
        }
    }
}

/// Names that stand in no source of a user's and in no documentation.
const INTERNAL: &[&str] = &["__", "kfp_core", "kfp_macros", "kfp_grammar", "State0", "$crate"];

#[test]
fn no_text_names_what_is_internal() {
    let mut wrong = String::new();
    for (case, text) in texts() {
        // Underlines of several lines are drawn with `__`.
        let written = text.lines().filter(|line| !line.trim_end_matches(['^', '-']).ends_with("__"));
        for line in written {
            if let Some(inside) = INTERNAL.iter().find(|inside| line.contains(**inside)) {
                let _ = writeln!(wrong, "{}: {inside} in {line}", case.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_case() {
    let all: String = texts().into_iter().map(|(_, text)| text).collect();
    let without: Vec<_> =
        CATALOGUE.iter().filter(|(code, _)| !is_elsewhere(*code) && !all.contains(&format!("[{code}]"))).collect();
    assert!(without.is_empty(), "no case in tests/ui/cases: {without:#?}");
}

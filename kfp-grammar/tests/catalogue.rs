//! The catalogue of codes and the sources agree: every code that is raised has a title, and every title is raised.

use kfp_grammar::Code;
use kfp_grammar::code::CATALOGUE;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands before the number of a code: a constant, a text of rustc's, a macro's error without a place.
const BEFORE: &[&str] = &["Code(", "[KFP", "coded(", "errors::text("];
/// What stands before the place, behind which the number comes.
const BEFORE_PLACE: &[&str] = &["errors.at(", "errors.at_span("];

#[test]
fn every_code_that_is_raised_has_a_title_and_every_title_is_raised() {
    let raised = raised();
    let titled: BTreeSet<Code> = CATALOGUE.iter().map(|(code, _)| *code).collect();
    let untitled: Vec<_> = raised.iter().filter(|(code, _)| !titled.contains(code)).collect();
    assert!(untitled.is_empty(), "no title in kfp-grammar/src/code.rs: {untitled:?}");
    let unraised: Vec<_> = titled.iter().filter(|code| !raised.contains_key(code)).collect();
    assert!(unraised.is_empty(), "a title, and raised nowhere: {unraised:?}");
}

#[test]
fn no_two_codes_have_the_same_title() {
    let titles: BTreeSet<&str> = CATALOGUE.iter().map(|(_, title)| *title).collect();
    assert_eq!(titles.len(), CATALOGUE.len());
}

#[test]
fn codes_are_found_in_every_form_in_which_they_are_raised() {
    let source = r#"
        /// [KFP900] is only a comment.
        const ONE: Code = Code(901);
        #[on_unimplemented(message = "[KFP902] no")]
        errors.at(&given(one, ")"), 903, "three");
        self.errors.at(
            tokens,
            904,
            message,
        );
        errors.at_span(error.span(), 905, "five");
        coded(906, "six");
        #[cfg(test)]
        mod tests { const TWO: Code = Code(999); }
    "#;
    assert_eq!(codes(source), (901..=906).map(Code).collect());
}

/// Every code that a source raises, with the first file that does.
fn raised() -> BTreeMap<Code, PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut raised = BTreeMap::new();
    for file in sources(root) {
        let source = fs::read_to_string(&file).expect("a source");
        for code in codes(&source) {
            raised.entry(code).or_insert_with(|| file.clone());
        }
    }
    raised
}

/// The files under `*/src`, but for tests and the catalogue itself.
fn sources(root: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = entries(root).into_iter().map(|path| path.join("src")).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
                && !path.ends_with("kfp-grammar/src/code.rs")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// The codes that a source raises outside of comments and tests.
fn codes(source: &str) -> BTreeSet<Code> {
    let source = source.split("mod tests {").next().unwrap_or_default();
    let lines: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let source = lines.join("\n");
    let behind = |before: &'static str| source.match_indices(before).map(move |(at, _)| at + before.len());
    let direct = BEFORE.iter().flat_map(|before| behind(before)).filter_map(|at| number(&source[at..]));
    let placed = BEFORE_PLACE.iter().flat_map(|before| behind(before)).map(|at| {
        let code = number(second_argument(&source[at..]));
        code.unwrap_or_else(|| panic!("no number in {:?}", source[at..].lines().next()))
    });
    direct.chain(placed).map(Code).collect()
}

fn number(text: &str) -> Option<u16> {
    let text = text.trim_start();
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// What follows the first comma outside of brackets and strings.
fn second_argument(text: &str) -> &str {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = in_string,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

//! The tests that `FEATURES.md` names are there.

#![allow(clippy::print_stdout, reason = "how many rows are done")]

use std::fs;
use std::path::Path;

/// What is wrong with a reference to a test: a file, or `FILE::FUNCTION`, below `root`.
fn wrong(root: &Path, test: &str) -> Option<String> {
    let (file, function) = test.split_once("::").map_or((test, None), |(file, function)| (file, Some(function)));
    let Ok(text) = fs::read_to_string(root.join(file)) else {
        return Some(format!("there is no file `{file}`"));
    };
    let function = function?;
    let lines: Vec<&str> = text.lines().collect();
    let defined = format!("fn {function}(");
    let is_test = |at: usize| {
        let attributes = lines[..at].iter().rev().take_while(|line| !line.trim().is_empty() && !line.starts_with('}'));
        attributes.into_iter().any(|line| line.contains("#[test]") || line.contains("#[pipeline"))
    };
    let is_it = |line: &str| line.trim_start().trim_start_matches("pub(super) ").starts_with(&defined);
    let found = lines.iter().enumerate().any(|(at, line)| is_it(line) && is_test(at));
    (!found).then(|| format!("`{file}` has no test `{function}`"))
}

/// The cells of a row; a bar of text is written `\|`.
fn cells(line: &str) -> Vec<String> {
    let line = line.replace("\\|", "\u{0}");
    line.trim().trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
}

#[test]
fn every_row_has_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let features = fs::read_to_string(root.join("FEATURES.md")).expect("FEATURES.md");
    let (mut rows, mut undone, mut problems) = (0, 0, Vec::new());
    for (number, line) in features.lines().enumerate().filter(|(_, line)| line.starts_with("| ")) {
        let cells = cells(line);
        if cells[0] == "theirs" || cells[0] == "what" || cells[0].starts_with("---") {
            continue;
        }
        rows += 1;
        let mut problem = |what: &str| problems.push(format!("line {}, {}: {what}", number + 1, cells[0]));
        if cells.len() != 3 {
            problem("a row has three cells");
            continue;
        }
        let tests: Vec<&str> =
            cells[2].split(", ").map(|test| test.trim_matches('`')).filter(|t| !t.is_empty()).collect();
        let done = !cells[1].starts_with("not yet");
        undone += usize::from(!done);
        if done && tests.is_empty() && !cells[1].starts_with("Python's own") {
            problem("no test shows it");
        }
        for test in tests {
            if let Some(what) = wrong(&root, test) {
                problem(&what);
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(rows > 200, "only {rows} rows were found");
    println!("{rows} rows, {undone} not yet");
}

#[test]
fn what_is_not_there_is_noticed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(wrong(root, "tests/features.rs::every_row_has_its_test"), None);
    assert_eq!(wrong(root, "tests/none.rs"), Some("there is no file `tests/none.rs`".to_owned()));
    let helper = wrong(root, "tests/features.rs::cells");
    assert_eq!(helper, Some("`tests/features.rs` has no test `cells`".to_owned()));
}

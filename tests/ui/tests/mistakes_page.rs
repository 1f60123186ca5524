//! The page that compares what is said of mistakes, docs/mistakes.md, shows cases that are there, with their codes.

use kfp_ui::root;
use std::fmt::Write;
use std::fs;

/// Each case of the page: the line that has it, and its path below `tests/ui`, without extension.
fn shown(page: &str) -> Vec<(&str, &str)> {
    let case = |line| Some((line, str::split_once(line, "(../tests/ui/")?.1.split_once(".rs)")?.0));
    page.lines().filter_map(case).collect()
}

#[test]
fn the_page_shows_cases_that_are_there() {
    let page = fs::read_to_string(root().join("../../docs/mistakes.md")).expect("the page");
    let shown = shown(&page);
    assert!(shown.len() >= 60, "{} cases", shown.len());
    let mut wrong = String::new();
    for (line, case) in shown {
        let code = line.split_once("[KFP").and_then(|(_, rest)| Some(format!("[KFP{}]", rest.split_once(']')?.0)));
        match fs::read_to_string(root().join(case).with_extension("stderr")) {
            Ok(text) if code.as_ref().is_none_or(|code| text.contains(code)) => {}
            Ok(_) => _ = writeln!(wrong, "{case} no longer says {}", code.unwrap_or_default()),
            Err(error) => _ = writeln!(wrong, "{case}: {error}"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}write the page anew with tests/peers/mistakes");
}

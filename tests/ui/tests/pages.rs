//! The pages of codes: the wrong example of each has exactly its code, the right one none.
//!
//! Rust is compiled, a manifest linted. What only a cluster or a run shows stands as the console shows it; what only a graph
//! made by hand has is told in words. `PAGES=KFP26` takes only the pages whose code
//! holds that.

use kfp_explain::PAGES;
use kfp_grammar::Code;
use kfp_lint::Source;
use kfp_ui::{Compiler, RUSTC, headers, in_parallel, is_elsewhere};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The examples below a heading, each with its language.
fn examples<'a>(page: &'a str, heading: &str) -> Vec<(&'a str, &'a str)> {
    let below = page.split_once(&format!("\n## {heading}\n")).expect("each page has a wrong and a right example").1;
    let section = below.split("\n## ").next().unwrap_or(below);
    let blocks: Vec<_> = section.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect();
    assert!(!blocks.is_empty(), "an example below `{heading}`");
    blocks
}

/// What is said about the examples below a heading: about Rust by the compiler, about a manifest by `kfp lint`; the console
/// shows it itself.
fn said(compiler: &Compiler, code: Code, page: &str, heading: &str) -> String {
    let name = heading.to_lowercase();
    let about = |(language, text): (&str, &str)| match language {
        language if language != "rust" && !is_elsewhere(code) => panic!("{code}, {heading}: the example is Rust"),
        "text" => String::new(),
        "rust" => compiled(compiler, code, &name, text),
        "yaml" => {
            let found = kfp_lint::lint(&[Source { name: "w.yaml", text }]);
            found.iter().map(|it| format!("{it}\n").replacen("w.yaml:", "", 1)).map(unplaced).collect()
        }
        "console" => {
            let found: Vec<_> =
                text.lines().filter(|line| line.contains("[KFP")).map(|line| format!("error: {line}\n")).collect();
            found.concat()
        }
        other => panic!("{code}: nothing is known of examples in `{other}`"),
    };
    examples(page, heading).into_iter().map(about).collect()
}

/// A finding without its line and column.
fn unplaced(finding: String) -> String {
    finding.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ':' | ' ')).to_owned()
}

/// Whether no graph shows it: rustc finds it, or its examples only have to compile, for a manifest or a run shows it.
fn needs_no_graph(code: Code) -> bool {
    matches!(code.0, 0..200 | 360..374 | 450..)
}

/// What is said about a source: by rustc, and by `cargo build` if there is nothing else and the code is one of the graph's.
fn compiled(compiler: &Compiler, code: Code, name: &str, source: &str) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{code}_{name}.rs"));
    fs::write(&file, format!("#![allow(dead_code)]\n{source}\nfn main() {{}}\n")).expect("a file can be written");
    let text = compiler.check(&file);
    if needs_no_graph(code) || headers(&text).iter().any(|(is_error, _)| *is_error) {
        return text;
    }
    fs::write(&file, source).expect("a file can be written");
    compiler.build(&file)
}

#[test]
fn every_example_is_as_its_page_says() {
    let compiler = Compiler::new(Path::new(env!("CARGO_TARGET_TMPDIR")));
    if !compiler.version().starts_with(RUSTC) {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: the errors belong to {RUSTC}");
        }
        return;
    }
    let wanted = std::env::var("PAGES").unwrap_or_default();
    let pages: Vec<_> = PAGES.iter().filter(|(code, _)| code.to_string().contains(&wanted)).collect();
    assert!(!pages.is_empty(), "no page is of a code with `{wanted}` in it");
    let wrong = in_parallel(&pages, |(code, page)| {
        let mut found = String::new();
        let is_judged = examples(page, "Wrong").iter().any(|(language, _)| *language != "text");
        let text = said(&compiler, *code, page, "Wrong");
        let codes: Vec<_> = headers(&text).into_iter().filter(|(_, header)| header.contains("[KFP")).collect();
        let uncoded = headers(&text).iter().any(|(is_error, header)| *is_error && !header.contains("[KFP"));
        let is_other = !codes.iter().all(|(_, header)| header.contains(&format!("[{code}]")));
        if is_judged && (codes.is_empty() || code.0 >= 500 && uncoded || is_other) {
            let _ = writeln!(found, "{code}, wrong: {text}");
        }
        let text = said(&compiler, *code, page, "Right");
        if text.contains("[KFP") || headers(&text).iter().any(|(is_error, _)| *is_error) {
            let _ = writeln!(found, "{code}, right: {text}");
        }
        found
    })
    .concat();
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_are_in_order_and_named_by_their_titles() {
    assert!(PAGES.is_sorted_by(|a, b| a.0 < b.0));
    for (code, page) in PAGES {
        assert!(page.starts_with(&format!("# {code}: {}\n\n", code.title())), "{code}");
    }
}

#[test]
fn every_code_has_a_page() {
    let has = |code: &Code| PAGES.iter().any(|(of, _)| of == code);
    let without: Vec<_> = kfp_grammar::code::CATALOGUE.iter().filter(|(code, _)| !has(code)).collect();
    assert!(without.is_empty(), "no page in kfp-explain/pages: {without:#?}");
}

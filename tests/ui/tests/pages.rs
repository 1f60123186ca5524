//! The pages of codes: the wrong example of each has exactly its code, the right one none.
//!
//! Where no pipeline's source shows a code, an example may be text, YAML or a shell's, and is not compiled.

use kfp_explain::PAGES;
use kfp_grammar::Code;
use kfp_ui::{Compiler, RUSTC, headers, in_parallel, is_elsewhere};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The first example below a heading; nothing if it is no Rust, as it may be where no pipeline's source shows the code.
fn example<'a>(code: Code, page: &'a str, heading: &str) -> Option<&'a str> {
    let below = page.split_once(&format!("\n## {heading}\n")).expect("each page has a wrong and a right example").1;
    let (language, code_below) = below.split_once("```").expect("an example").1.split_once('\n').expect("it has lines");
    let text = code_below.split_once("```").expect("it ends").0;
    assert!(language == "rust" || is_elsewhere(code), "{code}, {heading}: the example is Rust");
    (language == "rust").then_some(text)
}

/// What is said about an example: by rustc, and by `cargo build` if there is nothing else and the code is one of the graph's.
fn said(compiler: &Compiler, code: Code, name: &str, source: &str) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{code}_{name}.rs"));
    fs::write(&file, format!("#![allow(dead_code)]\n{source}\nfn main() {{}}\n")).expect("a file can be written");
    let text = compiler.check(&file);
    if code.0 < 200 || headers(&text).iter().any(|(is_error, _)| *is_error) {
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
    let wrong = in_parallel(PAGES, |(code, page)| {
        let mut found = String::new();
        if let Some(source) = example(*code, page, "Wrong") {
            let text = said(&compiler, *code, "wrong", source);
            let codes: Vec<_> = headers(&text).into_iter().filter(|(_, header)| header.contains("[KFP")).collect();
            if codes.is_empty() || !codes.iter().all(|(_, header)| header.contains(&format!("[{code}]"))) {
                let _ = writeln!(found, "{code}, wrong: {text}");
            }
        }
        if let Some(source) = example(*code, page, "Right") {
            let text = said(&compiler, *code, "right", source);
            if text.contains("[KFP") || headers(&text).iter().any(|(is_error, _)| *is_error) {
                let _ = writeln!(found, "{code}, right: {text}");
            }
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
#[ignore = "pages are being written"]
fn every_code_has_a_page() {
    let has = |code: &Code| PAGES.iter().any(|(of, _)| of == code);
    let without: Vec<_> = kfp_grammar::code::CATALOGUE.iter().filter(|(code, _)| !has(code)).collect();
    assert!(without.is_empty(), "no page in kfp-explain/pages: {without:#?}");
}

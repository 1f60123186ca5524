//! A short run of every target, the same each time.

use kfp_fuzz::{Target, entries, random};
use std::collections::BTreeSet;
use std::panic::{catch_unwind, resume_unwind};
use std::thread;

/// With the stack that rustc gives to macros; a test has less.
const STACK: usize = 8 * 1024 * 1024;

fn feed(name: &'static str, count: u64) {
    let feeding = thread::Builder::new().stack_size(STACK).spawn(move || fed(name, count));
    if let Err(panic) = feeding.expect("a thread").join() {
        resume_unwind(panic);
    }
}

fn fed(name: &str, count: u64) {
    let target = Target::named(name).expect("a target");
    for index in 0..count {
        let data = random(index, 4 + (index % 61) as usize);
        assert!(catch_unwind(|| target.run(&data)).is_ok(), "input {index} of {name}:\n{}", target.made(&data));
    }
    for text in entries(name) {
        assert!(catch_unwind(|| target.feed(&text)).is_ok(), "of the corpus of {name}:\n{text}");
    }
}

#[test]
fn the_macros_never_panic() {
    assert!(!entries("macros").is_empty(), "there is a corpus");
    feed("macros", 4_000);
}

#[test]
fn the_reader_of_components_never_panics() {
    feed("components", 1_000);
}

#[test]
fn the_small_languages_never_panic() {
    feed("literals", 4_000);
}

#[test]
fn the_expressions_never_panic() {
    feed("expressions", 3_000);
}

#[test]
fn the_readers_of_manifests_never_panic() {
    feed("manifests", 800);
}

#[test]
fn no_file_of_the_macros_is_left_out() {
    let modules = |text: &str| -> BTreeSet<String> {
        let names = text.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
        names.map(str::to_owned).collect()
    };
    let macros = modules(include_str!("../../../kfp-macros/src/lib.rs"));
    let here = modules(include_str!("../src/lib.rs"));
    assert_eq!(macros.difference(&here).collect::<Vec<_>>(), Vec::<&String>::new());
}

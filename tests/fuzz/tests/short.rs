//! A short run of every target, the same each time.

use std::collections::BTreeSet;

fn feed(target: &str, count: u64) {
    for index in 0..count {
        let data = kfp_fuzz::random(index, 4 + (index % 61) as usize);
        let result = std::panic::catch_unwind(|| kfp_fuzz::run(target, &data));
        assert!(result.is_ok(), "input {index} of {target}:\n{}", kfp_fuzz::show(target, &data));
    }
}

#[test]
fn the_macros_never_panic() {
    feed("macros", 4_000);
}

#[test]
fn the_readers_of_manifests_never_panic() {
    feed("manifests", 1_000);
}

#[test]
fn the_small_languages_never_panic() {
    feed("texts", 50_000);
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

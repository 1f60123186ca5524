//! Literals of the small languages.

use crate::pieces::joined;
use kfp_grammar::{Mistake, condition, cron, duration, env, image, iso8601, jsonpath, label, name, path, quantity};

const PIECES: &[&str] = &[
    "a",
    "Ki",
    "m",
    "e",
    "E",
    "1",
    "0",
    "9",
    "12",
    ".",
    "..",
    "-",
    "+",
    ":",
    "@",
    "/",
    "{",
    "}",
    "[",
    "]",
    "[?(",
    ")]",
    "(",
    ")",
    "!",
    "=",
    "==",
    "!=",
    ">",
    "<",
    ",",
    " ",
    "in",
    "notin",
    "'",
    "\"",
    "\\",
    "$",
    "*",
    "*/",
    "P",
    "T",
    "D",
    "h",
    "s",
    "ms",
    "W",
    "sha256:",
    "é",
    "\n",
    "\t",
    "_",
    "🦀",
    "status",
    "@every ",
    "@daily",
    "MON",
    "JAN",
    "L",
    "?",
    "Europe/",
    "UTC",
    "18446744073709551615",
    "0.0000000000001",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "{.",
    "\u{0}",
    "\u{7f}",
    "µs",
    "x.y/",
    "A",
];

pub(crate) fn run(data: &[u8]) {
    feed(&made(data));
}

pub(crate) fn made(data: &[u8]) -> String {
    joined(PIECES, data)
}

/// Every language takes it, or says a place in it that is wrong.
pub(crate) fn feed(text: &str) {
    let found: [Option<Mistake>; 19] = [
        quantity::parse(text).err(),
        quantity::parse_for("memory", text).err(),
        quantity::parse_for("cpu", text).err(),
        quantity::parse_for("nvidia.com/gpu", text).err(),
        duration::parse(text).err(),
        duration::parse_or_seconds(text).err(),
        iso8601::parse(text).err(),
        cron::parse(text).err(),
        cron::time_zone(text).err(),
        image::parse(text).err(),
        jsonpath::parse(text).err(),
        condition::parse(text).err(),
        label::parse(text).err(),
        label::annotation(text).err(),
        label::value(text).err(),
        name::label(text).err(),
        name::subdomain(text).err(),
        env::name(text).err(),
        path::mount(text).err(),
    ];
    for mistake in found.into_iter().flatten() {
        assert!(text.get(mistake.at.clone()).is_some(), "{text:?}: no place of it: {mistake:?}");
        assert!(!mistake.code.title().is_empty(), "{mistake:?}");
    }
    let kebab = name::to_kebab(text);
    assert_eq!(name::to_kebab(&kebab), kebab, "{text:?}");
}

//! Odd strings arrive as they were written.

use crate::steps::print;
use kfp::argo::Workflow;
use kfp::prelude::*;

const ODD: &[&str] = &[
    "on",
    "no",
    "y",
    "1e3",
    "08",
    "1_000",
    "0o7",
    "~",
    "<<",
    "\ttab first",
    "nel\u{85}",
    "😀",
    "a\nb\n",
    "",
    " ",
    "null",
    "true",
    "- a",
    "a: b",
    "#c",
    "'",
    "\"",
    "\\",
    "\u{2028}",
    "\u{feff}",
    "%d",
    "@x",
    "`x`",
    "{}",
    "[1]",
    "&a",
    "*b",
    "!!str x",
];

#[pipeline]
fn strings() {
    #[host]
    for text in ODD {
        print(*text).set_env_variable("ODD", *text);
    }
}

#[test]
fn in_arguments_and_environment() {
    let yaml = strings::workflow().unwrap().to_yaml();
    let read = Workflow::from_yaml(&yaml).unwrap();
    let json = serde_json::to_string(&read).unwrap();
    for text in ODD {
        let quoted = serde_json::Value::from(*text).to_string();
        assert!(json.contains(&format!("\"value\":{quoted}")), "{text:?} is lost in\n{yaml}");
    }
}

//! Expressions, conditions and texts with variables, as the engine reads them.

use crate::pieces::joined;
use kfp_engine::expr::{Expression, evaluate, to_json};
use kfp_engine::govaluate;
use kfp_engine::scope::{Names, Unresolved, mentioned, substitute_text};
use kfp_engine::tags::parts;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

const PIECES: &[&str] = &[
    "tasks",
    ".",
    "['a-b']",
    "outputs",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ": ",
    " ? ",
    " ?? ",
    "?.",
    "'x'",
    "\"",
    "1",
    "0x",
    "1.5",
    "-",
    "+",
    "/",
    "%",
    "**",
    "..",
    " in ",
    "not ",
    " matches ",
    "let a = ",
    ";",
    "|",
    "map(",
    "filter(",
    "#",
    "#acc",
    "reduce(",
    "sprig.trunc(",
    "sprig.substr(",
    "sprig.untilStep(",
    "sprig.repeat(",
    "int(",
    "float(",
    "true",
    "nil",
    " == ",
    " < ",
    " && ",
    " || ",
    "if ",
    " else ",
    ", ",
    "99",
    "9223372036854775807",
    "jsonpath(",
    "'$..a'",
    "repeat(",
    "`",
    "\\",
    "é",
    "{{",
    "}}",
    "{{=",
    "$env",
    "take(",
    "slice(",
    "!",
    "inputs.parameters.",
    "x",
    "list",
    "toJson(",
    "fromJSON(",
    "sprig.",
    "date(",
    "now()",
    "duration(",
    "'-1.5h'",
    ").AddDate(",
    ").Format(",
    ").Round(",
    "'2006-01-02 __2 .000 MST Z07:00'",
    "sprig.toDate(",
    "sprig.semverCompare(",
    "sprig.urlParse(",
    "sprig.abbrevboth(",
    "sprig.wrap(",
    "sprig.seq(",
    "sprig.divf(",
    "sprig.randAlpha(",
    "sprig.b32dec(",
    "sprig.snakecase(",
    "'2024-01-01T00:00:00Z'",
    "\u{0}",
    "🦀",
    "sortBy(",
    "groupBy(",
    "replace(",
    "split(",
    "indexOf(",
    "splitList(",
    "toJSON(",
    "string(",
    "len(",
    "first(",
    "last(",
    "get(",
    "keys(",
    "[:",
    "]]",
    "=~",
    "!~",
    "'",
    "^",
    "&",
    "~",
    ">>",
    "<<",
    "{",
    "-9223372036854775808",
    "0.1e-400",
    "1e400",
    "()",
];

/// What a text can name.
static VARIABLES: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let value = json!({
        "tasks": {"a-b": {"outputs": {"result": "5"}, "status": "Succeeded"}},
        "inputs": {"parameters": {"x": "é{{x}}"}},
        "x": -3, "list": [1, 2.5, "three", null, {"a": [true]}],
    });
    value.as_object().cloned().unwrap_or_default()
});

pub(crate) fn run(data: &[u8]) {
    feed(&made(data));
}

pub(crate) fn made(data: &[u8]) -> String {
    joined(PIECES, data)
}

/// Whatever it is, it has a value or is refused.
pub(crate) fn feed(text: &str) {
    let _ = Expression::parse(text).map(|it| it.references());
    if let Ok(value) = evaluate(text, &VARIABLES) {
        assert!(serde_json::from_str::<Value>(&to_json(&value)).is_ok(), "{text:?} gives no JSON: {value}");
    }
    let _ = (govaluate::holds(text), parts(text), mentioned(text, "tasks"));
    let names = Names::from([("x".to_owned(), "é".to_owned()), ("inputs.parameters.x".to_owned(), text.to_owned())]);
    for unresolved in [Unresolved::Stays, Unresolved::SiblingsFail, Unresolved::Fails] {
        let _ = substitute_text(text, &names, unresolved);
    }
}

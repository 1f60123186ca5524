//! The small languages against what Argo's own libraries returned, line by line: `../shared/conformance/expressions.txt`.

use kfp_engine::expr::{ExprError, Expression, to_json};
use kfp_engine::govaluate::{self, WhenError};
use kfp_engine::quote::go_quoted;
use kfp_engine::tags::{Part, parts};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// The lines of a section of the table; says that the test is skipped where the table is missing.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn section(name: &str) -> Option<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/expressions.txt");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/conformance/expressions.txt not found");
        return None;
    };
    let mut lines = text.lines().skip_while(|line| *line != format!("## {name}"));
    lines.next().expect("the section");
    Some(lines.take_while(|line| !line.starts_with("## ")).map(str::to_owned).collect())
}

fn compare(found: Vec<(String, String, String)>) {
    assert!(found.len() > 5, "only {} lines", found.len());
    let wrong: Vec<_> = found.iter().filter(|(_, expected, got)| expected != got).collect();
    assert!(wrong.is_empty(), "{} of {} differ: {wrong:#?}", wrong.len(), found.len());
}

/// A Go string literal, where it is one.
fn unquoted(text: &str) -> String {
    let Some(body) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { return text.to_owned() };
    let mut value = String::new();
    let mut chars = body.chars();
    while let Some(character) = chars.next() {
        if character != '\\' {
            value.push(character);
            continue;
        }
        let kind = chars.next().expect("an escape");
        let mut code = |length| {
            let digits: String = chars.by_ref().take(length).collect();
            char::from_u32(u32::from_str_radix(&digits, 16).expect("digits")).expect("a character")
        };
        value.push(match kind {
            'n' => '\n',
            't' => '\t',
            'a' => '\x07',
            'b' => '\x08',
            'v' => '\x0b',
            'f' => '\x0c',
            'x' => code(2),
            'u' => code(4),
            'U' => code(8),
            other => other,
        });
    }
    value
}

#[test]
fn when() {
    let Some(lines) = section("when (govaluate, after substitution)") else { return };
    let rows = lines.iter().filter_map(|line| line.rsplit_once(" -> ")).map(|(text, expected)| {
        let expected = expected.split([' ', '(']).next().unwrap_or_default().to_owned();
        let got = match govaluate::holds(&unquoted(text.trim())) {
            Ok(holds) => holds.to_string(),
            Err(WhenError::Parse(_)) => "PARSE-ERR".to_owned(),
            Err(WhenError::Evaluate(_)) => "EVAL-ERR".to_owned(),
            Err(WhenError::NotBool(_)) => "NOT-BOOL".to_owned(),
        };
        (text.to_owned(), expected, got)
    });
    compare(rows.collect());
}

#[test]
fn reserved_task_names() {
    let Some(lines) = section("expr (depends)") else { return };
    let rows = lines.iter().filter_map(|line| line.split_once(' ')).map(|(name, expected)| {
        let mut variables = Map::new();
        variables.insert(name.to_owned(), json!({"Succeeded": true}));
        let result = Expression::parse(&format!("({name}.Succeeded)")).and_then(|e| e.evaluate(&variables));
        let got = match result {
            Err(ExprError::Compile(message) | ExprError::Unknown(message)) => format!("COMPILE-ERR {message}"),
            other => format!("{other:?}"),
        };
        // Where the error is said to be depends on the text around, which the table does not show.
        let cut = |text: &str| text.trim().split("(1:").next().unwrap_or_default().trim().to_owned();
        (name.to_owned(), cut(expected), cut(&got))
    });
    compare(rows.collect());
}

#[test]
fn quoting() {
    let Some(lines) = section("strconv.Quote body valid in JSON string?") else { return };
    let rows = lines.iter().filter_map(|line| line.split_once("  ")).filter(|(text, _)| *text != r#""\xff""#);
    let rows = rows.map(|(text, expected)| {
        let value = unquoted(text);
        let read: Result<String, _> = serde_json::from_str(&format!("\"{}\"", go_quoted(&value)));
        let got = format!("valid={} roundtrip={}", read.is_ok(), read.is_ok_and(|read| read == value));
        (text.to_owned(), expected.trim().to_owned(), got)
    });
    compare(rows.collect());
}

#[test]
fn tags() {
    let Some(lines) = section("fasttemplate") else { return };
    let rows = lines.iter().filter_map(|line| line.split_once("\"  ")).map(|(text, expected)| {
        let text = format!("{text}\"");
        let got = match parts(&unquoted(&text)) {
            Ok(parts) => {
                let tags = parts.iter().filter_map(|part| match part {
                    Part::Tag(tag) => Some(format!("{tag:?}")),
                    Part::Text(_) => None,
                });
                format!("tags=[{}]", tags.collect::<Vec<_>>().join(" "))
            }
            Err(_) => "ERR".to_owned(),
        };
        let expected = if expected.trim().starts_with("ERR") { "ERR" } else { expected.trim() };
        (text, expected.to_owned(), got)
    });
    compare(rows.collect());
}

#[test]
fn expressions() {
    let Some(lines) = section("expr misc") else { return };
    let variables = json!({"inputs": {"parameters": {"x": "5", "my-p": "a", "n": null}}});
    let variables = variables.as_object().expect("an object");
    let rows = lines.iter().filter_map(|line| line.rsplit_once(" -> ")).map(|(text, expected)| {
        let got = match Expression::parse(text.trim()).and_then(|e| e.evaluate(variables)) {
            Ok(value) => format!("{} {}", go_type(&value), to_json(&value)),
            Err(ExprError::Compile(_) | ExprError::Unknown(_)) => "COMPILE-ERR".to_owned(),
            Err(ExprError::Run(_)) => "RUN-ERR".to_owned(),
        };
        let expected = match expected.split_once(' ') {
            Some((error @ ("COMPILE-ERR" | "RUN-ERR"), _)) => error,
            _ => expected,
        };
        (text.to_owned(), expected.replace("interface {}", "any"), got)
    });
    compare(rows.collect());
}

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int",
        Value::String(_) => "string",
        Value::Array(_) => "[]any",
        Value::Object(_) => "map[string]any",
    }
}

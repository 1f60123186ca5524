//! Nothing that stands in a manifest makes the engine panic, and what has to survive does.

use kfp_engine::expr::{Expression, evaluate, to_json};
use kfp_engine::govaluate;
use kfp_engine::quote::go_quoted;
use kfp_engine::scope::{Names, Unresolved, mentioned, substitute_text};
use kfp_engine::tags::parts;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Texts that are nearly expressions.
fn nearly() -> impl Strategy<Value = String> {
    let words = [
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
        ":",
        "?",
        "??",
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
        "in",
        "not",
        "matches",
        "let a = ",
        ";",
        "|",
        "map",
        "filter",
        "#",
        "#acc",
        "reduce",
        "sprig.trunc",
        "sprig.substr",
        "sprig.untilStep",
        "int",
        "true",
        "nil",
        "==",
        "<",
        "&&",
        "if",
        "else",
        ",",
        "99",
        "9223372036854775807",
        "jsonpath",
        "'$..a'",
        "repeat",
        "`",
        "\\",
        "é",
        "{{",
        "}}",
        "$env",
        "take",
        "slice",
        "!",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..24).prop_map(|words| words.join(" "))
}

fn variables() -> Map<String, Value> {
    let value = json!({"tasks": {"a-b": {"outputs": "5", "list": [1, 2.5, "x", null]}}});
    value.as_object().cloned().unwrap_or_default()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn expressions_never_panic(text in nearly(), any in any::<String>()) {
        for text in [&text, &any] {
            let _ = evaluate(text, &variables());
            let _ = Expression::parse(text).map(|expression| expression.references());
        }
    }

    #[test]
    fn conditions_never_panic(text in nearly(), any in any::<String>()) {
        let _ = (govaluate::holds(&text), govaluate::holds(&any));
    }

    #[test]
    fn tags_never_panic(text in "[{}=a. ]{0,20}", any in any::<String>()) {
        let names = Names::from([("a".to_owned(), any.clone()), ("a.a".to_owned(), "x".to_owned())]);
        for unresolved in [Unresolved::Stays, Unresolved::SiblingsFail, Unresolved::Fails] {
            let _ = (substitute_text(&text, &names, unresolved), substitute_text(&any, &names, unresolved));
        }
        let _ = (parts(&any), mentioned(&any, "tasks"));
    }

    #[test]
    fn json_survives(value in any_json()) {
        let text = to_json(&value);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }

    #[test]
    fn what_go_quotes_as_json_survives(text in any::<String>()) {
        if let Ok(read) = serde_json::from_str::<String>(&format!("\"{}\"", go_quoted(&text))) {
            prop_assert_eq!(read, text);
        }
    }

    #[test]
    fn values_go_into_texts_unchanged(value in "[ -~\n\té日]{0,40}") {
        prop_assume!(!value.contains("{{"));
        let names = Names::from([("inputs.parameters.x".to_owned(), value.clone())]);
        let simple = substitute_text("<{{inputs.parameters.x}}>", &names, Unresolved::Fails);
        prop_assert_eq!(simple.expect("a text"), format!("<{value}>"));
        let expression = substitute_text("<{{=inputs.parameters.x}}>", &names, Unresolved::Fails);
        prop_assert_eq!(expression.expect("a text"), format!("<{value}>"));
    }
}

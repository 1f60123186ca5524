//! The expressions of `{{=..}}`: the part of Argo's language (expr) that manifests of this project use.

mod eval;
mod lexer;
mod parser;

use crate::Stuck;
use serde_json::Value;

/// What an expression gives. Variables are the members of `variables`, an object.
pub fn evaluate(expression: &str, variables: &Value) -> Result<Value, Stuck> {
    let node = parser::parse(expression)?;
    eval::eval(&node, &eval::Context { variables, item: None })
}

/// A value as text: a string as it is, all else as its JSON.
pub(crate) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => eval::json(&value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(expression: &str, expected: &str) {
        let variables = json!({
            "inputs": {"parameters": {"n": "5", "x": "0.5", "yes": "True", "list": "[1, 2.5]", "object": "{\"a\": {\"b\": 1.0}}"}},
            "tasks": {"a-b": {"status": "Succeeded", "outputs": {"parameters": {"output": "[\"0.9\",\"1\"]"}}}},
        });
        let value = evaluate(expression, &variables).unwrap_or_else(|stuck| panic!("{expression}: {stuck}"));
        assert_eq!(text(value), expected, "{expression}");
    }

    #[test]
    fn what_manifests_hold() {
        check("int(inputs.parameters.n) > 4", "true");
        check("inputs.parameters.n == '5' && !(1 > 2)", "true");
        check("float(inputs.parameters.x) >= 0.5 || false", "true");
        check("lower(inputs.parameters['yes']) == 'true'", "true");
        check("tasks['a-b'].status == 'Skipped' ? '[]' : 'no'", "no");
        check("'[' + join(fromJSON(tasks['a-b'].outputs.parameters.output), ',') + ']'", "[0.9,1]");
        check("toJson(map(fromJSON(inputs.parameters.list), toJson(#)))", r#"["1","2.5"]"#);
        check("toJson(fromJSON(inputs.parameters.object)['a'])", r#"{"b":1}"#);
        check(r"'it\u0027s \u007b\U0001f600'", "it's {😀");
        check("1 + 2", "3");
        check("-1 < 0 ? 'a' : 2 > 3 ? 'b' : 'c'", "a");
        check("1 == 1.0", "true");
        check("[1, 'a']", r#"[1,"a"]"#);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (expression, message) in [
            ("inputs.parameters.zzz", "nothing is named `zzz`"),
            ("1 +", "ends too early"),
            ("'a", "is never closed"),
            ("a b", "does not go on"),
            ("sprig.trim(' a')", "does not go on"),
            ("trim('a')", "no function `trim`"),
            ("'a' + 1", "cannot add"),
            ("int('x')", "is no whole number"),
            ("1 && true", "is neither true nor false"),
        ] {
            let said = evaluate(expression, &json!({"inputs": {"parameters": {}}, "a": 1})).unwrap_err().to_string();
            assert!(said.contains(message), "{expression}: {said}");
        }
    }
}

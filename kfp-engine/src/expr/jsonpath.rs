//! `jsonpath(text, path)`.

use super::{ExprError, Result, builtins};
use serde_json::Value;
use serde_json_path::JsonPath;

/// One value where the path can only lead to one, else the list of what was found.
pub(super) fn query(text: &str, path: &str) -> Result<Value> {
    let document = builtins::from_json(text)?;
    let compiled =
        JsonPath::parse(path).map_err(|error| ExprError::Run(format!("`{path}` is no JSONPath: {error}")))?;
    let found = compiled.query(&document);
    if !is_definite(path) {
        return Ok(found.into_iter().cloned().collect());
    }
    let first = found.first().cloned();
    first.ok_or_else(|| ExprError::Run(format!("`{path}` leads to nothing")))
}

/// Without wildcards, filters, slices, unions and descents.
fn is_definite(path: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    let mut in_brackets = false;
    for character in path.chars() {
        match quote {
            Some(open) if character == open && before != '\\' => quote = None,
            Some(_) => {}
            None => match character {
                '\'' | '"' => quote = Some(character),
                '*' | '?' => return false,
                '.' if before == '.' => return false,
                ':' | ',' if in_brackets => return false,
                '[' => in_brackets = true,
                ']' => in_brackets = false,
                _ => {}
            },
        }
        before = character;
    }
    true
}

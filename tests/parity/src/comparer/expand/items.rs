//! What a loop goes over.

use crate::comparer::parse::{MARK, unmark};
use crate::comparer::plan::Fact;
use crate::comparer::scope::Scope;
use crate::comparer::text::{Piece, Text};
use crate::comparer::{Expr, Result};
use kfp::argo::Task;
use serde_json::Value;

/// The facts about the items of a task that loops.
pub(super) fn items(task: &Task, scope: &Scope) -> Result<Option<Vec<(String, Fact)>>> {
    let mut facts = Vec::new();
    if !task.with_items.is_empty() {
        for (at, item) in task.with_items.iter().enumerate() {
            super::leaf::flatten(&format!("item {at}"), item, scope, &mut facts)?;
        }
    } else if let Some(source) = &task.with_param {
        let text = scope.text(source)?;
        if !listed(&text, &mut facts) {
            facts.push(("items".to_owned(), Fact::Text(text)));
        }
    } else if let Some(sequence) = &task.with_sequence {
        super::leaf::flatten("numbers", &serde_json::to_value(sequence).unwrap_or_default(), scope, &mut facts)?;
    } else {
        return Ok(None);
    }
    Ok(Some(facts))
}

/// A list whose elements are known one by one, though what they are may come from elsewhere.
fn listed(text: &Text, facts: &mut Vec<(String, Fact)>) -> bool {
    let text_of = |item: &Expr| item.clone().into_text();
    if let [Piece::Computed(expression)] = text.pieces()
        && let Expr::Call(name, arguments) = &**expression
        && name == "toJson"
        && let [Expr::List(list)] = &arguments[..]
    {
        for (at, item) in list.iter().enumerate() {
            match item {
                Expr::Map(pairs) => {
                    for (key, value) in pairs {
                        let key = key.clone().into_text();
                        let name = format!("item {at}.{}", key.as_constant().unwrap_or_default());
                        facts.push((name, Fact::Text(text_of(value))));
                    }
                }
                other => facts.push((format!("item {at}"), Fact::Text(text_of(other)))),
            }
        }
        return true;
    }
    let (text, marked) = marked(text);
    let bare = |at: usize| {
        let mark = format!("{}{at}{}", MARK.0, MARK.1);
        text.split_once(&mark).is_some_and(|(before, _)| before.trim_end().ends_with(['[', ',', ':']))
    };
    // What stands bare is a value of its own: a string of JSON for the moment.
    let (mut quoted, mut texts) = (text.clone(), marked.clone());
    for at in (0..marked.len()).filter(|at| bare(*at)) {
        let mark = format!("{}{at}{}", MARK.0, MARK.1);
        quoted = quoted.replace(&mark, &format!("\"{mark}\""));
        texts[at] = super::leaf::unquoted(&marked[at]).unwrap_or_else(|| marked[at].clone());
    }
    let Ok(Value::Array(list)) = serde_json::from_str::<Value>(&quoted) else { return false };
    for (at, item) in list.iter().enumerate() {
        known(&format!("item {at}"), item, &texts, facts);
    }
    true
}

/// A text with a mark for each piece that is not constant.
fn marked(text: &Text) -> (String, Vec<Text>) {
    let (mut constant, mut marked) = (String::new(), Vec::new());
    for piece in text.pieces() {
        match piece {
            Piece::Constant(text) => constant.push_str(text),
            piece => {
                constant.extend([MARK.0.to_string(), marked.len().to_string(), MARK.1.to_string()]);
                marked.push(Text::piece(piece.clone()));
            }
        }
    }
    (constant, marked)
}

fn known(name: &str, item: &Value, marked: &[Text], facts: &mut Vec<(String, Fact)>) {
    match item {
        Value::Object(fields) => {
            for (key, value) in fields {
                known(&format!("{name}.{key}"), value, marked, facts);
            }
        }
        Value::String(text) => facts.push((name.to_owned(), Fact::Text(unmark(text, marked)))),
        other => facts.push((name.to_owned(), Fact::Text(Text::constant(other.to_string())))),
    }
}

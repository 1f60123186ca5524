//! Whether expressions have the values that Argo's library gives them.

use kfp_conformance::go_expr::{self, Question};
use kfp_engine::expr::to_json;
use serde_json::Value;

/// How many expressions have the same value here and in Go, and what differs; nothing without Go. Where Go fails with
/// one of the words of `undone`, there may be a value here.
pub(crate) fn agree(
    questions: &[Question],
    undone: &[&str],
    ours: impl Fn(&str) -> Result<Value, String>,
) -> Option<(usize, Vec<String>)> {
    let versions = go_expr::evaluate(questions)?;
    let (mut wrong, mut good) = (Vec::new(), 0);
    for (index, (source, _)) in questions.iter().enumerate() {
        let ours = match ours(source) {
            Ok(Value::Null) => Err("no value".to_owned()),
            other => other,
        };
        let answers = versions.iter().map(|version| &version[index]);
        let agrees = answers.clone().any(|answer| match (&ours, answer) {
            (Ok(ours), Ok(theirs)) => is_same(ours, theirs),
            (Err(_), Err(_)) => true,
            (Ok(_), Err(why)) => undone.iter().any(|known| why.contains(known)),
            _ => false,
        });
        good += usize::from(agrees && ours.is_ok());
        if !agrees {
            let ours = ours.map(|value| to_json(&value));
            wrong.push(format!("{source}\n  ours {ours:?}\n  Go   {:?}", answers.collect::<Vec<_>>()));
        }
    }
    Some((good, wrong))
}

/// The value of an answer: of a text, the text.
fn is_same(ours: &Value, theirs: &str) -> bool {
    match ours {
        Value::String(text) => text == theirs,
        // A list that Go has not made is one without items.
        Value::Array(items) if items.is_empty() && theirs == "null" => true,
        other => to_json(other) == theirs || serde_json::from_str::<Value>(theirs).is_ok_and(|theirs| theirs == *other),
    }
}

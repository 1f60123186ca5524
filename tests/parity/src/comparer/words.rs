//! Texts, expressions and facts in words; two of them mean the same if their words are the same.

use super::plan::{Fact, Id};
use super::text::{Origin, Piece, Text};
use super::{Expr, condition, expand};
use serde_json::Value;

/// What an entity is called.
pub(super) type Names<'a> = &'a dyn Fn(Id) -> String;

/// A fact in words.
pub(super) fn fact_in_words(fact: &Fact, names: Names<'_>) -> Vec<String> {
    match fact {
        Fact::Text(text) => vec![text_in_words(text, names)],
        Fact::Condition(expression) => vec![condition::in_words(expression, names)],
        Fact::Entities(ids) => ids.iter().map(|id| names(*id)).collect(),
    }
}

/// A text in words. A constant that is JSON is written in one way.
pub(super) fn text_in_words(text: &Text, names: Names<'_>) -> String {
    if let Some(constant) = text.as_constant() {
        return json(constant).unwrap_or_else(|| constant.to_owned());
    }
    text.pieces().iter().map(|piece| piece_in_words(piece, names)).collect()
}

fn piece_in_words(piece: &Piece, names: Names<'_>) -> String {
    let source = match piece {
        Piece::Constant(text) => return text.clone(),
        Piece::Computed(expression) => return format!("‹{}›", expression_in_words(expression, names)),
        Piece::Source(source) => source,
    };
    let words = match &source.origin {
        Origin::Parameter(name) => format!("parameter {name}"),
        Origin::Variable(name) => name.clone(),
        Origin::Output { task, place, by_file: false } => format!("{place} of {}", names(*task)),
        Origin::Output { task, place, by_file: true } => format!("the file {place} of {}", names(*task)),
        Origin::Item(id) => format!("the item of {}", names(*id)),
        Origin::Argument(id) => format!("argument {}", names(*id)),
        Origin::State(tasks, state) => {
            let mut tasks: Vec<_> = tasks.iter().map(|id| names(*id)).collect();
            tasks.sort();
            format!("{state} of {}", tasks.join(", "))
        }
        Origin::Collected(id, text) => format!("all {} of {}", text_in_words(text, names), names(*id)),
    };
    let fields: String = source.fields.iter().flat_map(|field| [".", field]).collect();
    format!("‹{words}{fields}›")
}

fn json(constant: &str) -> Option<String> {
    if !constant.starts_with(['[', '{']) {
        return None;
    }
    let value: Value = serde_json::from_str(constant).ok()?;
    Some(expand::sorted(&value).to_string())
}

/// An expression in words.
pub(super) fn expression_in_words(expression: &Expr, names: Names<'_>) -> String {
    let all = |parts: &[Expr]| parts.iter().map(|part| expression_in_words(part, names)).collect::<Vec<_>>().join(", ");
    match expression {
        Expr::Text(text) => match text.as_constant() {
            Some(constant) => format!("'{constant}'"),
            None => text_in_words(text, names),
        },
        Expr::Decoded(text) => text_in_words(text, names),
        Expr::Number(number) => number.clone(),
        Expr::Word(word) => word.clone(),
        Expr::Call(name, arguments) => format!("{name}({})", all(arguments)),
        Expr::Not(_) | Expr::Binary("&&" | "||" | "==" | "!=" | "<" | "<=" | ">" | ">=", ..) => {
            condition::in_words(expression, names)
        }
        Expr::Binary(operator, left, right) => {
            format!("({} {operator} {})", expression_in_words(left, names), expression_in_words(right, names))
        }
        Expr::Conditional(parts) => {
            let [test, yes, no] = &**parts;
            let (yes, no) = (expression_in_words(yes, names), expression_in_words(no, names));
            format!("{yes} if {} else {no}", expression_in_words(test, names))
        }
        Expr::List(items) => format!("[{}]", all(items)),
        Expr::Map(pairs) => {
            let pair = |(key, value): &(Expr, Expr)| {
                format!("{}: {}", expression_in_words(key, names), expression_in_words(value, names))
            };
            format!("{{{}}}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        Expr::Member(base, name) => format!("{}.{name}", expression_in_words(base, names)),
    }
}

//! One form for conditions, however they are written.

use super::expression::{Expr, is_conversion};
use super::words::{Names, expression_in_words};

/// A condition in words, the same for all that mean the same: `!` is inside, sides and parts are in an order of their own.
///
/// `==` and `!=` are written without the type that they compare by: the SDK always compares texts.
pub(super) fn in_words(condition: &Expr, names: Names<'_>) -> String {
    said(condition, true, names)
}

fn said(condition: &Expr, holds: bool, names: Names<'_>) -> String {
    match condition {
        Expr::Not(inner) => said(inner, !holds, names),
        Expr::Binary(operator @ ("&&" | "||"), ..) => {
            let word = if (*operator == "&&") == holds { " and " } else { " or " };
            let mut parts = Vec::new();
            parts_of(condition, operator, holds, names, &mut parts);
            parts.sort();
            parts.dedup();
            format!("({})", parts.join(word))
        }
        Expr::Binary(operator @ ("==" | "!="), left, right) => {
            let equal = (*operator == "==") == holds;
            let mut sides = [side(left, names), side(right, names)];
            sides.sort();
            format!("{} {} {}", sides[0], if equal { "==" } else { "!=" }, sides[1])
        }
        Expr::Binary(operator @ ("<" | "<=" | ">" | ">="), left, right) => {
            let numbers = if is_number(left) || is_number(right) { "" } else { " (as texts)" };
            let (left, right) = (side(left, names), side(right, names));
            let (operator, swap) = match (*operator, holds) {
                ("<", true) | (">=", false) => ("<", false),
                ("<=", true) | (">", false) => ("<=", false),
                (">", true) | ("<=", false) => ("<", true),
                _ => ("<=", true),
            };
            let (left, right) = if swap { (right, left) } else { (left, right) };
            format!("{left} {operator} {right}{numbers}")
        }
        other if holds => expression_in_words(other, names),
        other => format!("not {}", expression_in_words(other, names)),
    }
}

fn parts_of(condition: &Expr, operator: &str, holds: bool, names: Names<'_>, parts: &mut Vec<String>) {
    match condition {
        Expr::Binary(own, left, right) if *own == operator => {
            parts_of(left, operator, holds, names, parts);
            parts_of(right, operator, holds, names, parts);
        }
        other => parts.push(said(other, holds, names)),
    }
}

/// A side of a comparison without its conversion: `1.0` is `1` and `True` is `true`.
fn side(side: &Expr, names: Names<'_>) -> String {
    match side {
        Expr::Call(name, arguments) if is_conversion(name) && arguments.len() == 1 => self::side(&arguments[0], names),
        other => {
            let text = expression_in_words(other, names);
            let plain = text.trim_matches('\'');
            if matches!(plain, "True" | "False") {
                return plain.to_lowercase();
            }
            plain.parse::<f64>().map_or(plain.to_owned(), |number| number.to_string())
        }
    }
}

/// Whether a side is compared as a number: it says so, or it stands without quotes as the SDK writes them.
fn is_number(side: &Expr) -> bool {
    match side {
        Expr::Number(_) | Expr::Decoded(_) => true,
        Expr::Call(name, _) => matches!(name.as_str(), "int" | "float" | "asInt" | "asFloat"),
        _ => false,
    }
}

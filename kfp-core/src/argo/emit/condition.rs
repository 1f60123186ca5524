//! Conditions as expressions. Every variable of Argo is a string: what is compared is converted first.

use super::Emitter;
use super::frame::{Frame, Uses};
use super::text::{Binding, Expr, Text};
use crate::graph::{Comparison, Condition, Operand, Shape};

impl Emitter<'_> {
    /// A condition as an expression that gives a boolean.
    pub(super) fn condition(&mut self, frame: &mut Frame, uses: &mut Uses, condition: &Condition) -> Expr {
        match condition {
            Condition::Compare { left, comparison, right, shape } => {
                self.comparison(frame, uses, (left, right), *comparison, shape)
            }
            Condition::Holds(value) => {
                let text = self.value(frame, uses, *value);
                holds(&text)
            }
            Condition::Not(condition) => not(&self.condition(frame, uses, condition)),
            Condition::And(left, right) => {
                let (left, right) = (self.condition(frame, uses, left), self.condition(frame, uses, right));
                and(&left, &right)
            }
            Condition::Or(left, right) => {
                let (left, right) = (self.condition(frame, uses, left), self.condition(frame, uses, right));
                Expr::new(format!("{} || {}", left.at(Binding::Or), right.at(Binding::Or)), Binding::Or)
            }
        }
    }

    fn comparison(
        &mut self,
        frame: &mut Frame,
        uses: &mut Uses,
        (left, right): (&Operand, &Operand),
        comparison: Comparison,
        shape: &Shape,
    ) -> Expr {
        let left = typed(&self.operand(frame, uses, left), shape);
        let right = typed(&self.operand(frame, uses, right), shape);
        let (left, right) = (left.at(Binding::Sum), right.at(Binding::Sum));
        Expr::new(format!("{left} {} {right}", comparison.symbol()), Binding::Compare)
    }
}

/// The conditions of arms, each with the negation of those before.
pub(super) fn exclusive(conditions: &[Option<Expr>]) -> Vec<Expr> {
    let mut before: Option<Expr> = None;
    let mut exclusive = Vec::new();
    for condition in conditions {
        let own = match (&before, condition) {
            (None, Some(condition)) => condition.clone(),
            (None, None) => Expr::atom("true"),
            (Some(before), None) => before.clone(),
            (Some(before), Some(condition)) => and(before, condition),
        };
        if let Some(condition) = condition {
            let negated = not(condition);
            before = Some(before.map_or(negated.clone(), |before| and(&before, &negated)));
        }
        exclusive.push(own);
    }
    exclusive
}

fn and(left: &Expr, right: &Expr) -> Expr {
    Expr::new(format!("{} && {}", left.at(Binding::And), right.at(Binding::And)), Binding::And)
}

fn not(condition: &Expr) -> Expr {
    Expr::new(format!("!{}", condition.at(Binding::Atom)), Binding::Not)
}

/// Python writes `True` and `False`.
fn holds(text: &Text) -> Expr {
    match text {
        Text::Literal(text) => Expr::atom(if text.eq_ignore_ascii_case("true") { "true" } else { "false" }),
        text => Expr::new(format!("{} == 'true'", Expr::call("lower", &text.expr()).text), Binding::Compare),
    }
}

/// A text as what its shape says.
pub(super) fn typed(text: &Text, shape: &Shape) -> Expr {
    match (shape, text) {
        (Shape::Integer, Text::Literal(number)) if is_plain_integer(number) => Expr::atom(number.clone()),
        (Shape::Float, Text::Literal(number)) if is_plain_number(number) => Expr::atom(number.clone()),
        (Shape::Integer, text) => Expr::call("int", &text.expr()),
        (Shape::Float, text) => Expr::call("float", &text.expr()),
        (Shape::Bool, text) => holds(text),
        (Shape::Json | Shape::List | Shape::Map, text) => Expr::call("fromJSON", &text.expr()),
        (Shape::Text | Shape::Artifact(_), text) => text.expr(),
    }
}

/// Whether the expression language reads it as that number.
fn is_plain_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.len() < 19 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_plain_number(text: &str) -> bool {
    match text.split_once('.') {
        Some((whole, part)) => {
            is_plain_integer(whole) && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
        }
        None => is_plain_integer(text),
    }
}

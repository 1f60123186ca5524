//! Conditions that are always true, or never.
//!
//! What a condition can see of a value is how it compares to the constants around. So each value is tried with those
//! constants and with what lies between and beyond them; if no combination makes a condition true, nothing does.

use super::{ALWAYS, nodes, warn};
use crate::argo::emit::layout::owners;
use crate::diagnostic::Diagnostic;
use crate::graph::{Branch, Comparison, Condition, Graph, NodeId, NodeKind, Operand, Part, Shape, Source, ValueId};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The most combinations that are tried; beyond it nothing is said.
const COMBINATIONS: usize = 20_000;

/// Warns of arms whose condition decides nothing.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let owners = owners(graph);
    for (id, node) in nodes(graph) {
        let NodeKind::Branch(branch) = &node.kind else { continue };
        let around = around(graph, &owners, id);
        let mut before = around.clone();
        for (index, arm) in branch.arms.iter().enumerate() {
            let Some(condition) = &arm.condition else { continue };
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let place = graph.place_of(Part::Arm(id, index)).unwrap_or(node.place);
            if outcome(graph, &before, condition) == Some(false) {
                let message = "this condition is never true here, so its branch never runs".to_owned();
                warn(found, ALWAYS, place, message, "change it, or remove the branch");
            } else if outcome(graph, &around, condition) == Some(true) {
                let message = "this condition is always true here".to_owned();
                warn(found, ALWAYS, place, message, "change it, or write what it guards without the `if`");
            }
            before.push((condition, false));
        }
    }
}

/// Conditions, each with whether it holds.
type Path<'g> = Vec<(&'g Condition, bool)>;

/// What holds where a node stands, by the branches around it.
fn around<'g>(graph: &'g Graph, owners: &[Option<NodeId>], node: NodeId) -> Path<'g> {
    let mut path = Vec::new();
    let mut block = graph[node].block;
    while let Some(owner) = owners[block.0 as usize] {
        if let NodeKind::Branch(Branch { arms, .. }) = &graph[owner].kind {
            let chosen = arms.iter().position(|arm| arm.block == block).unwrap_or(arms.len());
            let until = arms.iter().take(chosen + 1).enumerate();
            path.extend(
                until.filter_map(|(at, arm)| arm.condition.as_ref().map(|condition| (condition, at == chosen))),
            );
        }
        block = graph[owner].block;
    }
    path
}

/// What a condition always is where the path holds; none if it depends, or if the path itself cannot be.
fn outcome(graph: &Graph, path: &Path<'_>, condition: &Condition) -> Option<bool> {
    let mut variables = Variables { graph, points: BTreeMap::new() };
    for (condition, _) in path {
        variables.collect(condition);
    }
    variables.collect(condition);
    let domains: Vec<(String, Vec<Point>)> = variables.domains();
    let count = domains.iter().try_fold(1_usize, |count, (_, points)| count.checked_mul(points.len()))?;
    if count > COMBINATIONS {
        return None;
    }
    let (mut can_hold, mut can_fail) = (false, false);
    for mut number in 0..count {
        let mut chosen = BTreeMap::new();
        for (key, points) in &domains {
            chosen.insert(key.as_str(), &points[number % points.len()]);
            number /= points.len();
        }
        let holds = |condition: &Condition| evaluate(graph, condition, &chosen);
        if path.iter().all(|(condition, is_true)| holds(condition) == *is_true) {
            match holds(condition) {
                true => can_hold = true,
                false => can_fail = true,
            }
        }
    }
    (can_hold != can_fail).then_some(can_hold)
}

/// What a value may be: one of the constants, or something between or beyond them.
#[derive(Clone, PartialEq, Debug)]
enum Point {
    Bool(bool),
    Number(f64),
    Text(String),
    /// How two values compare that are both not known.
    Order(Ordering),
}

/// The values that conditions look at, each with the constants that it is compared to.
struct Variables<'g> {
    graph: &'g Graph,
    points: BTreeMap<String, Vec<Point>>,
}

impl Variables<'_> {
    fn collect(&mut self, condition: &Condition) {
        match condition {
            Condition::Holds(value) => self.add(value_key(self.graph, *value), Point::Bool(true)),
            Condition::Not(inner) => self.collect(inner),
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.collect(left);
                self.collect(right);
            }
            Condition::Compare { left, right, shape, .. } => match (left, right) {
                (Operand::Literal(_), Operand::Literal(_)) => {}
                (Operand::Literal(text), other) | (other, Operand::Literal(text)) => {
                    self.add(key(self.graph, other), point(text, shape));
                }
                _ => self.add(pair(self.graph, left, right).0, Point::Order(Ordering::Equal)),
            },
        }
    }

    fn add(&mut self, key: String, point: Point) {
        let points = self.points.entry(key).or_default();
        if !points.contains(&point) {
            points.push(point);
        }
    }

    /// Each value with all that can be told apart.
    fn domains(self) -> Vec<(String, Vec<Point>)> {
        self.points.into_iter().map(|(key, points)| (key, domain(points))).collect()
    }
}

fn domain(points: Vec<Point>) -> Vec<Point> {
    match points.first() {
        Some(Point::Bool(_)) => vec![Point::Bool(false), Point::Bool(true)],
        Some(Point::Order(_)) => [Ordering::Less, Ordering::Equal, Ordering::Greater].map(Point::Order).to_vec(),
        Some(Point::Number(_)) => {
            let mut numbers: Vec<f64> =
                points.iter().filter_map(|p| if let Point::Number(n) = p { Some(*n) } else { None }).collect();
            numbers.sort_by(f64::total_cmp);
            let between: Vec<f64> = numbers.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
            let beyond = numbers.first().map(|n| n - 1.0).into_iter().chain(numbers.last().map(|n| n + 1.0));
            numbers.iter().copied().chain(beyond).chain(between).map(Point::Number).collect()
        }
        _ => {
            let after = |point: &Point| if let Point::Text(text) = point { Some(format!("{text}\0")) } else { None };
            let after: Vec<Point> = points.iter().filter_map(after).map(Point::Text).collect();
            points.into_iter().chain(after).chain([Point::Text(String::new())]).collect()
        }
    }
}

/// A constant as a point. What is no number is compared as text.
fn point(text: &str, shape: &Shape) -> Point {
    match shape {
        Shape::Bool => Point::Bool(text.eq_ignore_ascii_case("true")),
        Shape::Integer | Shape::Float => text.parse().map_or_else(|_| Point::Text(text.to_owned()), Point::Number),
        Shape::Text | Shape::Json | Shape::List | Shape::Map | Shape::Artifact(_) => Point::Text(text.to_owned()),
    }
}

fn evaluate(graph: &Graph, condition: &Condition, chosen: &BTreeMap<&str, &Point>) -> bool {
    match condition {
        Condition::Holds(value) => chosen.get(value_key(graph, *value).as_str()) == Some(&&Point::Bool(true)),
        Condition::Not(inner) => !evaluate(graph, inner, chosen),
        Condition::And(left, right) => evaluate(graph, left, chosen) && evaluate(graph, right, chosen),
        Condition::Or(left, right) => evaluate(graph, left, chosen) || evaluate(graph, right, chosen),
        Condition::Compare { left, comparison, right, shape } => {
            holds(*comparison, order(graph, left, right, shape, chosen))
        }
    }
}

/// How the two sides compare; none for what cannot be ordered.
fn order(
    graph: &Graph,
    left: &Operand,
    right: &Operand,
    shape: &Shape,
    chosen: &BTreeMap<&str, &Point>,
) -> Option<Ordering> {
    let side = |operand: &Operand| match operand {
        Operand::Literal(text) => Some(point(text, shape)),
        other => chosen.get(key(graph, other).as_str()).map(|point| (*point).clone()),
    };
    if !matches!(left, Operand::Literal(_)) && !matches!(right, Operand::Literal(_)) {
        let (key, mirrored) = pair(graph, left, right);
        let Some(Point::Order(order)) = chosen.get(key.as_str()) else { return None };
        return Some(match (key_is_one(&key), mirrored) {
            (true, _) => Ordering::Equal,
            (false, true) => order.reverse(),
            (false, false) => *order,
        });
    }
    match (side(left)?, side(right)?) {
        (Point::Bool(left), Point::Bool(right)) => Some(left.cmp(&right)),
        (Point::Number(left), Point::Number(right)) => left.partial_cmp(&right),
        (Point::Text(left), Point::Text(right)) => Some(left.cmp(&right)),
        _ => None,
    }
}

fn holds(comparison: Comparison, order: Option<Ordering>) -> bool {
    match comparison {
        Comparison::Eq => order == Some(Ordering::Equal),
        Comparison::Ne => order != Some(Ordering::Equal),
        Comparison::Lt => order == Some(Ordering::Less),
        Comparison::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Gt => order == Some(Ordering::Greater),
        Comparison::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// Two values as one variable, and whether they are exchanged in it.
fn pair(graph: &Graph, left: &Operand, right: &Operand) -> (String, bool) {
    let (left, right) = (key(graph, left), key(graph, right));
    match left <= right {
        true => (format!("{left}\u{1}{right}"), false),
        false => (format!("{right}\u{1}{left}"), true),
    }
}

fn key_is_one(pair: &str) -> bool {
    pair.split_once('\u{1}').is_some_and(|(left, right)| left == right)
}

/// The same text for what is the same value.
fn key(graph: &Graph, operand: &Operand) -> String {
    match operand {
        Operand::Literal(text) => format!("{text:?}"),
        Operand::Placeholder(placeholder) => placeholder.tags(),
        Operand::Value(value) => value_key(graph, *value),
        Operand::List(elements) => {
            let elements: Vec<String> = elements.iter().map(|(element, _)| key(graph, element)).collect();
            format!("[{}]", elements.join(","))
        }
        Operand::Json(inner, _) => format!("json({})", key(graph, inner)),
        Operand::Location(location) => {
            let parts: Vec<String> = location.operands().map(|part| key(graph, part)).collect();
            format!("{}({})", location.store, parts.join(","))
        }
    }
}

fn value_key(graph: &Graph, value: ValueId) -> String {
    match &graph[value].source {
        Source::Field { of, name } => format!("{}.{name:?}", value_key(graph, *of)),
        Source::Text(operands) => {
            let operands: Vec<String> = operands.iter().map(|operand| key(graph, operand)).collect();
            format!("text({})", operands.join(","))
        }
        Source::Output { node, index } => format!("{}/{index}", node.0),
        source => format!("{source:?}"),
    }
}

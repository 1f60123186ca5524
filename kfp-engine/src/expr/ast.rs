//! What an expression is made of.

use super::chance::Chance;
use super::{ExprError, Result, dates, eval, parser, sprig_lots};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Expression {
    pub(super) root: Node,
}

/// A path of names that an expression reads: `tasks['a-b'].outputs` is `["tasks", "a-b", "outputs"]`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// The names.
    pub path: Vec<String>,
    /// Whether a missing name is taken care of: by `??` or `?.`.
    pub may_be_missing: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Literal(Value),
    Name(String, usize),
    /// The element that a closure looks at: `#`, or `#acc` and `#index`.
    Pointer(String),
    Member {
        base: Box<Node>,
        key: Box<Node>,
        optional: bool,
    },
    Slice {
        base: Box<Node>,
        from: Option<Box<Node>>,
        to: Option<Box<Node>>,
    },
    Unary(&'static str, Box<Node>, usize),
    Binary {
        operator: &'static str,
        left: Box<Node>,
        right: Box<Node>,
        at: usize,
    },
    Conditional(Box<[Node; 3]>),
    Call {
        name: String,
        arguments: Vec<Node>,
    },
    /// A function of a value: `now().Year()`.
    Method {
        base: Box<Node>,
        name: String,
        arguments: Vec<Node>,
    },
    Closure(Box<Node>),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    Let(String, Box<Node>, Box<Node>),
}

impl Expression {
    /// Compiles a text.
    pub fn parse(text: &str) -> Result<Self> {
        parser::parse(text).map(|root| Self { root })
    }

    /// What it gives for these variables. A first name that is not among them is an error of compilation.
    pub fn evaluate(&self, variables: &Map<String, Value>) -> Result<Value> {
        self.evaluate_at(variables, &Chance::free())
    }

    /// What it gives where its lots are drawn and the time of day is read as this says.
    pub fn evaluate_at(&self, variables: &Map<String, Value>, chance: &Chance<'_>) -> Result<Value> {
        let mut unknown = None;
        visit(&self.root, &mut Vec::new(), &mut |node, bound| {
            if let Node::Name(name, at) = node
                && !bound.contains(name)
                && !variables.contains_key(name)
            {
                unknown.get_or_insert_with(|| format!("unknown name {name} (1:{})", at + 1));
            }
        });
        match unknown {
            Some(message) => Err(ExprError::Unknown(message)),
            None => eval::evaluate(&self.root, variables, chance),
        }
    }

    /// Whether it draws lots or reads the time of day: calculated again it may have another value.
    pub fn is_drawn(&self) -> bool {
        let mut found = false;
        visit(&self.root, &mut Vec::new(), &mut |node, _| {
            found |= matches!(node, Node::Call { name, .. } if dates::is_known(name)
                || name.strip_prefix("sprig.").is_some_and(sprig_lots::is_known));
        });
        found
    }

    /// The variables that it reads, each with as much of its path as is written out.
    pub fn references(&self) -> BTreeSet<Reference> {
        let mut found = BTreeSet::new();
        references(&self.root, false, &mut Vec::new(), &mut found);
        found
    }
}

/// Calls a function on every node, with the names that `let` has bound there.
fn visit(node: &Node, bound: &mut Vec<String>, call: &mut impl FnMut(&Node, &[String])) {
    call(node, bound);
    if let Node::Let(name, value, body) = node {
        visit(value, bound, call);
        bound.push(name.clone());
        visit(body, bound, call);
        bound.pop();
        return;
    }
    for child in children(node) {
        visit(child, bound, call);
    }
}

fn children(node: &Node) -> Vec<&Node> {
    match node {
        Node::Literal(_) | Node::Name(..) | Node::Pointer(_) => Vec::new(),
        Node::Member { base, key, .. } => vec![base, key],
        Node::Slice { base, from, to } => {
            std::iter::once(&**base).chain(from.as_deref()).chain(to.as_deref()).collect()
        }
        Node::Unary(_, node, _) | Node::Closure(node) => vec![node],
        Node::Binary { left, right, .. } => vec![left, right],
        Node::Conditional(parts) => parts.iter().collect(),
        Node::Call { arguments, .. } => arguments.iter().collect(),
        Node::Method { base, arguments, .. } => std::iter::once(&**base).chain(arguments).collect(),
        Node::List(items) => items.iter().collect(),
        Node::Map(pairs) => pairs.iter().flat_map(|(key, value)| [key, value]).collect(),
        Node::Let(_, value, body) => vec![value, body],
    }
}

fn references(node: &Node, forgiven: bool, bound: &mut Vec<String>, found: &mut BTreeSet<Reference>) {
    if let Some((path, optional)) = path(node)
        && !bound.contains(&path[0])
    {
        found.insert(Reference { path, may_be_missing: forgiven || optional });
        return;
    }
    match node {
        Node::Binary { operator: "??", left, right, .. } => {
            references(left, true, bound, found);
            references(right, forgiven, bound, found);
        }
        Node::Let(name, value, body) => {
            references(value, forgiven, bound, found);
            bound.push(name.clone());
            references(body, forgiven, bound, found);
            bound.pop();
        }
        _ => children(node).into_iter().for_each(|child| references(child, forgiven, bound, found)),
    }
}

/// The names of a chain of members, and whether one of them is optional.
fn path(node: &Node) -> Option<(Vec<String>, bool)> {
    match node {
        Node::Name(name, _) => Some((vec![name.clone()], false)),
        Node::Member { base, key, optional, .. } => {
            let (mut names, was_optional) = path(base)?;
            let Node::Literal(Value::String(key)) = &**key else { return None };
            names.push(key.clone());
            Some((names, was_optional || *optional))
        }
        _ => None,
    }
}

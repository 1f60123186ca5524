//! Variables, and the texts that hold them.

use crate::expr::{Chance, Decisions, ExprError, Expression, to_json};
use crate::quote::go_quoted;
use crate::tags::{Part, parts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

/// Variables by their whole name: `inputs.parameters.x`.
///
/// They also know where they are read: what is drawn by lot in an expression, and the time of day, are decided once for
/// each place of a run.
#[derive(Clone, Default, Debug)]
pub struct Names {
    all: Rc<BTreeMap<String, String>>,
    place: Rc<str>,
    /// Whether what is drawn by lot is left for whoever is called with it.
    defers: bool,
    decisions: Option<Rc<dyn Decisions>>,
}

impl Names {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// None yet, of a run.
    pub(crate) fn of(decisions: Rc<dyn Decisions>) -> Self {
        Self { decisions: Some(decisions), ..Self::default() }
    }

    /// The same, read for this node.
    pub(crate) fn at(&self, node: &str) -> Self {
        Self { place: Rc::from(node), ..self.clone() }
    }

    /// The same, for texts that are read again for each task: nothing is drawn by lot.
    pub(crate) fn deferring(&self) -> Self {
        Self { defers: true, ..self.clone() }
    }

    /// What is drawn by lot in this expression.
    fn chance(&self, source: String) -> Chance<'_> {
        Chance::new(self.decisions.as_deref(), &self.place, source)
    }
}

impl Deref for Names {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl DerefMut for Names {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Rc::make_mut(&mut self.all)
    }
}

impl FromIterator<(String, String)> for Names {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self { all: Rc::new(pairs.into_iter().collect()), ..Self::default() }
    }
}

impl<const N: usize> From<[(String, String); N]> for Names {
    fn from(pairs: [(String, String); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl IntoIterator for Names {
    type Item = (String, String);
    type IntoIter = btree_map::IntoIter<String, String>;

    fn into_iter(self) -> Self::IntoIter {
        Rc::unwrap_or_clone(self.all).into_iter()
    }
}

/// Whether every tag has to be replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// What is not known stays, for a later pass.
    Stays,
    /// `tasks.` and `steps.` have to be known: nothing comes later. The rest stays.
    SiblingsFail,
    /// It is an error.
    Fails,
}

/// Replaces the tags in every string of a value.
pub fn substitute<T>(value: &T, names: &Names, unresolved: Unresolved) -> Result<T, String>
where
    T: Clone + Serialize + DeserializeOwned,
{
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    if !json.contains("{{") {
        return Ok(value.clone());
    }
    let replaced = substitute_json(&json, names, unresolved)?;
    serde_json::from_str(&replaced)
        .map_err(|error| format!("a value cannot be put into the manifest, as in Argo: {error}"))
}

/// Replaces the tags of a text.
pub fn substitute_text(text: &str, names: &Names, unresolved: Unresolved) -> Result<String, String> {
    if !text.contains("{{") {
        return Ok(text.to_owned());
    }
    substitute(&text.to_owned(), names, unresolved)
}

pub(crate) fn substitute_json(json: &str, names: &Names, unresolved: Unresolved) -> Result<String, String> {
    if !json.contains("{{") {
        return Ok(json.to_owned());
    }
    let mut whole = String::with_capacity(json.len());
    for (index, part) in parts(json)?.into_iter().enumerate() {
        match part {
            Part::Text(text) => whole.push_str(text),
            Part::Tag(tag) => whole.push_str(&replace(tag, index, names, unresolved)?),
        }
    }
    Ok(whole)
}

fn replace(tag: &str, index: usize, names: &Names, unresolved: Unresolved) -> Result<String, String> {
    if let Some(expression) = tag.strip_prefix('=') {
        return match expression_tag(expression, index, names) {
            Ok(Some(text)) => Ok(text),
            Ok(None) if unresolved != Unresolved::Fails => Ok(format!("{{{{{tag}}}}}")),
            Ok(None) => Err(format!("`{{{{{tag}}}}}` has no value")),
            Err(error) => Err(format!("`{{{{{tag}}}}}`: {error}")),
        };
    }
    // Of nested tags the inner one comes first.
    if let Some(inner) = tag.rfind("{{") {
        return match names.get(tag[inner + 2..].trim()) {
            Some(value) => Ok(format!("{{{{{}{}", &tag[..inner], go_quoted(value))),
            None => Ok(format!("{{{{{tag}}}}}")),
        };
    }
    let name = tag.trim();
    if let Some(value) = names.get(name) {
        return Ok(go_quoted(value));
    }
    // An artifact may be missing where it is optional.
    let is_artifact = name.contains(".outputs.artifacts.");
    let is_sibling = (name.starts_with("tasks.") || name.starts_with("steps.")) && !is_artifact;
    if unresolved == Unresolved::Fails || unresolved == Unresolved::SiblingsFail && is_sibling {
        return Err(format!("`{{{{{name}}}}}` refers to nothing"));
    }
    Ok(format!("{{{{{tag}}}}}"))
}

/// The text of an expression tag, to be put between quotes; none if a variable is missing.
fn expression_tag(tag: &str, index: usize, names: &Names) -> Result<Option<String>, String> {
    let source: String = serde_json::from_str(&format!("\"{tag}\"")).map_err(|error| error.to_string())?;
    let expression = match Expression::parse(&source) {
        Ok(expression) => expression,
        Err(error) => return Err(error.to_string()),
    };
    if !is_complete(&expression, names) || names.defers && expression.is_drawn() {
        return Ok(None);
    }
    let chance = names.chance(format!("{index} {source}"));
    let value = match expression.evaluate_at(&environment(&expression, names), &chance) {
        Ok(Value::Null) => return Ok(None),
        Ok(value) => value,
        Err(error) => return Err(error.to_string()),
    };
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        // A time is a text there.
        None => to_json(&value).trim_matches('"').to_owned(),
    };
    let quoted = Value::from(text).to_string();
    Ok(Some(quoted[1..quoted.len() - 1].to_owned()))
}

/// Whether everything that an expression reads is there, but for what `??` and `?.` take care of. What comes in a later
/// pass is waited for in any case.
fn is_complete(expression: &Expression, names: &Names) -> bool {
    expression.references().iter().all(|reference| {
        let name = reference.path.join(".");
        let is_later = matches!(reference.path[0].as_str(), "item" | "retries" | "lastRetry")
            || matches!(name.as_str(), "workflow.status" | "workflow.failures");
        (reference.may_be_missing && !is_later) || is_known(&name, names)
    })
}

/// Whether a name is a variable, or the beginning or a member of one.
fn is_known(name: &str, names: &Names) -> bool {
    let prefix = format!("{name}.");
    names.contains_key(name) || names.range(prefix.clone()..).next().is_some_and(|(next, _)| next.starts_with(&prefix))
}

/// The value of an expression that is a field of its own, such as `valueFrom.expression`.
pub fn evaluate(source: &str, names: &Names) -> Result<Value, ExprError> {
    let expression = Expression::parse(source)?;
    expression.evaluate_at(&environment(&expression, names), &names.chance(source.to_owned()))
}

/// The variables that an expression reads, as objects in objects. Where a name is also the beginning of longer ones, it
/// gives way to them. A first name is there even if nothing is known below it.
fn environment(expression: &Expression, names: &Names) -> Map<String, Value> {
    let roots: BTreeSet<String> =
        expression.references().into_iter().map(|mut found| found.path.swap_remove(0)).collect();
    let mut root = Map::new();
    for name in &roots {
        if matches!(name.as_str(), "tasks" | "steps" | "workflow" | "inputs" | "outputs") {
            root.insert(name.clone(), Value::Object(Map::new()));
        }
        let own = names.get(name).map(|value| (name, value));
        let prefix = format!("{name}.");
        let below = names.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
        for (key, value) in own.into_iter().chain(below) {
            insert(&mut root, key, value);
        }
    }
    root
}

fn insert(root: &mut Map<String, Value>, name: &str, value: &str) {
    let mut at = root;
    let mut path = name.split('.').peekable();
    while let Some(part) = path.next() {
        if path.peek().is_none() {
            if !at.get(part).is_some_and(Value::is_object) {
                at.insert(part.to_owned(), value.into());
            }
            return;
        }
        let next = at.entry(part.to_owned()).or_insert_with(|| Value::Object(Map::new()));
        if !next.is_object() {
            *next = Value::Object(Map::new());
        }
        let Value::Object(fields) = next else { return };
        at = fields;
    }
}

/// The names that stand after `tasks.` or `steps.` in a text, also as `tasks['a-b']`; more than there are tasks.
pub fn mentioned(json: &str, prefix: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut found = BTreeSet::new();
    for (at, _) in json.match_indices(prefix) {
        let rest = json[at + prefix.len()..].trim_start_matches(['.', '?', '[', '\'', '"', '\\', ' ']);
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        // In an expression a hyphen may be a minus.
        found.extend(name.match_indices('-').map(|(end, _)| name[..end].to_owned()));
        found.insert(name.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pairs: &[(&str, &str)]) -> Names {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn text(text: &str, pairs: &[(&str, &str)]) -> Result<String, String> {
        substitute_text(text, &names(pairs), Unresolved::Stays)
    }

    #[test]
    fn simple_tags() {
        let known = [("inputs.parameters.a", "say \"hi\"\n"), ("x", "b")];
        assert_eq!(text("{{inputs.parameters.a}}-{{ x }}", &known).unwrap(), "say \"hi\"\n-b");
        assert_eq!(text("{{y}} {{.Values.z}}", &known).unwrap(), "{{y}} {{.Values.z}}");
        assert_eq!(text("{{inputs.{{x}}}}", &known).unwrap(), "{{inputs.b}}");
        assert!(text("{{y", &known).is_err());
        assert!(substitute_text("{{y}}", &names(&known), Unresolved::Fails).is_err());
        assert!(substitute_text("{{tasks.y.status}}", &names(&known), Unresolved::SiblingsFail).is_err());
    }

    #[test]
    fn a_control_character_stops_the_workflow_as_in_argo() {
        assert!(text("{{x}}", &[("x", "\u{1b}[31m")]).is_err());
    }

    #[test]
    fn expression_tags() {
        let known = [("inputs.parameters.n", "5"), ("tasks.a-b.status", "Failed")];
        assert_eq!(text("{{=asInt(inputs.parameters.n) * 2}}", &known).unwrap(), "10");
        assert_eq!(text("{{=tasks['a-b'].status == \"Failed\"}}", &known).unwrap(), "true");
        assert_eq!(text("{{=inputs.parameters.m ?? 'none'}}", &known).unwrap(), "none");
        assert_eq!(text("{{=[1,{'a': 'x\"y'}]}}", &known).unwrap(), r#"[1,{"a":"x\"y"}]"#);
        for later in ["{{=item}}", "{{=inputs.parameters.m}}", "{{=workflow.status ?? 'x'}}", "{{=tasks.b.status}}"] {
            assert_eq!(text(later, &known).unwrap(), later);
        }
        assert!(text("{{=inputs.parameters.n + 1}}", &known).is_err());
    }

    #[test]
    fn mentions() {
        let found = mentioned("{{tasks.a-b.status}} {{=tasks['c d'] + tasks[\\\"e-f\\\"].x}}", "tasks");
        assert!(found.contains("a-b") && found.contains("e-f"));
    }
}

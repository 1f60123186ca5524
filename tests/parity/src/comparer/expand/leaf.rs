//! A template that does something itself: all that it says, as facts.

use super::function::Function;
use super::{Context, Expander};
use crate::comparer::deliberate::is_ignored;
use crate::comparer::parse::unmark;
use crate::comparer::plan::{Fact, Id, Kind};
use crate::comparer::scope::{Given, Scope};
use crate::comparer::text::{Origin, Piece, Text};
use crate::comparer::{Expr, Result, cannot};
use kfp::argo::{Artifact, Template};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

type Facts = Vec<(String, Fact)>;

impl Expander<'_> {
    pub(super) fn leaf(
        &mut self,
        called_as: &str,
        template: &Template,
        inputs: Given,
        context: &Context,
    ) -> Result<Given> {
        let task = self.plan.add(Kind::Task, called_as);
        let mut scope = Scope { inputs, ..Scope::default() };
        let function = template.container.as_deref().and_then(Function::of);
        let (mut facts, mut given) = files(task, template, function.as_ref(), &mut scope)?;
        let answer = || Text::of(Origin::Output { task, place: "the answer".to_owned(), by_file: false });
        given.result = template.http.as_ref().map(|_| answer());
        let mut says = serde_json::to_value(template).unwrap_or_default();
        if let Some(defaults) = &self.workflow.spec.template_defaults {
            lay_under(&mut says, &serde_json::to_value(defaults).unwrap_or_default());
        }
        let Value::Object(mut says) = says else { return cannot("a template is no map") };
        says.retain(|field, _| !["name", "inputs", "outputs"].contains(&field.as_str()));
        if let Some(Value::String(patch)) = says.remove("podSpecPatch") {
            patched(&patch, &says, &scope, &mut facts)?;
        }
        if let Some(metadata) = says.remove("metadata") {
            labels(&metadata, &scope, &mut facts)?;
        }
        let mut volumes = list(says.remove("volumes"));
        volumes.extend(self.workflow.spec.volumes.clone());
        let mut mounted = BTreeSet::new();
        for kind in ["initContainers", "sidecars"] {
            for mut container in list(says.remove(kind)) {
                let prefix = format!("{kind} {}: ", container["name"].as_str().unwrap_or_default());
                mounts(&prefix, &mut container, &volumes, &scope, &mut mounted, &mut facts)?;
                flatten(&prefix, &container, &scope, &mut facts)?;
            }
        }
        for kind in ["container", "script"] {
            if let Some(mut container) = says.remove(kind) {
                if let (Some(function), Some(fields)) = (&function, container.as_object_mut()) {
                    fields.retain(|field, _| !["image", "command", "args"].contains(&field.as_str()));
                    facts.extend(function.facts(&scope)?);
                }
                mounts("", &mut container, &volumes, &scope, &mut mounted, &mut facts)?;
                flatten("", &container, &scope, &mut facts)?;
            }
        }
        if let Some(Value::Object(mut resource)) = says.remove("resource") {
            if let Some(Value::String(manifest)) = resource.remove("manifest") {
                document(&manifest, &scope, &mut facts)?;
            }
            flatten("", &Value::Object(resource), &scope, &mut facts)?;
        }
        let own =
            template.volumes.iter().filter(|volume| !mounted.contains(volume["name"].as_str().unwrap_or_default()));
        for volume in own {
            flatten("volume that nothing mounts", volume, &scope, &mut facts)?;
        }
        flatten("", &Value::Object(says), &scope, &mut facts)?;
        self.plan.entities[task.0].facts = facts;
        self.finish_task(task, context);
        Ok(given)
    }
}

/// What is put into files before, and what is read from files afterwards.
fn files(task: Id, template: &Template, function: Option<&Function>, scope: &mut Scope) -> Result<(Facts, Given)> {
    let mut facts = Facts::new();
    let mut given = Given { tasks: BTreeSet::from([task]), ..Given::default() };
    for input in &template.inputs.artifacts {
        let path = input.path.clone().unwrap_or_default();
        scope.paths.insert(format!("inputs.artifacts.{}.path", input.name), path.clone());
        if let Some(content) = scope.inputs.artifacts.get(&input.name) {
            facts.push((format!("file {path}"), Fact::Text(content.clone())));
        }
        options(&format!("file {path}: "), input, scope, &mut facts)?;
    }
    for output in &template.outputs.parameters {
        let from = output.value_from.clone().unwrap_or_default();
        let path = from.path.as_ref();
        let named = path.and_then(|path| function?.output(path).cloned());
        let place = named
            .clone()
            .or(from.path.clone())
            .or(from.json_path)
            .or(from.jq_filter)
            .or(output.value.as_ref().map(ToString::to_string));
        let place = place.unwrap_or_else(|| output.name.clone());
        if let Some(path) = path {
            scope.paths.insert(format!("outputs.parameters.{}.path", output.name), path.clone());
            facts.push(("gives".to_owned(), Fact::Text(Text::constant(&place))));
        }
        if let Some(default) = from.default {
            facts.push((format!("gives {place} or else"), Fact::Text(scope.text(&default)?)));
        }
        let origin = Origin::Output { task, place, by_file: false };
        given.parameters.insert(output.name.clone(), Text::of(origin));
    }
    for output in &template.outputs.artifacts {
        let path = output.path.clone().unwrap_or_else(|| format!("{} without a path", output.name));
        scope.paths.insert(format!("outputs.artifacts.{}.path", output.name), path.clone());
        let place = function.and_then(|function| function.output(&path).cloned()).unwrap_or(path);
        let name_counts = output.name.starts_with("mlpipeline-");
        let text = if name_counts { format!("{place} as {}", output.name) } else { place.clone() };
        facts.push(("gives".to_owned(), Fact::Text(Text::constant(text))));
        options(&format!("gives {place}: "), output, scope, &mut facts)?;
        given.artifacts.insert(output.name.clone(), Text::of(Origin::Output { task, place, by_file: true }));
    }
    Ok((facts, given))
}

/// What else an artifact says.
fn options(prefix: &str, artifact: &Artifact, scope: &Scope, facts: &mut Facts) -> Result<()> {
    let rest =
        Artifact { name: String::new(), path: None, raw: None, from: None, from_expression: None, ..artifact.clone() };
    flatten(prefix, &serde_json::to_value(rest).unwrap_or_default(), scope, facts)
}

/// Every scalar of a value as a fact, named after where it stands.
pub(super) fn flatten(prefix: &str, value: &Value, scope: &Scope, facts: &mut Facts) -> Result<()> {
    flatten_with(prefix, value, &|text| scope.text(text), facts)
}

fn flatten_with(prefix: &str, value: &Value, text: &dyn Fn(&str) -> Result<Text>, facts: &mut Facts) -> Result<()> {
    let member = |name: &str| {
        if prefix.is_empty() || prefix.ends_with(' ') { format!("{prefix}{name}") } else { format!("{prefix}.{name}") }
    };
    match value {
        Value::Null => {}
        Value::String(source) => facts.push((prefix.to_owned(), Fact::Text(text(source)?))),
        Value::Object(fields) if fields.is_empty() && !prefix.is_empty() && !prefix.ends_with(' ') => {
            facts.push((prefix.to_owned(), Fact::Text(Text::constant("{}"))));
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let name = text(key)?;
                match name.as_constant() {
                    Some(name) => flatten_with(&member(name), value, text, facts)?,
                    None => {
                        let mut pair = name;
                        pair.push(Text::constant(": "));
                        pair.push(text(&scalar(value))?);
                        facts.push((prefix.to_owned(), Fact::Text(pair)));
                    }
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                match item {
                    Value::Object(fields) if fields.len() == 1 && fields.contains_key("name") => {
                        facts.push((prefix.to_owned(), Fact::Text(text(&scalar(&fields["name"]))?)));
                    }
                    Value::Object(fields) if fields.get("name").is_some_and(Value::is_string) => {
                        let mut fields = fields.clone();
                        let name = fields.remove("name").unwrap_or_default();
                        flatten_with(&member(name.as_str().unwrap_or_default()), &Value::Object(fields), text, facts)?;
                    }
                    Value::Object(_) => {
                        facts.push((prefix.to_owned(), Fact::Text(text(&scalar(&sorted(item)))?)));
                    }
                    other => flatten_with(&format!("{prefix}[{at}]"), other, text, facts)?,
                }
            }
        }
        other => facts.push((prefix.to_owned(), Fact::Text(Text::constant(scalar(other))))),
    }
    Ok(())
}

/// The text of a scalar, a number without an empty fraction; anything else as JSON.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        other => other.to_string(),
    }
}

/// With the fields of all maps in alphabetical order.
pub(in crate::comparer) fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut pairs: Vec<_> = fields.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            pairs.sort_by(|left, right| left.0.cmp(&right.0));
            Value::Object(pairs.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

fn list(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// Labels and annotations, without those that only say what wrote the manifest.
fn labels(metadata: &Value, scope: &Scope, facts: &mut Facts) -> Result<()> {
    for (kind, word) in [("labels", "label "), ("annotations", "annotation ")] {
        let Some(Value::Object(fields)) = metadata.get(kind) else { continue };
        let kept: Map<String, Value> = fields
            .iter()
            .filter(|(key, _)| !is_ignored(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        flatten(word, &Value::Object(kept), scope, facts)?;
    }
    Ok(())
}

/// Where a container mounts what: a volume is what it is, not what it is called.
fn mounts(
    prefix: &str,
    container: &mut Value,
    volumes: &[Value],
    scope: &Scope,
    mounted: &mut BTreeSet<String>,
    facts: &mut Facts,
) -> Result<()> {
    for (field, path) in [("volumeMounts", "mountPath"), ("volumeDevices", "devicePath")] {
        for mut mount in list(container.as_object_mut().and_then(|fields| fields.remove(field))) {
            let Some(fields) = mount.as_object_mut() else { continue };
            let name = fields.remove("name").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            let place = fields.remove(path).map(|path| scalar(&path)).unwrap_or_default();
            let at = format!("{prefix}{field} {place}: ");
            flatten(&at, &mount, scope, facts)?;
            match volumes.iter().find(|volume| volume["name"] == name.as_str()) {
                None => facts.push((format!("{at}volume"), Fact::Text(Text::constant(format!("unknown: {name}"))))),
                Some(volume) => {
                    let mut volume = volume.clone();
                    volume.as_object_mut().map(|fields| fields.remove("name"));
                    flatten(&at, &volume, scope, facts)?;
                }
            }
            mounted.insert(name);
        }
    }
    Ok(())
}

/// A patch of the pod: what it says about the container is the container's.
fn patched(patch: &str, says: &Map<String, Value>, scope: &Scope, facts: &mut Facts) -> Result<()> {
    let (text, marked) = scope.mark(patch)?;
    let Some(Value::Object(mut spec)) = yaml(&text) else {
        facts.push(("podSpecPatch".to_owned(), Fact::Text(unmark(&text, &marked))));
        return Ok(());
    };
    let text = |text: &str| Ok(unmark(text, &marked));
    for kind in ["containers", "initContainers"] {
        for mut container in list(spec.remove(kind)) {
            let name = container.as_object_mut().and_then(|fields| fields.remove("name"));
            let name = name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            let is_in = |kind: &str| {
                says.get(kind)
                    .into_iter()
                    .flat_map(|all| list(Some(all.clone())))
                    .any(|one| one["name"] == name.as_str())
            };
            let prefix = match kind {
                "containers" if name == "main" => String::new(),
                "containers" if is_in("sidecars") => format!("sidecars {name}: "),
                kind => format!("{kind} {name}: "),
            };
            flatten_with(&prefix, &container, &text, facts)?;
        }
    }
    flatten_with("", &Value::Object(spec), &text, facts)
}

/// The manifest of a resource. A variable that stands bare is a value and no text, unless it is made a text by `toJson`.
fn document(manifest: &str, scope: &Scope, facts: &mut Facts) -> Result<()> {
    let (text, mut marked) = scope.mark(manifest)?;
    for (at, found) in marked.iter_mut().enumerate() {
        let mark = format!("\u{e000}{at}\u{e001}");
        let is_bare = text.split(&mark).zip(text.split(&mark).skip(1)).all(|(before, after)| {
            before.ends_with([' ', '[', ',', ':'])
                && (after.is_empty() || after.starts_with(['\n', ',', ' ', ']', '}']))
        });
        if is_bare {
            *found = bare(found);
        }
    }
    let Some(value) = yaml(&text) else {
        return cannot(format!("the manifest of a resource is no YAML: {text}"));
    };
    flatten_with("manifest: ", &value, &|text| Ok(unmark(text, &marked)), facts)
}

fn yaml(text: &str) -> Option<Value> {
    kfp::argo::documents::<Value>(text).ok()?.into_iter().next()
}

fn bare(text: &Text) -> Text {
    unquoted(text).unwrap_or_else(|| {
        let mut value = text.clone();
        value.push(Text::constant(" (as a value)"));
        value
    })
}

/// The text of which a text is the JSON.
pub(super) fn unquoted(text: &Text) -> Option<Text> {
    let [Piece::Computed(expression)] = text.pieces() else { return None };
    match &**expression {
        Expr::Call(name, arguments) if name == "toJson" => match &arguments[..] {
            [argument] => Some(argument.clone().into_text()),
            _ => None,
        },
        _ => None,
    }
}

/// Puts what a template does not say itself under it.
fn lay_under(template: &mut Value, defaults: &Value) {
    const KINDS: [&str; 4] = ["container", "script", "resource", "dag"];
    let (Value::Object(template), Value::Object(defaults)) = (template, defaults) else { return };
    for (key, value) in defaults {
        match template.get_mut(key) {
            Some(own @ Value::Object(_)) => lay_under(own, value),
            Some(_) => {}
            None if KINDS.contains(&key.as_str()) => {}
            None => drop(template.insert(key.clone(), value.clone())),
        }
    }
}

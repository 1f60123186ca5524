//! Tags and expressions: whether they can be read, and whether what they refer to is there by then.

use super::texts::{Tag, each, tags};
use crate::codes::{EDGE, EXPRESSION, REFERENCE, RESULT, TAG};
use crate::document::Document;
use crate::library::{Library, own};
use crate::path::{Path, Step};
use crate::report::Report;
use crate::scope::{self, Over, Run, Scope, Sibling, Trouble};
use kfp_core::argo::{Manifest, Spec, Task, Template};
use kfp_engine::expr::Expression;
use kfp_grammar::nearest;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub(super) fn check(document: &Document<'_>, library: &Library<'_>, report: &mut Report<'_>) {
    let Some((spec, path)) = document.spec() else { return };
    let mut walk = Walk { document, library, own: own(document), report };
    let root = Scope {
        inputs: Vec::new(),
        outputs: None,
        word: "",
        siblings: None,
        over: Over::All,
        has_item: false,
        run: run(document, spec),
    };
    walk.texts(&root, &path, &["templates", "templateDefaults"]);
    if matches!(document.manifest, Manifest::CronWorkflow(_)) {
        walk.texts(&root, &Path::default().field("spec"), &["workflowSpec"]);
    }
    for (template, path) in document.templates() {
        walk.template(template, &path, &Scope { siblings: Some(Rc::default()), ..root.clone() });
    }
}

/// What the manifest tells about the workflow that it is, or is a part of.
fn run<'d>(document: &'d Document<'d>, spec: &'d Spec) -> Run<'d> {
    if !document.is_run() || spec.workflow_template_ref.is_some() {
        return Run::default();
    }
    let parameters = spec.arguments.parameters.iter().map(|it| it.name.as_str()).collect();
    let names = || {
        spec.templates.iter().flat_map(|template| {
            let parameters = template.outputs.parameters.iter().filter_map(|it| it.global_name.as_deref());
            parameters.chain(template.outputs.artifacts.iter().filter_map(|it| it.global_name.as_deref()))
        })
    };
    let calls_others = spec
        .templates
        .iter()
        .any(|template| tasks(template).any(|task| task.template_ref.is_some() || task.inline.is_some()));
    let is_known = !calls_others && names().all(|name| !name.contains("{{"));
    Run { parameters: Some(parameters), exports: is_known.then(|| names().collect()) }
}

pub(super) fn tasks(template: &Template) -> impl Iterator<Item = &Task> {
    template.dag.iter().flat_map(|dag| &dag.tasks).chain(template.steps.iter().flatten())
}

pub(super) fn is_loop(task: &Task) -> bool {
    !task.with_items.is_empty() || task.with_param.is_some() || task.with_sequence.is_some()
}

struct Walk<'d, 'r, 'f> {
    document: &'d Document<'d>,
    library: &'r Library<'d>,
    own: HashMap<&'d str, &'d Template>,
    report: &'r mut Report<'f>,
}

impl<'d> Walk<'d, '_, '_> {
    fn template(&mut self, template: &'d Template, path: &Path, outer: &Scope<'d>) {
        let mut scope = outer.clone();
        scope.inputs.push(&template.inputs);
        if let Some(dag) = &template.dag {
            let by_name = Rc::new(dag.tasks.iter().map(|task| (task.name.as_str(), task)).collect());
            scope.word = "tasks";
            scope.siblings = Some(self.siblings(&dag.tasks));
            for (index, task) in dag.tasks.iter().enumerate() {
                scope.over = Over::Before(task, Rc::clone(&by_name));
                self.task(task, &path.fields("dag.tasks").item(index), &scope);
            }
        } else if !template.steps.is_empty() {
            scope.word = "steps";
            scope.siblings = Some(self.siblings(template.steps.iter().flatten()));
            let mut over = HashSet::new();
            for (group, steps) in template.steps.iter().enumerate() {
                scope.over = Over::These(Rc::new(over.clone()));
                for (index, step) in steps.iter().enumerate() {
                    self.task(step, &path.field("steps").item(group).item(index), &scope);
                }
                over.extend(steps.iter().map(|step| step.name.as_str()));
            }
        } else {
            scope.outputs = Some(&template.outputs);
        }
        scope.over = Over::All;
        self.texts(&scope, path, &["name", "dag", "steps"]);
    }

    fn siblings(&self, tasks: impl IntoIterator<Item = &'d Task>) -> Rc<HashMap<&'d str, Sibling<'d>>> {
        let sibling = |task: &'d Task| {
            let called = self.library.called(&self.own, task);
            (task.name.as_str(), Sibling { called, is_loop: is_loop(task) })
        };
        Rc::new(tasks.into_iter().map(sibling).collect())
    }

    fn task(&mut self, task: &'d Task, path: &Path, around: &Scope<'d>) {
        let looped = Scope { has_item: around.has_item || is_loop(task), ..around.clone() };
        // What the loop goes over is outside of it.
        for field in ["withItems", "withParam", "withSequence"] {
            self.texts(around, &path.field(field), &[]);
        }
        let except = ["name", "template", "depends", "dependencies", "inline", "hooks", "withItems", "withParam"];
        self.texts(&looped, path, &[&except[..], &["withSequence"]].concat());
        // A hook runs after or beside its task, and sees it.
        let hooks = Scope { over: Over::All, ..looped.clone() };
        self.texts(&hooks, &path.field("hooks"), &[]);
        if let Some(inline) = &task.inline {
            self.template(inline, &path.field("inline"), &looped);
        }
    }

    fn texts(&mut self, scope: &Scope<'d>, path: &Path, except: &[&str]) {
        let Some(tree) = self.document.tree.get(path) else { return };
        let report = &mut *self.report;
        each(tree, path, except, &mut |path, text| {
            if is_expression(path) && !text.trim_start().starts_with("{{") {
                expression(report, scope, path, text, 0);
            } else {
                tagged(report, scope, path, text);
            }
        });
    }
}

/// Whether a field holds an expression without braces.
fn is_expression(path: &Path) -> bool {
    match path.steps() {
        [.., Step::Field(above), Step::Field(name)] if name == "successCondition" => above == "http",
        [.., Step::Field(name)] => matches!(name.as_str(), "expression" | "fromExpression"),
        _ => false,
    }
}

fn tagged(report: &mut Report<'_>, scope: &Scope<'_>, path: &Path, text: &str) {
    let (tags, open) = tags(text);
    if let Some(at) = open {
        let message = "this `{{` has no `}}`, and Argo reads every `{{` as the beginning of a tag";
        report.within(
            TAG,
            path,
            at,
            message,
            "close it; a `{{` that is meant as text has to come from a file or a variable",
        );
    }
    for tag in tags {
        match tag.body.strip_prefix('=') {
            Some(source) => expression(report, scope, path, source, tag.at + 1),
            None => simple(report, scope, path, &tag),
        }
    }
}

fn simple(report: &mut Report<'_>, scope: &Scope<'_>, path: &Path, tag: &Tag<'_>) {
    let name = tag.body.trim();
    let parts: Vec<&str> = name.split('.').collect();
    if scope::is_root(parts[0]) {
        let trouble = scope.trouble(&parts);
        return tell(report, path, tag.at, name, trouble);
    }
    // Helm's and Jinja's tags stay as they are; what is almost one of Argo's was meant as one.
    let meant = nearest(parts[0], scope::ROOTS).filter(|_| parts.len() > 1);
    if let Some(root) = meant {
        let message = format!("`{name}` is no variable of Argo's, so it stays as it is");
        let rest = parts[1..].join(".");
        report.within(REFERENCE, path, tag.at, message, format!("did you mean `{root}.{rest}`?"));
    }
}

fn expression(report: &mut Report<'_>, scope: &Scope<'_>, path: &Path, source: &str, at: usize) {
    let parsed = match Expression::parse(source) {
        Ok(parsed) => parsed,
        Err(error) => {
            let help =
                "strings stand in single quotes, names with a hyphen in `['..']`: `inputs.parameters['my-name']`";
            return report.within(EXPRESSION, path, at, format!("this expression cannot be read: {error}"), help);
        }
    };
    let references = parsed.references();
    for reference in &references {
        let parts: Vec<&str> = reference.path.iter().map(String::as_str).collect();
        let at = at + source.find(parts[0]).unwrap_or(0);
        if let Some(whole) = hyphenated(source, &parts) {
            let message = format!("in an expression, `{whole}` is a subtraction");
            let (name, above) = (whole.rsplit('.').next().unwrap_or(&whole), parts[..parts.len() - 1].join("."));
            report.within(EXPRESSION, path, at, message, format!("write `{above}['{name}']`"));
        } else if !scope::is_root(parts[0]) {
            if source.contains(&format!("-{}", parts[0])) {
                continue; // The rest of such a name.
            }
            let help = match nearest(parts[0], scope::ROOTS) {
                Some(root) => format!("did you mean `{root}`?"),
                None => "a text stands in single quotes".to_owned(),
            };
            report.within(EXPRESSION, path, at, format!("an expression knows no name `{}`", parts[0]), help);
        } else if !reference.may_be_missing {
            tell(report, path, at, &parts.join("."), scope.trouble(&parts));
        }
        let is_result = matches!(parts[..], ["tasks" | "steps", _, "outputs", "result"]);
        if is_result && source.contains(&format!("[\"{}\"]", parts[1])) {
            let message =
                format!("Argo keeps the `result` of `{}` only where it is named with single quotes", parts[1]);
            report.within(RESULT, path, at, message, format!("write `{}['{}'].outputs.result`", parts[0], parts[1]));
        }
    }
}

/// A reference that goes on with a hyphen and a name, as Argo's names do and an expression's cannot.
fn hyphenated(source: &str, parts: &[&str]) -> Option<String> {
    let plain = parts.join(".");
    let (_, after) = source.split_once(&plain).filter(|_| parts.len() > 1)?;
    let rest = after.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    Some(format!("{plain}-{}", &rest[..end]))
}

fn tell(report: &mut Report<'_>, path: &Path, at: usize, name: &str, trouble: Option<Trouble>) {
    match trouble {
        Some(Trouble::Nothing { why, help }) => {
            report.within(REFERENCE, path, at, format!("`{name}` refers to nothing: {why}"), help);
        }
        Some(Trouble::NotOver(task)) => report.within(
            EDGE,
            path,
            at,
            format!("`{name}` is read, but nothing waits for `{task}`: it would wait for ever, or read nothing"),
            format!("add `{task}` to its `dependencies` (a step: move it to a later group)"),
        ),
        None => {}
    }
}

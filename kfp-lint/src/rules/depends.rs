//! What tasks wait for: `depends`, `dependencies` and `target`.

use super::references::is_loop;
use crate::codes::{CYCLE, DEPENDS, RESERVED};
use crate::document::Document;
use crate::path::Path;
use crate::report::Report;
use crate::scope::words;
use kfp_core::argo::{Dag, Task, Template};
use kfp_engine::expr::Expression;
use kfp_grammar::name::EXPRESSION_WORDS;
use kfp_grammar::nearest;
use std::collections::{HashMap, HashSet};

const RESULTS: [&str; 8] =
    ["Succeeded", "Failed", "Errored", "Skipped", "Omitted", "Daemoned", "AnySucceeded", "AllFailed"];

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    for (template, path) in document.templates() {
        below(template, &path, report);
    }
}

fn below(template: &Template, path: &Path, report: &mut Report<'_>) {
    if let Some(dag) = &template.dag {
        of_dag(dag, &path.field("dag"), report);
    }
    for (index, task) in template.dag.iter().flat_map(|dag| &dag.tasks).enumerate() {
        if let Some(inline) = &task.inline {
            below(inline, &path.fields("dag.tasks").item(index).field("inline"), report);
        }
    }
}

fn of_dag(dag: &Dag, path: &Path, report: &mut Report<'_>) {
    let by_name: HashMap<&str, &Task> = dag.tasks.iter().map(|task| (task.name.as_str(), task)).collect();
    let path_of = |index: usize| path.field("tasks").item(index);
    let mut waited_for = HashSet::new();
    for (index, task) in dag.tasks.iter().enumerate() {
        let path = path_of(index);
        for (at, name) in task.dependencies.iter().enumerate() {
            if !by_name.contains_key(name.as_str()) {
                unknown(name, &by_name, &path.field("dependencies").item(at), None, report);
            }
        }
        if let Some(text) = &task.depends {
            depends(text, &by_name, &path.field("depends"), report);
        }
        waited_for.extend(names(task));
    }
    for (index, task) in dag.tasks.iter().enumerate() {
        if EXPRESSION_WORDS.contains(&task.name.as_str()) && waited_for.contains(task.name.as_str()) {
            let message = format!("Argo cannot evaluate what waits for a task of the name `{}`", task.name);
            let help = format!("it is a word of its expressions; call the task `{}-task`", task.name);
            report.error(RESERVED, &path_of(index).field("name"), message, help);
        }
    }
    if let Some(round) = cycle(dag, &by_name) {
        let first = dag.tasks.iter().position(|task| task.name == round[0]).unwrap_or(0);
        let message = match round[..] {
            [only] => format!("`{only}` waits for itself, so it never starts"),
            _ => format!("these tasks wait for each other, so none of them ever starts: {}", words(&round)),
        };
        report.error(CYCLE, &path_of(first).field("name"), message, "take one of the edges out");
    }
    for name in dag.target.iter().flat_map(|target| target.split_whitespace()) {
        if !name.contains("{{") && !name.contains("}}") && !by_name.contains_key(name) {
            unknown(name, &by_name, &path.field("target"), None, report);
        }
    }
}

fn unknown(name: &str, tasks: &HashMap<&str, &Task>, path: &Path, at: Option<usize>, report: &mut Report<'_>) {
    let mut known: Vec<&str> = tasks.keys().copied().collect();
    known.sort_unstable();
    let help = nearest(name, known).map_or_else(String::new, |near| format!("did you mean `{near}`?"));
    report.within(DEPENDS, path, at.unwrap_or(0), format!("there is no task `{name}` to wait for"), help);
}

fn depends(text: &str, tasks: &HashMap<&str, &Task>, path: &Path, report: &mut Report<'_>) {
    let mut plain = String::new();
    let mut from = 0;
    for (at, name, result) in terms(text) {
        plain.push_str(&text[from..at]);
        plain.push_str(&name.replace('-', "_"));
        from = at + name.len();
        let Some(task) = tasks.get(name) else {
            unknown(name, tasks, path, Some(at), report);
            continue;
        };
        let Some(result) = result else { continue };
        if !RESULTS.contains(&result) {
            let message = format!("a task has no result `{result}`");
            let help = nearest(result, RESULTS)
                .map_or_else(|| format!("there are {}", words(&RESULTS)), |near| format!("did you mean `{near}`?"));
            report.within(DEPENDS, path, at + name.len() + 1, message, help);
        } else if matches!(result, "AnySucceeded" | "AllFailed") && !is_loop(task) {
            let message = format!("`{name}` runs once, so it has no `{result}`");
            report.within(DEPENDS, path, at, message, "write `.Succeeded` or `.Failed`");
        }
    }
    plain.push_str(&text[from..]);
    let is_empty = plain.trim().is_empty();
    if let Some(error) = Expression::parse(&plain).err().filter(|_| !is_empty) {
        let message = format!("`depends` cannot be read: {error}");
        report.error(DEPENDS, path, message, "write names and results with `&&`, `||`, `!`: `a && (b.Failed || c)`");
    }
}

/// The tasks that a `depends` names: where, which, and which result of them.
fn terms(text: &str) -> Vec<(usize, &str, Option<&str>)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let word = |from: usize| &text[from..from + text[from..].find(|c| !is_name(c)).unwrap_or(text.len() - from)];
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = text[at..].find(is_name).map(|next| at + next) {
        let name = word(next);
        at = next + name.len();
        let result = text[at..].starts_with('.').then(|| word(at + 1));
        at += result.map_or(0, |result| result.len() + 1);
        found.push((next, name, result));
    }
    found
}

/// The tasks that a task waits for itself.
pub(super) fn names(task: &Task) -> Vec<&str> {
    let depends = task.depends.as_deref().unwrap_or_default();
    task.dependencies.iter().map(String::as_str).chain(terms(depends).into_iter().map(|(_, name, _)| name)).collect()
}

/// Whether a task waits for another, directly or through others.
pub(crate) fn ancestor(task: &Task, tasks: &HashMap<&str, &Task>, wanted: &str) -> bool {
    let (mut seen, mut open) = (HashSet::new(), names(task));
    while let Some(name) = open.pop() {
        if name == wanted {
            return true;
        }
        if seen.insert(name)
            && let Some(task) = tasks.get(name)
        {
            open.extend(names(task));
        }
    }
    false
}

/// The tasks of one round in which each waits for the next.
fn cycle<'d>(dag: &'d Dag, tasks: &HashMap<&'d str, &'d Task>) -> Option<Vec<&'d str>> {
    let mut done: HashSet<&str> = HashSet::new();
    for start in &dag.tasks {
        // The way from the start to here, each with what is still to be looked at.
        let mut way: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut next = Some(start.name.as_str());
        loop {
            if let Some(name) = next.take() {
                if let Some(from) = way.iter().position(|(on_way, _)| *on_way == name) {
                    return Some(way[from..].iter().map(|(name, _)| *name).collect());
                }
                if !done.contains(name)
                    && let Some(task) = tasks.get(name)
                {
                    way.push((name, names(task)));
                }
            }
            let Some((name, open)) = way.last_mut() else { break };
            next = open.pop();
            if next.is_none() {
                done.insert(name);
                way.pop();
            }
        }
    }
    None
}

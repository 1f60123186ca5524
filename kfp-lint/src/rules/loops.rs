//! Loops that cannot run.

use super::texts::has_tags;
use super::when::each_task;
use crate::codes::LOOP;
use crate::document::Document;
use crate::path::Path;
use crate::report::Report;
use crate::scope::words;
use kfp_core::argo::Task;

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    for (template, path) in document.templates() {
        each_task(template, &path, &mut |task, path| of_task(task, path, report));
    }
}

fn of_task(task: &Task, path: &Path, report: &mut Report<'_>) {
    let given = [
        ("withItems", !task.with_items.is_empty()),
        ("withParam", task.with_param.is_some()),
        ("withSequence", task.with_sequence.is_some()),
    ];
    let given: Vec<_> = given.iter().filter(|(_, is_given)| *is_given).map(|(name, _)| *name).collect();
    if given.len() > 1 {
        let message = format!("a loop goes over one thing, and here are {}", words(&given));
        report.error(LOOP, &path.field(given[1]), message, "keep one of them");
    }
    if let Some(text) = task.with_param.as_ref().filter(|text| !has_tags(text))
        && !serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.is_array())
    {
        let message = format!("`withParam` takes a JSON list, and `{text}` is none");
        report.error(LOOP, &path.field("withParam"), message, "write a list: '[\"a\", \"b\"]'");
    }
    let Some(sequence) = &task.with_sequence else { return };
    let path = path.field("withSequence");
    match (&sequence.count, &sequence.end) {
        (Some(_), Some(_)) => {
            report.error(LOOP, &path, "a sequence has a `count` or an `end`, not both", "keep one of them");
        }
        (None, None) => {
            report.error(LOOP, &path, "a sequence needs a `count` or an `end`", "say how many: `count: \"3\"`");
        }
        _ => {}
    }
    for (name, number) in [("count", &sequence.count), ("start", &sequence.start), ("end", &sequence.end)] {
        let Some(text) = number.as_ref().map(ToString::to_string).filter(|text| !has_tags(text)) else { continue };
        if text.trim().parse::<i64>().is_err() {
            report.error(LOOP, &path.field(name), format!("`{text}` is no whole number"), "write digits");
        }
    }
}

//! Which nodes of a run are run again: a task with all that comes after it, or what has failed.

use crate::error::{NO_TASK, Refusal};
use crate::history::{History, Record};
use std::collections::BTreeSet;

/// What is to be run again of a run that is resumed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Again {
    /// A task, by its name or the whole name of its node, and what comes after it.
    From(String),
    /// What has failed, as `argo retry` does.
    Failed,
}

/// The names of the nodes.
pub(crate) fn nodes(history: &History, again: &Again) -> Result<BTreeSet<String>, Refusal> {
    let is_meant = |record: &&Record| match again {
        Again::From(name) => record.node.node == *name || record.node.name == *name,
        Again::Failed => {
            !record.node.kind.is_group() && record.ended.as_ref().is_some_and(|ended| ended.outcome.phase.is_bad())
        }
    };
    let mut chosen: BTreeSet<String> = history.records.iter().filter(is_meant).map(|it| it.node.node.clone()).collect();
    if let (Again::From(name), true) = (again, chosen.is_empty()) {
        let mut names: Vec<_> = history.records.iter().map(|it| format!("`{}`", it.node.name)).take(20).collect();
        names.dedup();
        let place = history.folder.display().to_string();
        return Err(Refusal::new(NO_TASK, place, format!("no task `{name}` has run"))
            .help(format!("these have: {}", names.join(", "))));
    }
    loop {
        let touched = around(history, &chosen);
        let is_new = |record: &&Record| !chosen.contains(&record.node.node) && comes_after(record, &chosen, &touched);
        let new: Vec<_> = history.records.iter().filter(is_new).map(|it| it.node.node.clone()).collect();
        if new.is_empty() {
            return Ok(chosen);
        }
        chosen.extend(new);
    }
}

/// The nodes with something in them that is chosen.
fn around(history: &History, chosen: &BTreeSet<String>) -> BTreeSet<String> {
    let mut touched = BTreeSet::new();
    // Nodes begin before those in them.
    for record in history.records.iter().rev() {
        let name = &record.node.node;
        if chosen.contains(name) || touched.contains(name) {
            touched.extend(record.node.parent.clone());
            let is_of_workflow = record.node.parent.is_none();
            touched.extend(is_of_workflow.then(|| name.clone()));
        }
    }
    touched
}

fn comes_after(record: &Record, chosen: &BTreeSet<String>, touched: &BTreeSet<String>) -> bool {
    let node = &record.node;
    let is_in_one = node.parent.as_ref().is_some_and(|parent| chosen.contains(parent));
    let is_after_one = node.after.iter().any(|name| chosen.contains(name) || touched.contains(name));
    let hook = [".onExit", ".hooks."].iter().find_map(|word| node.node.rfind(word).map(|end| &node.node[..end]));
    let is_hook_of_one = hook.is_some_and(|of| chosen.contains(of) || touched.contains(of));
    is_in_one || is_after_one || is_hook_of_one
}

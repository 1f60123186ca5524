//! Where the bytes of a manifest go.

use crate::graph::workflow_of;
use crate::{refused, say};
use kfp_core::argo::size::{MOST_BYTES, Size};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Templates that are listed; the rest is summed up.
const LISTED: usize = 15;

/// Prints how large a manifest is, as it stands and as a cluster keeps it, and what for.
pub fn size(file: &Path) -> ExitCode {
    let workflow = match workflow_of(file) {
        Ok(workflow) => workflow,
        Err(message) => return refused(&message),
    };
    let size = Size::of(&workflow);
    let written = fs::metadata(file).map_or(0, |data| data.len());
    let share = |bytes: usize| bytes * 100 / size.total.max(1);
    say::out(&format!("{written} bytes in the file"));
    say::out(&format!(
        "{} bytes as JSON, {} % of the {MOST_BYTES} that a cluster takes",
        size.total,
        size.total * 100 / MOST_BYTES
    ));
    if size.tasks > 0 {
        say::out(&format!("{} tasks in DAGs, {} bytes of JSON for each", size.tasks, size.total / size.tasks));
    }
    say::out("\nwhat for");
    for (what, bytes) in &size.parts {
        say::out(&format!("{bytes:>10}  {:>3} %  {what}", share(*bytes)));
    }
    say::out("\ntemplates");
    for (name, bytes) in size.templates.iter().take(LISTED) {
        say::out(&format!("{bytes:>10}  {:>3} %  {name}", share(*bytes)));
    }
    let rest: usize = size.templates.iter().skip(LISTED).map(|(_, bytes)| bytes).sum();
    if rest > 0 {
        say::out(&format!("{rest:>10}  {:>3} %  {} more", share(rest), size.templates.len() - LISTED));
    }
    ExitCode::SUCCESS
}

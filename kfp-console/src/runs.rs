//! The runs in a folder.

use crate::{refused, say};
use kfp_engine::{History, Record};
use kfp_view::duration;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A folder for a new run of a workflow: `kfp-runs/NAME-NUMBER` with the first number that is free.
pub fn free_folder(name: &str) -> PathBuf {
    let folders = (1u64..).map(|number| Path::new("kfp-runs").join(format!("{name}-{number}")));
    folders.into_iter().find(|folder| !folder.exists()).unwrap_or_else(|| PathBuf::from("kfp-runs").join(name))
}

/// The folder of a run that is named by it, or by its last part alone if it is one of `kfp-runs`.
pub fn folder_of(run: &Path) -> PathBuf {
    let kept = Path::new("kfp-runs").join(run);
    if !run.exists() && kept.is_dir() { kept } else { run.to_owned() }
}

/// Lists the runs in a folder, the newest last: folder, state, tasks, duration, when it was started.
pub fn runs(folder: &Path) -> ExitCode {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return refused(&format!(
                "{}: {error}; runs are in `kfp-runs` of where they were started",
                folder.display()
            ));
        }
    };
    let folders = entries.flatten().map(|entry| entry.path()).filter(|path| path.join("journal.jsonl").is_file());
    let mut found: Vec<(String, [String; 5])> = Vec::new();
    for path in folders {
        match History::read(&path) {
            Ok(history) => found.push((history.created.clone(), row(&path, &history))),
            Err(refusal) => say::err(&format!("note: {refusal}")),
        }
    }
    found.sort();
    let rows: Vec<[String; 5]> = found.into_iter().map(|(_, row)| row).collect();
    let head = ["RUN", "STATE", "TASKS", "TOOK", "STARTED"].map(str::to_owned);
    let all: Vec<_> = std::iter::once(&head).chain(&rows).collect();
    let widths: Vec<usize> =
        (0..5).map(|column| all.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
    for row in all {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        say::out(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    ExitCode::SUCCESS
}

fn row(path: &Path, history: &History) -> [String; 5] {
    let state = match &history.over {
        Some((phase, _, _)) => phase.to_string(),
        None if history.is_live => "Running".to_owned(),
        None => "Interrupted".to_owned(),
    };
    let tasks: Vec<&Record> = history.records.iter().filter(|record| !record.node.kind.is_group()).collect();
    let ended = tasks.iter().filter(|record| record.ended.is_some()).count();
    let last = history.records.iter().filter_map(|record| record.ended.as_ref()).map(|ended| ended.at).max();
    let first = history.records.first().map(|record| record.node.at);
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
    let took =
        first.zip(last).map_or_else(String::new, |(first, last)| duration(last.saturating_sub(first) as f64 / 1000.0));
    [path.display().to_string(), state, format!("{ended}/{}", tasks.len()), took, history.created.clone()]
}

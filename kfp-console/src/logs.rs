//! What the tasks of a run printed.

use crate::runs::folder_of;
use crate::{refused, say};
use kfp_engine::{History, Record};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Prints the logs of a run: of all its tasks, or of those whose name is or ends in a word, or holds it if there is no such
/// one. Each file has a line with its place before it.
pub fn logs(folder: &Path, task: Option<&str>) -> ExitCode {
    let folder = folder_of(folder);
    let history = match History::read(&folder) {
        Ok(history) => history,
        Err(refusal) => return refused(&refusal.to_string()),
    };
    let has_logs = |record: &&Record| record.node.folder.is_some();
    let records: Vec<&Record> = history.records.iter().filter(has_logs).collect();
    let chosen = task.map_or_else(|| records.clone(), |word| choose(&records, word));
    if chosen.is_empty() {
        let names: Vec<_> = records.iter().map(|record| record.node.name.as_str()).collect();
        let word = task.unwrap_or_default();
        return refused(&format!("no task of this run has the name `{word}`; there are {}", names.join(", ")));
    }
    let mut is_silent = true;
    for record in chosen {
        let folder = folder.join(record.node.folder.as_deref().unwrap_or_default());
        let mut files: Vec<_> =
            fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|ending| ending == "out" || ending == "err"));
        files.sort();
        for file in files {
            let bytes = fs::read(&file).unwrap_or_default();
            if bytes.is_empty() {
                continue;
            }
            is_silent = false;
            say::out(&format!("==> {} ({})", record.node.node, file.display()));
            say::out(String::from_utf8_lossy(&bytes).trim_end_matches('\n'));
        }
    }
    if is_silent {
        say::err("note: nothing was printed");
    }
    ExitCode::SUCCESS
}

fn choose<'r>(records: &[&'r Record], word: &str) -> Vec<&'r Record> {
    let exact = |record: &&&Record| {
        let node = &record.node;
        node.node == word || node.name == word || node.name.split('(').next() == Some(word)
    };
    let chosen: Vec<_> = records.iter().filter(exact).copied().collect();
    if !chosen.is_empty() {
        return chosen;
    }
    records.iter().filter(|record| record.node.node.contains(word)).copied().collect()
}

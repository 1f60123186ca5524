//! What the report knows of each task, as JSON.

use crate::run::{kind, state};
use kfp_engine::{History, Record, Stored};
use serde_json::{Map, Value, json};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// The end of a log that is shown, in bytes.
const LOG: u64 = 32 * 1024;
/// The start of an artifact that is shown, in bytes.
const ARTIFACT: u64 = 8 * 1024;
/// All logs and artifacts together, in bytes; what comes later is only named.
const ALL: usize = 16 * 1024 * 1024;

pub(super) fn of(history: &History) -> Value {
    let mut reader = Reader { history, room: ALL };
    // Failures first, so that there is room for them.
    let is_bad = |record: &&Record| record.ended.as_ref().is_some_and(|ended| ended.outcome.phase.is_bad());
    let mut shown: Map<String, Value> = Map::new();
    for record in history.records.iter().filter(is_bad).chain(&history.records) {
        if !shown.contains_key(&record.node.node) {
            shown.insert(record.node.node.clone(), reader.task(record));
        }
    }
    let tasks: Vec<Value> = history.records.iter().filter_map(|record| shown.remove(&record.node.node)).collect();
    let over = history.over.as_ref();
    let phase = match over {
        Some((phase, _, _)) => phase.to_string(),
        None if history.is_live => "Running".to_owned(),
        None => "Interrupted".to_owned(),
    };
    json!({
        "name": history.name,
        "created": history.created,
        "parameters": history.parameters,
        "phase": phase,
        "message": over.map_or("", |(_, message, _)| message),
        "end": over.map(|(_, _, at)| at),
        "tasks": tasks,
    })
}

struct Reader<'h> {
    history: &'h History,
    room: usize,
}

impl Reader<'_> {
    fn task(&mut self, record: &Record) -> Value {
        let (node, ended) = (&record.node, record.ended.as_ref());
        let outputs = ended.map(|ended| &ended.outcome.outputs);
        let mut artifacts = Vec::new();
        for (name, stored) in &node.artifacts {
            artifacts.push(self.artifact("in", name, stored));
        }
        for (name, stored) in outputs.iter().flat_map(|outputs| &outputs.artifacts) {
            artifacts.push(self.artifact("out", name, stored));
        }
        json!({
            "id": node.node,
            "name": node.name,
            "kind": kind(node.kind),
            "template": node.template,
            "parent": node.parent,
            "state": state(record, self.history.is_live).name(),
            "message": ended.map_or("", |ended| &ended.outcome.message),
            "start": node.at,
            "end": ended.map(|ended| ended.at),
            "seconds": ended.map(|ended| ended.outcome.seconds),
            "inputs": node.parameters,
            "outputs": outputs.map(|outputs| &outputs.parameters),
            "result": outputs.and_then(|outputs| outputs.result.as_ref()),
            "exitCode": outputs.and_then(|outputs| outputs.exit_code),
            "artifacts": artifacts,
            "logs": node.folder.as_ref().map(|folder| self.logs(folder)),
        })
    }

    fn logs(&mut self, folder: &str) -> Vec<Value> {
        let mut files: Vec<_> = fs::read_dir(self.history.folder.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "out" || ending == "err"))
            .collect();
        files.sort();
        let log = |path: std::path::PathBuf| {
            let size = fs::metadata(&path).map_or(0, |data| data.len());
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let text = if size == 0 { String::new() } else { self.end_of(&path, size) };
            json!({"name": name, "file": format!("{folder}/{name}"), "size": size, "text": text})
        };
        files.into_iter().map(log).filter(|log| log["size"] != 0).collect()
    }

    fn end_of(&mut self, path: &Path, size: u64) -> String {
        let Ok(mut file) = File::open(path) else { return String::new() };
        let from = size.saturating_sub(LOG.min(u64::try_from(self.room).unwrap_or(0)));
        if file.seek(SeekFrom::Start(from)).is_err() {
            return String::new();
        }
        self.text(file, LOG)
    }

    fn text(&mut self, from: impl Read, most: u64) -> String {
        let mut bytes = Vec::new();
        let most = most.min(u64::try_from(self.room).unwrap_or(0));
        if from.take(most).read_to_end(&mut bytes).is_err() {
            return String::new();
        }
        self.room -= bytes.len().min(self.room);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn artifact(&mut self, direction: &str, name: &str, stored: &Stored) -> Value {
        let key = stored.key();
        // An input is shown where it came from.
        let text = match stored {
            Stored::Raw(text) => Some(text.chars().take(2_000).collect()),
            Stored::Elsewhere { from, .. } => Some(from.to_string()),
            _ if direction == "out" => self.content(stored),
            _ => None,
        };
        json!({
            "direction": direction, "name": name, "text": text,
            "file": key.map(|key| format!("artifacts/{}", key.trim_start_matches('/'))),
        })
    }

    /// The start of a file that is text.
    fn content(&mut self, stored: &Stored) -> Option<String> {
        let place = tempfile::tempdir().ok()?;
        let path = place.path().join("artifact");
        self.history.fetch(stored, &path).ok()?;
        if !path.is_file() {
            return None;
        }
        let text = self.text(File::open(&path).ok()?, ARTIFACT);
        let is_text = !text.is_empty() && !text.contains(['\0', '\u{fffd}']);
        is_text.then_some(text)
    }
}

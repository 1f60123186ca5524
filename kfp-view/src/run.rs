//! A picture of a run, from what its folder tells.

use crate::picture::{Group, Node, Picture, State, Task};
use kfp_engine::{History, Kind, Phase, Record};
use std::collections::{BTreeMap, HashMap};

/// A group of more is shown as one task: nobody follows the rounds of such a loop one by one.
const MOST: usize = 300;

/// What has happened in a run, so far or for good.
pub fn of_run(history: &History) -> Picture {
    let mut children: HashMap<&str, Vec<&Record>> = HashMap::new();
    for record in &history.records {
        children.entry(record.node.parent.as_deref().unwrap_or_default()).or_default().push(record);
    }
    let reader = Reader { children, is_live: history.is_live };
    let roots = reader.children.get("").map_or(&[][..], Vec::as_slice);
    let mut root = reader.group(Task::default(), roots);
    if root.nodes.len() > 1 {
        // Hooks and exit handlers come after what they belong to.
        root.edges = (1..root.nodes.len()).map(|handler| (0, handler)).collect();
    }
    if let [Node::Group(only)] = &mut root.nodes[..] {
        root = std::mem::take(only);
    }
    Picture { title: history.name.clone(), root }
}

/// How it stands with a node.
pub(crate) fn state(record: &Record, is_live: bool) -> State {
    match record.ended.as_ref().map(|ended| ended.outcome.phase) {
        Some(Phase::Succeeded) => State::Succeeded,
        Some(Phase::Failed) => State::Failed,
        Some(Phase::Error) => State::Error,
        Some(Phase::Skipped) => State::Skipped,
        Some(Phase::Omitted) => State::Omitted,
        None if is_live => State::Running,
        // Cut short: it runs again when the run is resumed.
        None => State::Pending,
    }
}

struct Reader<'h> {
    children: HashMap<&'h str, Vec<&'h Record>>,
    is_live: bool,
}

impl<'h> Reader<'h> {
    fn group(&self, task: Task, records: &[&'h Record]) -> Group {
        let places: HashMap<&str, usize> =
            records.iter().enumerate().map(|(index, record)| (record.node.node.as_str(), index)).collect();
        let mut group = Group { task, ..Group::default() };
        for (index, record) in records.iter().enumerate() {
            let before = record.node.after.iter().filter_map(|name| places.get(name.as_str()));
            group.edges.extend(before.map(|before| (*before, index)));
            group.nodes.push(self.node(record));
        }
        group
    }

    fn node(&self, record: &'h Record) -> Node {
        let task = self.task(record);
        match self.children.get(record.node.node.as_str()) {
            Some(records) if record.node.kind.is_group() && records.len() <= MOST => {
                Node::Group(self.group(task, records))
            }
            Some(records) if record.node.kind.is_group() => {
                Node::Task(Task { notes: vec![self.summary(records)], ..task })
            }
            _ => Node::Task(task),
        }
    }

    fn task(&self, record: &Record) -> Task {
        let ended = record.ended.as_ref();
        let message = ended.map(|ended| ended.outcome.message.clone()).filter(|message| !message.is_empty());
        // A loop is told no time of its own.
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
        let took = ended.map(|ended| match record.node.kind {
            Kind::TaskGroup => ended.at.saturating_sub(record.node.at) as f64 / 1000.0,
            _ => ended.outcome.seconds,
        });
        Task {
            id: record.node.node.clone(),
            label: record.node.name.clone(),
            kind: kind(record.node.kind),
            notes: message.into_iter().collect(),
            state: Some(state(record, self.is_live)),
            seconds: took.filter(|_| !matches!(record.node.kind, Kind::Skipped)),
        }
    }

    /// `5000 in it: 4990 Succeeded, 10 Failed`.
    fn summary(&self, records: &[&Record]) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for record in records {
            *counts.entry(state(record, self.is_live).name()).or_default() += 1;
        }
        let counts: Vec<_> = counts.iter().map(|(state, count)| format!("{count} {state}")).collect();
        format!("{} in it: {}", records.len(), counts.join(", "))
    }
}

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pod => "pod",
        Kind::Suspend => "suspend",
        Kind::Skipped => "not run",
        Kind::Dag => "dag",
        Kind::Steps => "steps",
        Kind::TaskGroup => "loop",
        Kind::Retry => "retry",
    }
}

//! A line for each change, where there is no terminal.

use crate::say;
use kfp_engine::{Ended, Event, Kind, Phase};

/// Tells an event.
pub(crate) fn tell(event: &Event) {
    match event {
        Event::Note { message } => say::err(&format!("note: {message}")),
        Event::Started(node) => match node.kind {
            Kind::Pod => say::out(&format!("start      {}", node.node)),
            Kind::Suspend => say::out(&format!("wait       {}: for its duration, or `approve`", node.node)),
            _ => {}
        },
        Event::Ended(ended) if is_told(ended) => {
            for line in ended_lines(ended) {
                say::out(&line);
            }
        }
        Event::Ended(_) | Event::Again { .. } | Event::Decided { .. } | Event::Over { .. } => {}
    }
}

/// Whether a person wants to know: what is made of others ends as they do.
pub(crate) fn is_told(ended: &Ended) -> bool {
    !ended.kind.is_group() || ended.outcome.phase == Phase::Error
}

/// How a node ended, with the end of the log of one that did not go well.
pub(crate) fn ended_lines(ended: &Ended) -> Vec<String> {
    let Ended { node, outcome, before, log, .. } = ended;
    let before = if *before { " (before)" } else { "" };
    let why = if outcome.message.is_empty() { String::new() } else { format!(": {}", outcome.message) };
    let phase = outcome.phase.to_string();
    let first = format!("{phase:10} {node}{before} {:.2} s{why}", outcome.seconds);
    std::iter::once(first).chain(log.iter().map(|line| format!("           | {line}"))).collect()
}

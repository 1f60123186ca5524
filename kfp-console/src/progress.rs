//! What runs, as a tree that changes on the terminal.
//!
//! Above stands what has ended and is worth a line; below, what runs now, each under what it is a part of, with the time that
//! it takes; at the bottom, how many of the tasks that are known have ended.

use crate::lines::{ended_lines, is_told};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use kfp_engine::{Ended, Event, Kind, Node};
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

/// Lines for what runs now; more than that is counted only.
const MOST: usize = 16;

/// Tells a run on a terminal.
pub(crate) struct Progress {
    bars: MultiProgress,
    total: ProgressBar,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// The nodes that have begun, with their depth.
    nodes: HashMap<String, Shown>,
    known: u64,
    ended: u64,
    bad: u64,
    skipped: u64,
    lines: usize,
}

struct Shown {
    depth: usize,
    bar: Option<ProgressBar>,
}

impl Default for Progress {
    fn default() -> Self {
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(15));
        let total = bars.add(ProgressBar::new(0));
        total.set_style(style("{bar:24} {pos}/{len} tasks{msg}  {elapsed}"));
        total.enable_steady_tick(Duration::from_millis(200));
        Self { bars, total, state: RefCell::default() }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}

impl Progress {
    pub(crate) fn tell(&self, event: &Event) {
        match event {
            Event::Note { message } => self.print(&format!("note: {message}")),
            Event::Started(node) => self.started(node),
            Event::Ended(ended) => self.ended(ended),
            Event::Again { .. } | Event::Decided { .. } => {}
            Event::Over { .. } => {
                self.total.finish_and_clear();
                let _ = self.bars.clear();
            }
        }
    }

    fn print(&self, line: &str) {
        let _ = self.bars.println(line);
    }

    fn started(&self, node: &Node) {
        let mut state = self.state.borrow_mut();
        let parent = node.parent.as_ref().and_then(|parent| state.nodes.get(parent));
        let depth = parent.map_or(0, |parent| parent.depth + 1);
        if !node.kind.is_group() {
            state.known += 1;
            self.total.set_length(state.known);
        }
        let bar = (node.kind != Kind::Skipped && state.lines < MOST).then(|| {
            let bar = self.bars.insert_before(&self.total, ProgressBar::new_spinner());
            bar.set_style(style(&format!("{}{{spinner}} {{msg}}  {{elapsed}}", "  ".repeat(depth))));
            bar.set_message(node.name.clone());
            bar.enable_steady_tick(Duration::from_millis(200));
            state.lines += 1;
            bar
        });
        state.nodes.insert(node.node.clone(), Shown { depth, bar });
    }

    fn ended(&self, ended: &Ended) {
        let mut state = self.state.borrow_mut();
        if let Some(bar) = state.nodes.remove(&ended.node).and_then(|shown| shown.bar) {
            bar.finish_and_clear();
            self.bars.remove(&bar);
            state.lines -= 1;
        }
        if !ended.kind.is_group() {
            state.ended += 1;
            state.bad += u64::from(ended.outcome.phase.is_bad());
            state.skipped += u64::from(ended.kind == Kind::Skipped);
            self.total.set_position(state.ended);
            self.total.set_message(counts(&state));
        }
        if is_told(ended) && ended.kind != Kind::Skipped {
            for line in ended_lines(ended) {
                self.print(&line);
            }
        }
    }
}

fn counts(state: &State) -> String {
    let part = |count: u64, word: &str| if count == 0 { String::new() } else { format!(", {count} {word}") };
    part(state.bad, "failed") + &part(state.skipped, "skipped")
}

//! Runs small workflows, and remembers what happened.

#![allow(dead_code, reason = "not every test needs all of it")]

use kfp_core::argo::Workflow;
use kfp_engine::{Event, Kind, Options, Outcome, Phase, Refusal, Report, run};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Instant;

/// A workflow with these templates that starts with `main`.
pub(crate) fn workflow(templates: &str) -> String {
    let head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: trial}\nspec:\n  entrypoint: main\n";
    format!("{head}  templates:\n{templates}")
}

/// A workflow that has run.
pub(crate) struct Trial {
    place: tempfile::TempDir,
    result: Result<Report, Refusal>,
    ended: BTreeMap<String, Outcome>,
    pub(crate) seconds: f64,
    pub(crate) most_at_once: usize,
}

impl Trial {
    pub(crate) fn new(templates: &str) -> Self {
        Self::of(&workflow(templates))
    }

    pub(crate) fn of(text: &str) -> Self {
        Self::with(text, true)
    }

    pub(crate) fn without_isolation(text: &str) -> Self {
        Self::with(text, false)
    }

    fn with(text: &str, isolate: bool) -> Self {
        Self::choosing(text, |options| options.isolate = isolate)
    }

    /// With other options.
    pub(crate) fn choosing(text: &str, choose: impl FnOnce(&mut Options)) -> Self {
        Self::at(tempfile::tempdir().expect("a folder"), text, choose)
    }

    /// In a folder, where a run that is there is resumed.
    pub(crate) fn at(place: tempfile::TempDir, text: &str, choose: impl FnOnce(&mut Options)) -> Self {
        let workflow = Workflow::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut options = Options::new(place.path().join("run"));
        choose(&mut options);
        let (ended, counts) = (Rc::new(RefCell::new(BTreeMap::new())), Rc::new(Cell::new((0, 0))));
        let (noted, counted) = (Rc::clone(&ended), Rc::clone(&counts));
        let start = Instant::now();
        let listener = move |event: &Event| match event {
            Event::Started(node) if node.kind == Kind::Pod => {
                let (now, most) = counted.get();
                counted.set((now + 1, most.max(now + 1)));
            }
            Event::Ended(it) if !it.kind.is_group() => {
                if it.kind == Kind::Pod {
                    let (now, most) = counted.get();
                    counted.set((usize::saturating_sub(now, 1), most));
                }
                noted.borrow_mut().insert(it.node.clone(), it.outcome.clone());
            }
            _ => {}
        };
        let result = match options.folder.join("journal.jsonl").exists() {
            true => kfp_engine::resume(&options, listener, std::future::pending()),
            false => run(&workflow, &options, listener, std::future::pending()),
        };
        let seconds = start.elapsed().as_secs_f64();
        Self { place, result, ended: ended.take(), seconds, most_at_once: counts.get().1 }
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.place.path().join("run")
    }

    /// The folder around that of the run, for another trial.
    pub(crate) fn place(self) -> tempfile::TempDir {
        self.place
    }

    pub(crate) fn phase(&self) -> Phase {
        let report = self.result.as_ref().unwrap_or_else(|refusal| panic!("{refusal}"));
        report.phase.expect("the end")
    }

    pub(crate) fn succeeds(&self) {
        assert_eq!(self.phase(), Phase::Succeeded, "{:?} {:#?}", self.result, self.ended);
    }

    pub(crate) fn refusal(&self) -> String {
        self.result.as_ref().expect_err("a refusal").to_string()
    }

    /// How the only node whose name ends like this ended.
    pub(crate) fn outcome(&self, end: &str) -> &Outcome {
        let found: Vec<_> = self.ended.iter().filter(|(node, _)| node.ends_with(end)).collect();
        assert_eq!(found.len(), 1, "{end}: {:#?}", self.ended);
        found[0].1
    }

    pub(crate) fn has_ended(&self, end: &str) -> bool {
        self.ended.keys().any(|node| node.ends_with(end))
    }

    pub(crate) fn only(&self) -> &Outcome {
        assert_eq!(self.ended.len(), 1, "{:#?}", self.ended);
        self.ended.values().next().expect("one")
    }
}

/// Whether a program has this argument.
pub(crate) fn is_running(argument: &str) -> bool {
    let processes = std::fs::read_dir("/proc").expect("/proc").flatten();
    processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok()).any(|line| {
        line.starts_with(b"sleep\0") && line.split(|byte| *byte == 0).any(|part| part == argument.as_bytes())
    })
}

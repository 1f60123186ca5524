//! Random workflows come to what a small reference says, also when the engine stops somewhere and goes on.

mod generate;
mod model;
#[path = "../support/place.rs"]
mod place;
mod reference;

use kfp_core::argo::Workflow;
use kfp_engine::{Event, Options, Outcome, Phase, resume, run};
use model::Flow;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;
use reference::Run;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A workflow of more programs than this takes too long.
const MOST: usize = 60;

/// A run, and what it came to the last time.
struct Trial {
    place: tempfile::TempDir,
    manifest: String,
    is_isolated: bool,
}

type Ended = BTreeMap<String, Outcome>;

impl Trial {
    fn new(flow: &Flow) -> Self {
        let place = place::folder();
        let manifest = flow.manifest(&place.path().join("trace"));
        Self { place, manifest, is_isolated: flow.is_isolated }
    }

    fn folder(&self) -> PathBuf {
        self.place.path().join("run")
    }

    /// The pods whose programs have begun, in their order.
    fn traced(&self) -> Vec<String> {
        let text = fs::read_to_string(self.place.path().join("trace")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn run(&self) -> (Phase, Ended) {
        let _ = fs::remove_file(self.place.path().join("trace"));
        let workflow = Workflow::from_yaml(&self.manifest).unwrap_or_else(|error| panic!("{error}\n{}", self.manifest));
        let mut options = Options::new(self.folder());
        options.isolate = self.is_isolated;
        options.slots = Some(4);
        let ended: Rc<RefCell<Ended>> = Rc::default();
        let noted = Rc::clone(&ended);
        let listener = move |event: &Event| {
            if let Event::Ended(it) = event {
                let twice = noted.borrow_mut().insert(it.node.clone(), it.outcome.clone());
                assert!(twice.is_none(), "{} has ended twice", it.node);
            }
        };
        let report = match self.folder().join("journal.jsonl").exists() {
            true => resume(&options, listener, std::future::pending()),
            false => run(&workflow, &options, listener, std::future::pending()),
        };
        let report = report.unwrap_or_else(|refusal| panic!("{refusal}\n{}", self.manifest));
        (report.phase.expect("the end"), ended.take())
    }
}

fn is_as_expected(trial: &Trial, got: &(Phase, Ended), expected: &Run<'_>) -> Result<(), TestCaseError> {
    let (manifest, nodes) = (&trial.manifest, &expected.nodes);
    prop_assert_eq!(got.0, expected.phase, "the workflow\n{}", manifest);
    for (name, expected) in nodes {
        let Some(outcome) = got.1.get(name) else {
            prop_assert!(!expected.is_sure, "{name} is missing, expected {expected:?}\n{manifest}");
            continue;
        };
        prop_assert_eq!(outcome.phase, expected.phase, "{}: {:?}\n{}", name, outcome, manifest);
        let output = outcome.outputs.parameters.get("y");
        prop_assert_eq!(output, expected.output.as_ref(), "{}: {:?}\n{}", name, outcome, manifest);
    }
    let unknown: Vec<_> = got.1.keys().filter(|name| !nodes.contains_key(*name)).collect();
    prop_assert!(unknown.is_empty(), "nobody expects {unknown:?}\n{manifest}");
    Ok(())
}

/// The pods that have ended by what stands in a journal.
fn ended_before(journal: &[u8]) -> BTreeSet<String> {
    let lines = String::from_utf8_lossy(journal).into_owned();
    let whole = lines.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let mut folders = BTreeMap::new();
    let mut ended = BTreeSet::new();
    for line in whole.lines().skip(1) {
        match serde_json::from_str(line).expect("an event") {
            Event::Started(node) => {
                let node = *node;
                folders.extend(node.folder.map(|folder| (node.node, folder)));
            }
            Event::Ended(it) => {
                let folder: Option<&String> = folders.get(&it.node);
                ended.extend(folder.and_then(|folder| folder.strip_prefix("tasks/")).map(str::to_owned));
            }
            _ => {}
        }
    }
    ended
}

fn begin_of_events(path: &Path) -> (Vec<u8>, usize) {
    let journal = fs::read(path).expect("a journal");
    let first = journal.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    (journal, first)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn random_workflows_end_as_the_reference_says(numbers in prop::collection::vec(any::<u8>(), 0..200), cut in any::<Index>()) {
        let flow = generate::flow(&numbers);
        let expected = reference::run(&flow);
        let nodes = &expected.nodes;
        let programs = nodes.values().filter(|node| node.is_program).count();
        if expected.is_ambiguous || programs == 0 || programs > MOST {
            return Ok(());
        }
        let trial = Trial::new(&flow);
        let got = trial.run();
        is_as_expected(&trial, &got, &expected)?;
        let programs: BTreeSet<_> = trial.traced().into_iter().collect();
        let started = got.1.keys().filter(|name| nodes[*name].is_program).count();
        prop_assert_eq!(programs.len(), started, "{}", trial.manifest);

        let path = trial.folder().join("journal.jsonl");
        let (journal, first) = begin_of_events(&path);
        let end = first + cut.index(journal.len() - first + 1);
        fs::write(&path, &journal[..end]).expect("a journal");
        let before = ended_before(&journal[..end]);
        let got = trial.run();
        is_as_expected(&trial, &got, &expected)?;
        let again: Vec<_> = trial.traced();
        let twice: Vec<_> = again.iter().filter(|pod| before.contains(*pod)).collect();
        prop_assert!(twice.is_empty(), "cut at {end}: these had ended: {twice:?}\n{}", trial.manifest);
        let whole = begin_of_events(&path).0;
        prop_assert!(whole.ends_with(b"\n") && whole.starts_with(&journal[..first]));
    }
}

/// More of them with `KFP_CASES`.
fn cases() -> u32 {
    std::env::var("KFP_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

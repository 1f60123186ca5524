//! Pipelines as people write them, of any size.
//!
//! A size is a number of calls of components: so many tasks are in the manifest, however often a loop runs them.

use kfp::argo::Workflow;
use kfp::prelude::*;
use kfp_core::dsl::Builder;
use kfp_core::graph::Graph;
use std::cell::Cell;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[component(image = "acme/steps:1")]
fn total(values: Vec<i64>) -> i64 {
    values.iter().sum()
}

#[component(image = "acme/steps:1")]
fn flip(round: i64) -> String {
    if round % 2 == 0 { "heads".to_owned() } else { "tails".to_owned() }
}

thread_local! {
    static TASKS: Cell<usize> = const { Cell::new(0) };
}

/// So often a group of that many tasks comes.
fn rounds(tasks: usize) -> usize {
    TASKS.get() / tasks
}

/// Each takes what the one before it gave.
#[pipeline]
fn chain() {
    #[host]
    let rounds = rounds(1);
    let mut last = add(1, 1);
    #[host]
    for _ in 1..rounds {
        last = add(last, 1);
    }
}

/// Many take what one gave, and one takes what they gave.
#[pipeline]
fn fan() {
    #[host]
    let width = rounds(1) - 2;
    let first = add(1, 1);
    let all: Vec<_> = (0..width).map(|_| add(first, 1).output).collect();
    total(all);
}

/// Loops over constants, each waiting for what the one before it collected.
#[pipeline]
fn loops() {
    #[host]
    let rounds = rounds(3);
    let mut last = add(1, 1).output;
    #[host]
    for _ in 0..rounds {
        let sums = for item in [1, 2, 3] {
            let sum = add(item, last);
            add(sum, 1).output
        };
        last = total(sums).output;
    }
}

/// Each branch takes what the one before it gave.
#[pipeline]
fn conditions() {
    #[host]
    let rounds = rounds(3);
    let mut last = add(1, 1).output;
    #[host]
    for _ in 0..rounds {
        let coin = flip(last);
        last = if coin == "heads" { add(last, 1).output } else { add(last, 2).output };
    }
}

/// A branch in a loop in a block with an exit handler.
#[pipeline]
fn nested() {
    #[host]
    let rounds = rounds(5);
    #[host]
    for _ in 0..rounds {
        let first = add(1, 1);
        #[on_exit(|_| flip(first))]
        {
            for item in [1, 2, 3] {
                let sum = add(item, first);
                if sum > 3 {
                    add(sum, 1);
                } else {
                    add(sum, 2);
                }
            }
        };
    }
}

/// A pipeline of any size.
pub struct Workload {
    /// What it is called.
    pub name: &'static str,
    graph: fn() -> Graph,
}

impl Workload {
    /// The graph with about that many tasks.
    pub fn graph(&self, tasks: usize) -> Graph {
        TASKS.set(tasks);
        (self.graph)()
    }

    /// The manifest of the graph.
    pub fn workflow(&self, tasks: usize) -> Workflow {
        kfp_core::compile(&self.graph(tasks)).expect("a manifest that a cluster takes").0
    }
}

/// All of them.
pub const ALL: [Workload; 5] = [
    CHAIN,
    Workload { name: "fan", graph: Builder::graph::<fan> },
    Workload { name: "loops", graph: Builder::graph::<loops> },
    Workload { name: "conditions", graph: Builder::graph::<conditions> },
    Workload { name: "nested", graph: Builder::graph::<nested> },
];

/// Each task takes what the one before it gave.
pub const CHAIN: Workload = Workload { name: "chain", graph: Builder::graph::<chain> };

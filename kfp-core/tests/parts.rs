//! DAGs that are laid out in parts mean what they meant, but for waits that are counted.

mod support;

use kfp_core::argo::emit::parts::{Limits, Waits, lay_out};
use kfp_core::argo::emit::{Emitted, emit};
use kfp_core::argo::{Workflow, references};
use kfp_core::graph::{Comparison, Graph, Operand, Shape};
use proptest::prelude::*;
use std::collections::HashSet;
use support::flatten::{Flat, flatten};
use support::wild::Dice;
use support::{Builder, compare, lit, random};

/// Lays out a graph, and holds it against the same graph without parts. Gives what it waits for in vain.
fn is_the_same(graph: &Graph, limit: usize) -> (Emitted, Waits) {
    let whole = emit(graph, Limits::NONE).unwrap().workflow;
    let emitted = emit(graph, Limits { tasks: limit, ..Limits::NONE }).unwrap();
    let parted = &emitted.workflow;
    assert_eq!(references::unresolved(parted), Vec::<String>::new(), "{}", parted.to_yaml());
    let known: HashSet<String> = whole.spec.templates.iter().map(|template| template.name.clone()).collect();
    let (before, after) = (flatten(&whole, &known), flatten(parted, &known));
    assert!(before.keys().eq(after.keys()));
    let mut waits = Waits::default();
    for (name, before) in &before {
        let after = &after[name];
        assert_eq!(before.tasks, after.tasks, "{name}\n{}", parted.to_yaml());
        assert_eq!(before.outputs, after.outputs, "{name}");
        assert_eq!(before.longest, after.longest, "the longest chain of {name}\n{}", parted.to_yaml());
        let added = added(before, after);
        waits.tasks += added.tasks;
        waits.pairs += added.pairs;
    }
    let counted = emitted.splits.iter().map(|(_, split)| split.waits.unwrap());
    let counted =
        counted.fold(Waits::default(), |sum, one| Waits { tasks: sum.tasks + one.tasks, pairs: sum.pairs + one.pairs });
    assert_eq!(counted, waits, "{}", parted.to_yaml());
    let split: HashSet<&String> = emitted.splits.iter().map(|(_, split)| &split.template).collect();
    for template in parted.spec.templates.iter().filter(|one| split.contains(&one.name) || !known.contains(&one.name)) {
        let tasks = template.dag.as_ref().map_or(0, |dag| dag.tasks.len());
        assert!(tasks <= limit, "{tasks} tasks in {}", template.name);
    }
    (emitted, waits)
}

fn added(before: &Flat, after: &Flat) -> Waits {
    let mut waits = Waits::default();
    for (task, before) in &before.waits {
        let after = &after.waits[task];
        assert!(before.is_subset(after), "{task} does not wait any more");
        let pairs = after.len() - before.len();
        waits.pairs += pairs;
        waits.tasks += usize::from(pairs > 0);
    }
    waits
}

/// A DAG by what each task waits for: each takes the outputs of those.
fn dag(waits: &[Vec<usize>]) -> Graph {
    let (mut b, body) = Builder::main(&[]);
    let op = b.op(
        "work",
        &[("values", Shape::Json), ("file", Shape::Artifact("Model"))],
        &[("output", Shape::Text), ("file", Shape::Artifact("Model"))],
    );
    let mut nodes = Vec::new();
    for waits in waits {
        let values: Vec<(Operand, Shape)> =
            waits.iter().map(|other| (b.output(nodes[*other], 0), Shape::Text)).collect();
        let file = waits.first().map_or(lit("none"), |other| b.output(nodes[*other], 1));
        nodes.push(b.task(body, op, &[Operand::List(values), file]));
    }
    b.graph
}

fn chain(count: usize) -> Vec<Vec<usize>> {
    (0..count).map(|task| task.checked_sub(1).into_iter().collect()).collect()
}

/// One task, so many chains of that length after it, and one that waits for all of them.
fn fan(chains: usize, length: usize) -> Vec<Vec<usize>> {
    let mut waits = vec![vec![]];
    for _ in 0..chains {
        for at in 0..length {
            waits.push(vec![if at == 0 { 0 } else { waits.len() - 1 }]);
        }
    }
    waits.push((1..=chains).map(|chain| chain * length).collect());
    waits
}

#[test]
fn what_has_free_cuts_waits_for_nothing_more() {
    let stages: Vec<Vec<usize>> = (0..1200)
        .map(|task: usize| match task / 60 {
            0 => vec![],
            stage => ((stage - 1) * 60..stage * 60).collect(),
        })
        .collect();
    let unconnected: Vec<Vec<usize>> =
        (0..1000).map(|task| if task % 7 == 0 { vec![] } else { vec![task - 1] }).collect();
    for (name, waits, parts) in [
        ("a chain", chain(1000), 5),
        ("a chain a little too long", chain(201), 1),
        ("one task", vec![vec![]; 1], 0),
        ("a fan", fan(1000, 1), 5),
        ("short chains", fan(300, 4), 6),
        ("long chains", fan(6, 500), 18),
        ("tasks alone", vec![vec![]; 700], 4),
        ("chains alone", unconnected, 6),
        ("stages", stages, 7),
    ] {
        let (emitted, waits) = is_the_same(&dag(&waits), 200);
        assert_eq!(waits, Waits::default(), "{name}");
        let made: usize = emitted.splits.iter().map(|(_, split)| split.parts).sum();
        assert!(made <= parts, "{made} parts for {name}");
        assert!(emitted.splits.iter().all(|(_, split)| split.depth == 1), "{name}");
    }
}

/// What has no free cut waits for more, but for little more, and not in more parts than it needs twice.
#[test]
fn what_has_none_waits_for_little_more() {
    // A chain, and beside each of its tasks one that follows it.
    let side: Vec<Vec<usize>> = (0..2000)
        .map(|task: usize| match task {
            0 => vec![],
            task if task % 2 == 1 => vec![task - 1],
            task => vec![task - 2],
        })
        .collect();
    // A field in which each task waits for its neighbours above and to the left.
    let field: Vec<Vec<usize>> = (0..2500)
        .map(|task: usize| {
            let left = (!task.is_multiple_of(50)).then(|| task - 1);
            left.into_iter().chain(task.checked_sub(50)).collect()
        })
        .collect();
    for (name, waits, most) in [("a chain with sides", side, 50), ("a field", field, 50)] {
        let count = waits.len();
        let (emitted, added) = is_the_same(&dag(&waits), 200);
        let possible = count * (count - 1) / 2;
        assert!(added.pairs * 100 < possible * most, "{name}: {added:?} of {possible}");
        assert!(
            emitted.splits.iter().all(|(_, split)| split.parts <= 2 * count / 200 + 4),
            "{name}: {:?}",
            emitted.splits
        );
    }
}

/// Where a file lies may be said by a task in another part.
#[test]
fn a_location_comes_in_like_any_other_value() {
    let task = |at: usize| {
        let edge = if at == 0 { String::new() } else { format!(", dependencies: [t-{}]", at - 1) };
        let stored = match at {
            299 => ", arguments: {artifacts: [{name: file, s3: {key: \"{{tasks.t-0.outputs.parameters.key}}\"}}]}",
            _ => "",
        };
        format!("      - {{name: t-{at}, template: t{edge}{stored}}}\n")
    };
    let text = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  entrypoint: main\n  templates:\n  - name: main\n    \
         dag:\n      tasks:\n{}  - {{name: t, container: {{image: busybox}}}}\n",
        (0..300).map(task).collect::<String>()
    );
    let (divided, _) = lay_out(Workflow::from_yaml(&text).expect("a workflow"), Limits { tasks: 100, ..Limits::ARGO });
    let tasks = divided.spec.templates.iter().filter_map(|template| template.dag.as_ref()).flat_map(|dag| &dag.tasks);
    let last = tasks.into_iter().find(|task| task.name == "t-299").expect("the last task");
    let location = last.arguments.artifacts[0].s3.as_ref().expect("a location");
    assert_eq!(location["key"], "{{inputs.parameters.t-0-key}}");
}

#[test]
fn a_pipeline_may_stay_flat() {
    let mut graph = dag(&chain(300));
    graph.pipelines[0].conf.is_flat = true;
    let emitted = emit(&graph, Limits::ARGO).unwrap();
    assert_eq!(emitted.workflow, emit(&graph, Limits::NONE).unwrap().workflow);
    assert!(emitted.splits.is_empty());
}

/// Conditions over different tasks have equal templates; so have the loops in them, and what is in those.
#[test]
fn templates_that_are_equal_but_for_names_are_shared() {
    let (mut b, body) = Builder::main(&[]);
    let op = b.op("work", &[("text", Shape::Text)], &[("output", Shape::Text)]);
    for number in 0..300 {
        let task = b.task(body, op, &[lit("a")]);
        let output = b.output(task, 0);
        let (_, arms) =
            b.branch(body, &[Some(compare(&output, Comparison::Eq, &lit(&number.to_string()), Shape::Text))]);
        let (_, round, item) = b.each(arms[0], lit("[1,2]"), Shape::Integer);
        let both = b.text(&[output, item]);
        b.task(round, op, &[both]);
    }
    let emitted = emit(&b.graph, Limits::ARGO).unwrap();
    assert_eq!(references::unresolved(&emitted.workflow), Vec::<String>::new());
    let names: Vec<&str> = emitted.workflow.spec.templates.iter().map(|template| template.name.as_str()).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.starts_with("condition") || name.starts_with("for-loop")).count(), 2);
    let whole = emit(&b.graph, Limits::NONE).unwrap().workflow;
    assert_eq!(whole.spec.templates.len(), 602);
}

#[test]
fn five_thousand_tasks() {
    let mut dice = Dice::new(1);
    for (reach, most) in [(3, 30), (40, 40), (5000, 10)] {
        let waits: Vec<Vec<usize>> = (0..5000)
            .map(|task: usize| {
                let mut waits: Vec<usize> =
                    (0..=dice.below(2)).filter_map(|_| task.checked_sub(1 + dice.below(reach))).collect();
                waits.sort_unstable();
                waits.dedup();
                waits
            })
            .collect();
        let (emitted, added) = is_the_same(&dag(&waits), 200);
        let possible = 5000 * 4999 / 2;
        assert!(added.pairs * 100 < possible * most, "{reach}: {added:?} of {possible}");
        let yaml = emitted.workflow.to_yaml();
        assert_eq!(Workflow::from_yaml(&yaml).unwrap(), emitted.workflow);
    }
}

/// Conditions, loops, exit handlers, calls and values of all kinds, one in the other.
#[test]
fn five_thousand_nodes_of_all_kinds() {
    let mut dice = Dice::new(7);
    let numbers: Vec<u8> = (0..LARGE).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
    let graph = random::graph(&numbers);
    assert!(graph.nodes.len() >= 5000, "{}", graph.nodes.len());
    for limit in [200, 20] {
        let (emitted, _) = is_the_same(&graph, limit);
        assert!(!emitted.splits.is_empty());
    }
}

/// So many numbers make more than 5,000 nodes.
const LARGE: usize = 60_000;

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_graph_is_the_same(numbers in prop::collection::vec(any::<u8>(), 0..200), limit in 2_usize..8) {
        is_the_same(&random::graph(&numbers), limit);
    }

    #[test]
    fn any_dag_is_the_same(edges in prop::collection::vec((0_usize..6, 1_usize..9), 0..120), limit in 2_usize..9) {
        let waits: Vec<Vec<usize>> = edges.iter().enumerate().map(|(task, (count, step))| {
            let mut waits: Vec<usize> = (1..=*count / 2).filter_map(|back| task.checked_sub(back * step)).collect();
            waits.dedup();
            waits
        }).collect();
        is_the_same(&dag(&waits), limit);
    }
}

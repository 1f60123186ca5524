//! What is too large for a cluster.

mod support;

use kfp_core::diagnostic::{Diagnostic, Severity};
use kfp_core::graph::{BlockId, Graph, OpId, Operand, Options, Shape};
use support::{Builder, lit};

/// What is found on the finished manifest.
fn found(graph: &Graph) -> Vec<Diagnostic> {
    let (Ok((_, mut found)) | Err(mut found)) = kfp_core::compile(graph);
    found.0.retain(|one| matches!(one.code.0, 214 | 219 | 290..=299));
    found.0
}

fn first(graph: &Graph) -> (u16, Severity) {
    found(graph).first().map(|found| (found.code.0, found.severity)).unwrap()
}

fn builder() -> (Builder, BlockId, OpId) {
    let (mut b, body) = Builder::main(&[]);
    let op = b.op("say", &[("text", Shape::Text)], &[("output", Shape::Text)]);
    (b, body, op)
}

#[test]
fn more_tasks_than_argo_takes_by_default_are_divided() {
    let (mut b, body, op) = builder();
    for _ in 0..401 {
        b.task(body, op, &[lit("a")]);
    }
    assert_eq!(found(&b.graph), []);
    b.graph.pipelines[0].conf.is_flat = true;
    assert_eq!(first(&b.graph), (214, Severity::Warning));
    assert_eq!(
        found(&b.graph)[0].message,
        "`main-pipeline` of `main_pipeline` has 401 tasks in one DAG, and Argo 4 accepts 200 unless it is set up otherwise"
    );
}

#[test]
fn a_division_that_makes_tasks_wait_says_so() {
    let (mut b, body, op) = builder();
    let mut last = b.task(body, op, &[lit("a")]);
    for _ in 0..200 {
        let (next, side) = (b.task(body, op, &[lit("a")]), b.task(body, op, &[lit("a")]));
        b.graph[next].after.push(last);
        b.graph[side].after.push(last);
        last = next;
    }
    assert_eq!(first(&b.graph), (219, Severity::Warning));
    let message = &found(&b.graph)[0].message;
    assert!(
        message.starts_with("`main_pipeline` has 401 tasks in one block, and Argo 4 accepts 200; laid out in"),
        "{message}"
    );
}

#[test]
fn more_templates_than_argo_takes_are_refused_with_what_has_most() {
    let (mut b, body, op) = builder();
    for number in 0..251 {
        let node = b.task(body, op, &[lit("a")]);
        let labels = vec![("number".into(), number.to_string().into())];
        b.options(node, Options { labels, ..Options::default() });
    }
    assert_eq!(first(&b.graph), (290, Severity::Error));
    assert_eq!(
        found(&b.graph)[0].message,
        "`main_pipeline` has 253 different templates, and Argo 4 accepts 200 unless it is set up otherwise; most are of \
         `say` (251), `main-pipeline` (1), `main-pipeline-part` (1)"
    );
    b.graph.pipelines[0].conf.is_flat = true;
    assert!(found(&b.graph).iter().all(|found| found.severity == Severity::Warning));
}

#[test]
fn a_manifest_that_is_too_large_is_refused() {
    let (mut b, body, op) = builder();
    b.task(body, op, &[lit(&"x".repeat(1_300_000))]);
    assert_eq!(first(&b.graph), (292, Severity::Warning));
    b.task(body, op, &[lit(&"y".repeat(300_000))]);
    assert_eq!(first(&b.graph), (291, Severity::Error));
    let message = &found(&b.graph)[0].message;
    assert!(
        message
            .contains("bytes as JSON, and the API server takes 1572864; the largest templates are `main-pipeline` (16"),
        "{message}"
    );
}

#[test]
fn a_part_that_takes_too_much_is_refused() {
    let (mut b, body) = Builder::main(&[]);
    let op = b.op("work", &[("values", Shape::Json)], &[("output", Shape::Text)]);
    let first: Vec<_> = (0..520).map(|_| b.task(body, op, &[lit("[]")])).collect();
    let values: Vec<_> = first.iter().map(|node| (b.output(*node, 0), Shape::Text)).collect();
    for _ in 0..150 {
        b.task(body, op, &[Operand::List(values.clone())]);
    }
    let found = found(&b.graph);
    assert!(found.iter().any(|found| found.code.0 == 293 && found.severity == Severity::Error), "{found:?}");
}

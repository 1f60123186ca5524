//! Metrics: names that Prometheus takes, and what Argo measures of whom.

use super::nodes;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, Measure, Metric, MetricKind, MetricText, NodeKind, OutputKind};
use kfp_grammar::Code;
use std::collections::HashSet;

/// A metric that Argo or Prometheus does not take.
const METRIC: Code = Code(285);

/// Looks at the run, at tasks and at their operations.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    if let Some(main) = graph.pipelines.first() {
        let place = main.conf.place("metric").unwrap_or(main.place);
        look(&main.conf.metrics, place, Measure::is_of_run, found);
    }
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let NodeKind::Task(task) = &node.kind else { continue };
        let op = &graph[task.op];
        let own = task.options.as_ref().map_or(&[][..], |options| &options.argo.metrics[..]);
        look(own, node.place, |_| true, found);
        if seen.insert(task.op) {
            look(&op.options.argo.metrics, op.place, |_| true, found);
        }
        for (metric, index) in own.iter().filter_map(|metric| Some((metric, output(metric)?))) {
            if let Some(OutputKind::Artifact { .. }) = op.outputs.get(index as usize).map(|output| &output.kind) {
                let message = format!("the metric `{}` is a file", metric.name);
                found
                    .push(Diagnostic::error(METRIC, node.place, message).help("give the number as an output by value"));
            }
        }
    }
}

fn output(metric: &Metric) -> Option<u32> {
    match metric.value {
        MetricText::Output(index) => Some(index),
        _ => None,
    }
}

fn look(metrics: &[Metric], place: Place, has: impl Fn(Measure) -> bool, found: &mut Vec<Diagnostic>) {
    let mut say = |message: String, help: &str| found.push(Diagnostic::error(METRIC, place, message).help(help));
    for metric in metrics {
        let name = &metric.name;
        if !is_name(name, true) {
            say(format!("`{name}` is no name of a metric"), "letters, digits, `_` and `:`, not beginning with a digit");
        }
        if metric.help.is_empty() {
            say(format!("the metric `{name}` does not say what it is"), "Argo wants a line for people there");
        }
        for (key, _) in metric.labels.iter().filter(|(key, _)| !is_name(key, false)) {
            say(format!("`{key}` is no label of a metric"), "letters, digits and `_`, not beginning with a digit");
        }
        if let MetricKind::Histogram(buckets) = &metric.kind
            && (buckets.is_empty() || !buckets.is_sorted_by(|a, b| a < b))
        {
            say(
                format!("the buckets of `{name}` do not rise"),
                "write their upper bounds, the least first: `[1.0, 10.0]`",
            );
        }
        let is_own = matches!(metric.value, MetricText::Measure(Measure::Duration));
        if matches!(metric.kind, MetricKind::Gauge { realtime: true }) && !is_own {
            say(
                format!("`{name}` is told while the task runs, and only its duration is known by then"),
                "write `Measure::Duration` as its value, or leave `.realtime()` out",
            );
        }
        let texts = metric.labels.iter().map(|(_, text)| text).chain([&metric.value]);
        for text in texts {
            if let MetricText::Measure(measure) = text
                && !has(*measure)
            {
                let message = format!("a run has no `{}`, only its tasks have", measure.variable());
                say(message, "add the metric to a task");
            }
        }
    }
}

fn is_name(name: &str, colon: bool) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || (colon && byte == b':');
    name.bytes().next().is_some_and(letter) && name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit())
}

//! Whole numbers that are constants, and their ranges.

use super::{RANGE, constant, containers, items, nodes};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::kubernetes::Fields;
use crate::graph::{Graph, NodeKind, Options};
use serde_json::Value;
use std::collections::HashSet;
use std::ops::RangeInclusive;

const ANY: RangeInclusive<i64> = 0..=i64::MAX;
const PORT: RangeInclusive<i64> = 1..=65535;
/// Numbers of a probe: what a message calls it, its field in Kubernetes' API, the least.
const PROBE: &[(&str, &str, i64)] = &[
    ("the initial delay of a probe", "initialDelaySeconds", 0),
    ("the period of a probe", "periodSeconds", 1),
    ("the timeout of a probe", "timeoutSeconds", 1),
    ("the success threshold of a probe", "successThreshold", 1),
    ("the failure threshold of a probe", "failureThreshold", 1),
];

/// Looks at what tasks and operations count.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (_, node) in nodes(graph) {
        let task = match &node.kind {
            NodeKind::Task(task) => task,
            NodeKind::Guard(guard) => {
                Counter { place: node.place, found }.retry(guard.retry.as_ref());
                continue;
            }
            _ => continue,
        };
        let op = &graph[task.op];
        if let Some(options) = &task.options {
            Counter { place: node.place, found }.options(options);
        }
        if seen.insert(task.op) {
            Counter { place: op.place, found }.options(&op.options);
        }
    }
}

struct Counter<'f> {
    place: Place,
    found: &'f mut Vec<Diagnostic>,
}

impl Counter<'_> {
    fn options(&mut self, options: &Options) {
        self.within("the timeout", options.timeout.as_ref().unwrap_or(&Value::Null), ANY);
        self.retry(options.retry.as_ref());
        for (_, container) in containers(options) {
            self.container(container);
        }
        let preferred = "/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution";
        let preferred = options.affinity.as_ref().and_then(|affinity| affinity.pointer(preferred));
        for preference in preferred.and_then(Value::as_array).into_iter().flatten() {
            self.within("the weight of a preferred node", &preference["weight"], 1..=100);
        }
    }

    fn retry(&mut self, retry: Option<&Value>) {
        let retry = retry.unwrap_or(&Value::Null);
        self.within("the number of retries", &retry["limit"], ANY);
        self.within("the factor of the backoff", &retry["backoff"]["factor"], 1..=i64::MAX);
    }

    fn container(&mut self, container: &Fields) {
        for port in items(container, "ports") {
            self.within("a port", &port["containerPort"], PORT);
            self.within("a port of the node", &port["hostPort"], PORT);
        }
        for probe in ["livenessProbe", "readinessProbe"] {
            let Some(probe) = container.get(probe) else { continue };
            for (what, field, least) in PROBE {
                self.within(what, &probe[*field], *least..=i64::MAX);
            }
        }
        let context = container.get("securityContext").unwrap_or(&Value::Null);
        self.within("a user", &context["runAsUser"], ANY);
        self.within("a group", &context["runAsGroup"], ANY);
    }

    fn within(&mut self, what: &str, value: &Value, range: RangeInclusive<i64>) {
        let number = value.as_i64().or_else(|| constant(value)?.parse().ok());
        let Some(number) = number.filter(|number| !range.contains(number)) else { return };
        let help = match *range.end() {
            i64::MAX => format!("write {} or more", range.start()),
            end => format!("write {} to {end}", range.start()),
        };
        self.found.push(Diagnostic::error(RANGE, self.place, format!("{what} cannot be {number}")).help(help));
    }
}

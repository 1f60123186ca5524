//! Metrics of tasks and of the run.

use super::Emitter;
use super::resolve::output_name;
use super::text::{Reference, Text};
use crate::diagnostic::Place;
use crate::graph::{Measure, Metric, MetricKind, MetricText, Op};
use kfp_grammar::substitution::Use;
use serde_json::{Value, json};

impl Emitter<'_> {
    /// Those of a task that runs this operation.
    pub(super) fn metrics(&mut self, op: &Op, metrics: &[Metric]) -> Option<Value> {
        self.told(metrics, Some(op), op.place)
    }

    /// Those of the run.
    pub(super) fn metrics_of_run(&mut self, metrics: &[Metric]) -> Option<Value> {
        let place = self.place;
        self.told(metrics, None, place)
    }

    fn told(&mut self, metrics: &[Metric], op: Option<&Op>, place: Place) -> Option<Value> {
        let told: Vec<Value> = metrics.iter().map(|metric| self.metric(metric, op, place)).collect();
        (!told.is_empty()).then(|| json!({ "prometheus": told }))
    }

    fn metric(&mut self, metric: &Metric, op: Option<&Op>, place: Place) -> Value {
        let value = self.metric_text(&metric.value, op, place);
        let mut told = json!({ "name": metric.name, "help": metric.help });
        for (key, text) in &metric.labels {
            let label = json!({ "key": key, "value": self.metric_text(text, op, place) });
            match &mut told["labels"] {
                Value::Array(labels) => labels.push(label),
                none => *none = json!([label]),
            }
        }
        if let Some(end) = metric.when {
            told["when"] = format!("{} == {end}", measure(Measure::Status, op.is_none())).into();
        }
        match &metric.kind {
            MetricKind::Counter => told["counter"] = json!({ "value": value }),
            MetricKind::Gauge { realtime } => told["gauge"] = json!({ "realtime": realtime, "value": value }),
            MetricKind::Histogram(buckets) => told["histogram"] = json!({ "buckets": buckets, "value": value }),
        }
        told
    }

    fn metric_text(&mut self, text: &MetricText, op: Option<&Op>, place: Place) -> String {
        match text {
            MetricText::Text(text) => self.op_text(text, place),
            MetricText::Measure(it) => measure(*it, op.is_none()),
            MetricText::Output(index) => {
                let output = op.and_then(|op| op.outputs.get(*index as usize)).map(output_name).unwrap_or_default();
                let text = Text::Reference(Reference::new(["outputs", "parameters", &output]));
                self.field(&text, Use::Template, place)
            }
        }
    }
}

fn measure(measure: Measure, of_run: bool) -> String {
    let scope = if of_run { "workflow." } else { "" };
    format!("{{{{{scope}{}}}}}", measure.variable())
}

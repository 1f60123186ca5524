//! `Metric`: numbers that Argo's controller tells Prometheus.

use super::text::BoundText;
use super::{Editor, Fixed, IntoText, PipelineConf};
use crate::graph::{self, Measure, MetricKind, MetricText, OpText, Operand, Source};
use std::marker::PhantomData;

/// A number that Argo's controller tells Prometheus when a task or a run has ended. Argo's `metrics.prometheus`.
///
/// Its value and its labels are constants, values of the pipeline, outputs of the task itself, or what Argo
/// [measures](Measure). [`add_metric`](super::ArgoOptions::add_metric) adds it to a task,
/// [`PipelineConf::add_metric`] to a run.
#[derive(Clone, Debug)]
pub struct Metric<'s> {
    name: String,
    help: String,
    labels: Vec<(String, Part)>,
    when: Option<&'static str>,
    kind: MetricKind,
    value: Part,
    scope: PhantomData<&'s ()>,
}

/// A text before it is bound to a task.
#[derive(Clone, Debug)]
pub enum Part {
    /// Text, or a value.
    Bound(BoundText),
    /// What Argo measures.
    Measure(Measure),
}

/// What a metric takes as its value and for its labels: what any text of an operation takes, or a [`Measure`].
#[diagnostic::on_unimplemented(
    message = "[KFP323] a metric cannot tell a `{Self}`",
    label = "needs a number, text, a parameter or task output that travels by value, or a `Measure`"
)]
pub trait IntoMetric<'s> {
    /// The text.
    #[doc(hidden)]
    fn into_metric(self) -> Part;
}

#[diagnostic::do_not_recommend]
impl<'s, T: IntoText<'s>> IntoMetric<'s> for T {
    fn into_metric(self) -> Part {
        Part::Bound(self.into_text())
    }
}

#[diagnostic::do_not_recommend]
impl IntoMetric<'_> for Measure {
    fn into_metric(self) -> Part {
        Part::Measure(self)
    }
}

impl<'s> Metric<'s> {
    fn new(name: impl Fixed<String>, help: impl Fixed<String>, kind: MetricKind, value: Part) -> Self {
        let (name, help) = (name.fixed(), help.fixed());
        Self { name, help, labels: Vec::new(), when: None, kind, value, scope: PhantomData }
    }

    /// Adds up: by 1 each time, or by [`value`](Self::value). `help` says to people what it is. Argo's `counter`.
    pub fn counter(name: impl Fixed<String>, help: impl Fixed<String>) -> Self {
        Self::new(name, help, MetricKind::Counter, "1".into_metric())
    }

    /// Shows the last number. Argo's `gauge`.
    pub fn gauge(name: impl Fixed<String>, help: impl Fixed<String>, value: impl IntoMetric<'s>) -> Self {
        Self::new(name, help, MetricKind::Gauge { realtime: false }, value.into_metric())
    }

    /// Counts numbers into buckets, of which these are the upper bounds. Argo's `histogram`.
    pub fn histogram(
        name: impl Fixed<String>,
        help: impl Fixed<String>,
        buckets: impl IntoIterator<Item = f64>,
        value: impl IntoMetric<'s>,
    ) -> Self {
        Self::new(name, help, MetricKind::Histogram(buckets.into_iter().collect()), value.into_metric())
    }

    /// Another number.
    pub fn value(self, value: impl IntoMetric<'s>) -> Self {
        Self { value: value.into_metric(), ..self }
    }

    /// Adds a label, by which Prometheus tells series of one name apart: few texts, not a new one a run.
    pub fn label(mut self, key: impl Fixed<String>, value: impl IntoMetric<'s>) -> Self {
        self.labels.push((key.fixed(), value.into_metric()));
        self
    }

    /// Only if it succeeded. Argo's `when`.
    pub fn when_succeeded(self) -> Self {
        Self { when: Some("Succeeded"), ..self }
    }

    /// Only if it failed. Argo's `when`.
    pub fn when_failed(self) -> Self {
        Self { when: Some("Failed"), ..self }
    }

    /// Only if it could not be run. Argo's `when`.
    pub fn when_error(self) -> Self {
        Self { when: Some("Error"), ..self }
    }

    /// Told while the task still runs, for a gauge of [`Measure::Duration`]. Argo's `realtime`.
    pub fn realtime(self) -> Self {
        let kind = match self.kind {
            MetricKind::Gauge { .. } => MetricKind::Gauge { realtime: true },
            other => other,
        };
        Self { kind, ..self }
    }

    pub(super) fn bound(self, mut text: impl FnMut(Part) -> MetricText) -> graph::Metric {
        let Self { name, help, labels, when, kind, value, .. } = self;
        let value = text(value);
        let labels = labels.into_iter().map(|(key, part)| (key, text(part))).collect();
        graph::Metric { name, help, labels, when, kind, value }
    }
}

impl Editor<'_> {
    /// A text of a metric: an output of the task itself stays one.
    pub(super) fn metric(&mut self, part: Part) -> MetricText {
        match part {
            Part::Measure(measure) => MetricText::Measure(measure),
            Part::Bound(Err((Operand::Value(value), _)))
                if let Some((own, values)) = self.own
                    && let Source::Output { node, index } = values[value.0 as usize].source
                    && node == own =>
            {
                MetricText::Output(index)
            }
            Part::Bound(text) => MetricText::Text(self.text(text)),
        }
    }
}

impl PipelineConf {
    /// Tells Prometheus a number when the run has ended. Argo's `metrics` of a workflow.
    ///
    /// ```
    /// use kfp_core::dsl::{Measure, Metric, PipelineConf};
    ///
    /// let conf = PipelineConf::new().add_metric(
    ///     Metric::histogram("nightly_seconds", "how long the nightly run takes", [60.0, 600.0, 3600.0], Measure::Duration)
    ///         .label("status", Measure::Status),
    /// );
    /// # let _ = conf;
    /// ```
    #[track_caller]
    pub fn add_metric(self, metric: Metric<'static>) -> Self {
        let metric = metric.bound(|part| match part {
            Part::Measure(measure) => MetricText::Measure(measure),
            // Outside of a pipeline there are no values of one.
            Part::Bound(text) => MetricText::Text(text.unwrap_or_else(|_| OpText::default())),
        });
        self.with("metric", |conf| conf.metrics.push(metric))
    }
}

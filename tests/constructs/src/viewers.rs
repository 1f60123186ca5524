//! What the KFP UI shows beside a task.

#[cfg(test)]
use crate::snapshot::check;
use kfp::artifact::{Metric, Viewer};
use kfp::prelude::*;

#[component(image = "steps:1", max_cache_staleness = "P1D")]
fn evaluate(
    mlpipeline_ui_metadata: Output<UiMetadata>,
    mlpipeline_metrics: Output<Metrics>,
) -> Result<(), std::io::Error> {
    mlpipeline_metrics.write_metrics([Metric::percentage("accuracy", 0.9)])?;
    mlpipeline_ui_metadata.write_viewers([
        Viewer::confusion_matrix(["cat", "dog"], &[vec![3, 1], vec![0, 2]]),
        Viewer::markdown("# Done"),
    ])
}

#[pipeline]
fn viewers() {
    evaluate();
}

#[test]
fn viewers_and_metrics() {
    check("viewers", &["evaluate, with the two artifacts under the names that KFP reads"], viewers::workflow());
    let (shown, metrics) = (Output::temp().unwrap(), Output::temp().unwrap());
    evaluate(shown.clone(), metrics).unwrap();
    assert!(shown.read_to_string().unwrap().starts_with(r#"{"outputs":[{"type":"confusion_matrix""#));
}

//! The manifests that a workflow can be put into.

use crate::argo::{
    ClusterWorkflowTemplate, CronSpec, CronWorkflow, Manifest, ObjectMeta, Spec, Workflow, WorkflowMetadata,
    WorkflowTemplate,
};
use crate::graph::{Cron, ManifestKind};
use kfp_grammar::cron;
use serde_json::json;

/// The workflow as a manifest of this kind. All but a workflow have a name, and give theirs labels and annotations to the
/// workflows that they start.
pub(crate) fn manifest(workflow: Workflow, kind: ManifestKind, cron: Option<&Cron>) -> Manifest {
    if kind == ManifestKind::Workflow {
        return Manifest::Workflow(Box::new(workflow));
    }
    let Workflow { metadata, spec, .. } = workflow;
    let name = metadata.generate_name.as_deref().map(|name| name.trim_end_matches('-').to_owned());
    let metadata = ObjectMeta { name, generate_name: None, ..metadata };
    match kind {
        ManifestKind::WorkflowTemplate => {
            let spec = with_metadata(spec, &metadata);
            Manifest::WorkflowTemplate(Box::new(WorkflowTemplate { metadata, spec, ..WorkflowTemplate::default() }))
        }
        ManifestKind::ClusterWorkflowTemplate => {
            let spec = with_metadata(spec, &metadata);
            let template = ClusterWorkflowTemplate { metadata, spec, ..ClusterWorkflowTemplate::default() };
            Manifest::ClusterWorkflowTemplate(Box::new(template))
        }
        ManifestKind::Workflow | ManifestKind::CronWorkflow => {
            let spec = cron_spec(spec, &metadata, &cron.cloned().unwrap_or_default());
            Manifest::CronWorkflow(Box::new(CronWorkflow { metadata, spec, ..CronWorkflow::default() }))
        }
    }
}

fn with_metadata(spec: Spec, metadata: &ObjectMeta) -> Spec {
    let (labels, annotations) = (metadata.labels.clone(), metadata.annotations.clone());
    let given = WorkflowMetadata { labels, annotations, ..WorkflowMetadata::default() };
    Spec { workflow_metadata: (given != WorkflowMetadata::default()).then_some(given), ..spec }
}

fn cron_spec(workflow_spec: Spec, metadata: &ObjectMeta, cron: &Cron) -> CronSpec {
    let (labels, annotations) = (metadata.labels.clone(), metadata.annotations.clone());
    let given = ObjectMeta { labels, annotations, ..ObjectMeta::default() };
    CronSpec {
        schedules: cron.schedules.iter().map(|schedule| cron::in_numbers(schedule)).collect(),
        timezone: cron.timezone.clone(),
        suspend: cron.suspend,
        concurrency_policy: cron.concurrency_policy.clone(),
        starting_deadline_seconds: cron.starting_deadline_seconds.map(i64::from),
        successful_jobs_history_limit: cron.successful_jobs_history_limit.map(i64::from),
        failed_jobs_history_limit: cron.failed_jobs_history_limit.map(i64::from),
        when: cron.when.clone(),
        stop_strategy: cron.stop.as_ref().map(|expression| json!({ "expression": expression })),
        workflow_metadata: (given != ObjectMeta::default()).then_some(given),
        workflow_spec,
        ..CronSpec::default()
    }
}

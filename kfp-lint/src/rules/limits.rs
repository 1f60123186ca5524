//! What the definitions of Argo 4 and the API server take.

use super::when::each_task;
use crate::codes::{CRD_LIMIT, SIZE};
use crate::document::Document;
use crate::path::Path;
use crate::report::Report;
use kfp_core::argo::{Template, to_json};

/// Tasks of a DAG, and templates of a manifest.
const MANY: usize = 200;
/// Input parameters of a template.
const INPUTS: usize = 500;
/// Bytes of JSON from which on Argo compresses, and has to find room for, what it adds.
const CLOSE: usize = 1 << 20;
/// Bytes of JSON that etcd takes by default.
const ETCD: usize = 3 << 19;

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    let Some((spec, path)) = document.spec() else { return };
    let templates = path.field("templates");
    if spec.templates.len() > MANY {
        let message = format!("{} templates; Argo 4 takes {MANY} in a manifest", spec.templates.len());
        report.error(
            CRD_LIMIT,
            &templates,
            message,
            "move some into a WorkflowTemplate and refer to them by `templateRef`",
        );
    }
    for (template, path) in document.templates() {
        of_template(template, &path, report);
        each_task(template, &path, &mut |task, path| {
            if let Some(inline) = &task.inline {
                of_template(inline, &path.field("inline"), report);
            }
        });
    }
    let size = to_json(&document.manifest).len();
    let root = Path::default();
    if size > ETCD {
        let message = format!("{size} bytes of JSON; a cluster takes about {ETCD} (1.5 MiB)");
        report.error(SIZE, &root, message, "`kfp size` shows where they are");
    } else if size > CLOSE {
        let message = format!("{size} bytes of JSON; with what Argo adds while it runs, the limit of 1.5 MiB is close");
        report.warning(SIZE, &root, message, "`kfp size` shows where they are");
    }
}

fn of_template(template: &Template, path: &Path, report: &mut Report<'_>) {
    let tasks = template.dag.as_ref().map_or(0, |dag| dag.tasks.len());
    if tasks > MANY {
        let message = format!("{tasks} tasks in one DAG; Argo 4 takes {MANY}");
        report.error(CRD_LIMIT, &path.fields("dag.tasks"), message, "put parts of it into DAGs of their own");
    }
    let inputs = template.inputs.parameters.len();
    if inputs > INPUTS {
        let message = format!("{inputs} input parameters; Argo 4 takes {INPUTS} in a template");
        report.error(CRD_LIMIT, &path.fields("inputs.parameters"), message, "pass a list in one of them");
    }
    if template.name.len() > 128 {
        let message = format!("a name of {} characters; Argo takes 128", template.name.len());
        report.error(CRD_LIMIT, &path.field("name"), message, "shorten it");
    }
}

//! Names of fields: those that there are not, and those that Argo 4 has no more.

use crate::codes::{FIELD, GONE};
use crate::document::Document;
use crate::finding::Level;
use crate::path::Path;
use crate::report::Report;
use crate::tree::{Content, Tree};
use kfp_grammar::nearest;

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    if document.spec().is_some() {
        walk(&document.tree, &Path::default(), report);
    }
}

fn walk(tree: &Tree, path: &Path, report: &mut Report<'_>) {
    match &tree.content {
        Content::Scalar { .. } => {}
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &path.item(index), report);
            }
        }
        Content::Map(fields) => {
            let known = known(&path.names());
            for (_, name, value) in fields {
                let path = path.field(name);
                if let Some(known) = known
                    && !known.iter().flat_map(|list| list.split(' ')).any(|field| field == name)
                {
                    unknown(name, known, &path, report);
                }
                gone(&path, report);
                walk(value, &path, report);
            }
        }
    }
}

fn unknown(name: &str, known: &[&str], path: &Path, report: &mut Report<'_>) {
    let help = nearest(name, known.iter().flat_map(|list| list.split(' ')))
        .map_or_else(|| "Argo leaves out what it does not know".to_owned(), |near| format!("did you mean `{near}`?"));
    report.key(FIELD, Level::Error, path, format!("there is no field `{name}` here"), help);
}

fn gone(path: &Path, report: &mut Report<'_>) {
    let help = match path.names()[..] {
        [.., "synchronization", "mutex"] => "write a list: `mutexes: [{name: ..}]`",
        [.., "synchronization", "semaphore"] => "write a list: `semaphores: [{..}]`",
        ["spec", "schedule"] => "write a list: `schedules: [\"..\"]`",
        _ => return,
    };
    let message = "Argo 4 has this field no more, and leaves it out".to_owned();
    report.key(GONE, Level::Warning, path, message, help.to_owned());
}

/// The fields of Argo's own types, by where they stand; none where anything may stand.
fn known(names: &[&str]) -> Option<&'static [&'static str]> {
    Some(match names {
        [.., "templates", "[]"] | [.., "inline" | "templateDefaults"] => TEMPLATE,
        [.., "volumeClaimTemplates", "[]", "spec"] => return None,
        [.., "spec" | "workflowSpec"] => &[SPEC, CRON],
        [.., "dag"] => &["target tasks failFast"],
        [.., "dag", "tasks", "[]"] | [.., "steps", "[]", "[]"] => &[TASK],
        [.., "inputs"] => &["parameters artifacts"],
        [.., "outputs"] if !names.contains(&"status") => &["parameters artifacts result exitCode"],
        [.., "inputs" | "outputs" | "arguments", "parameters", "[]"] => {
            &["name default value valueFrom globalName enum description"]
        }
        [.., "parameters", "[]", "valueFrom"] => {
            &["path jsonPath jqFilter event parameter supplied configMapKeyRef default expression"]
        }
        [.., "inputs" | "outputs" | "arguments", "artifacts", "[]"] => &[ARTIFACT],
        [.., "retryStrategy"] if !names.contains(&"containerSet") => &["limit retryPolicy backoff affinity expression"],
        [.., "retryStrategy", "backoff"] => &["duration factor maxDuration cap"],
        [.., "continueOn"] => &["error failed"],
        [.., "templateRef"] => &["name template clusterScope"],
        [.., "withSequence"] => &["count start end format"],
        [.., "memoize"] => &["key cache maxAge"],
        [.., "synchronization"] => &["semaphore mutex semaphores mutexes"],
        [.., "ttlStrategy"] => &["secondsAfterCompletion secondsAfterSuccess secondsAfterFailure"],
        _ => return None,
    })
}

const SPEC: &str = "templates entrypoint arguments serviceAccountName automountServiceAccountToken executor volumes \
    volumeClaimTemplates parallelism artifactRepositoryRef suspend nodeSelector affinity tolerations imagePullSecrets \
    hostNetwork dnsPolicy dnsConfig onExit ttlStrategy activeDeadlineSeconds priority schedulerName podGC \
    podPriorityClassName podPriority hostAliases securityContext podSpecPatch podDisruptionBudget metrics shutdown \
    workflowTemplateRef synchronization volumeClaimGC retryStrategy podMetadata templateDefaults archiveLogs hooks \
    workflowMetadata artifactGC executorPlugins pendingTimeout \
    podResources resourceClaims";

const CRON: &str = "workflowSpec schedule schedules timezone suspend concurrencyPolicy startingDeadlineSeconds \
    successfulJobsHistoryLimit failedJobsHistoryLimit workflowMetadata stopStrategy when";

const TEMPLATE: &[&str] = &[
    "name inputs outputs nodeSelector affinity metadata daemon steps container containerSet script resource dag suspend",
    "data http plugin volumes initContainers sidecars archiveLocation activeDeadlineSeconds retryStrategy parallelism",
    "failFast tolerations schedulerName priorityClassName priority serviceAccountName automountServiceAccountToken",
    "executor hostAliases securityContext podSpecPatch metrics synchronization memoize timeout annotations",
    "pendingTimeout resourceClaims podResources executorPlugins",
];

const TASK: &str = "name template inline arguments templateRef dependencies depends withItems withParam withSequence when \
    continueOn onExit hooks";

const ARTIFACT: &str = "name path mode from artifactoryBytes archiveLogs s3 git http artifactory hdfs raw oss gcs azure \
    plugin globalName archive optional subPath recurseMode fromExpression artifactGC deleted";

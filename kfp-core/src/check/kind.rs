//! What a manifest of another kind than `Workflow` asks of its pipeline.

use super::{CLOCK, OLD_ARGO, UNGIVEN};
use crate::argo::emit::naming::kebab;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{ArgoVersion, Graph, InputKind, ManifestKind};

/// The longest name of a `CronWorkflow`: it adds a time to make the names of its workflows.
const LONGEST_CRON: usize = 52;

/// Looks at the main pipeline.
pub(super) fn check(graph: &Graph, kind: ManifestKind, found: &mut Vec<Diagnostic>) {
    let Some(main) = graph.pipelines.first().filter(|_| kind == ManifestKind::CronWorkflow) else { return };
    let place = |option: &str| main.conf.place(option).unwrap_or(main.place);
    let cron = main.conf.cron.as_ref();
    if cron.is_none_or(|cron| cron.schedules.is_empty()) {
        let message = format!("`{}` has no schedule, and a `CronWorkflow` runs by one", main.name);
        found.push(say(super::SCHEDULE, place("kind"), message, "write `#[pipeline(schedule = \"0 2 * * *\")]`"));
    }
    if main.conf.argo < ArgoVersion::V3_6 {
        let message =
            format!("Argo {} has no `schedules`, and a `CronWorkflow` is written with them", main.conf.argo.name());
        found.push(say(
            OLD_ARGO,
            place("argo"),
            message,
            "target 3.6: `#[pipeline(argo = \"3.6\")]`, or compile another kind",
        ));
    }
    for param in &main.params {
        if let InputKind::Parameter { default: None, .. } = param.kind {
            let message = format!("the parameter `{}` has no default, and the clock gives none", param.name);
            let help = format!("write `#[default(..)] {}`", param.name);
            found.push(say(UNGIVEN, main.place, message, &help));
        }
    }
    let name = kebab(&main.name);
    if name.len() > LONGEST_CRON {
        let message = format!("the name `{name}` has {} characters, and a `CronWorkflow` {LONGEST_CRON}", name.len());
        found.push(say(CLOCK, main.place, message, "give it a shorter one: `#[pipeline(name = \"..\")]`"));
    }
}

fn say(code: kfp_grammar::Code, place: Place, message: String, help: &str) -> Diagnostic {
    Diagnostic::error(code, place, message).help(help)
}

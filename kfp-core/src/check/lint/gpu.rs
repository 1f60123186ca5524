//! GPUs that are asked for and not given.

use super::{GPU, pods, warn};
use crate::check::constant;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Options};
use serde_json::Value;

/// Warns of pods that go to a GPU's node, or request one, without a limit: it is the limit that gives a GPU to a pod.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for pod in pods(graph) {
        let resources = pod.options.container.get("resources").unwrap_or(&Value::Null);
        let names = |kind: &str| resources[kind].as_object().into_iter().flat_map(|list| list.keys());
        let limited = |name: &str| names("limits").any(|limit| limit == name);
        let name = &pod.node.name;
        if let Some(gpu) = names("requests").find(|gpu| is_gpu(gpu) && !limited(gpu)) {
            let message = format!("`{name}` requests `{gpu}` and sets no limit, and Kubernetes refuses such a pod");
            warn(
                found,
                GPU,
                pod.node.place,
                message,
                "set the limit, which is the request as well: `.set_gpu_limit(1)`",
            );
        } else if let Some(sign) = wants_node(&pod.options)
            && !names("limits").any(|limit| is_gpu(limit))
        {
            let message = format!("`{name}` goes to a node with a GPU by `{sign}`, and takes no GPU there");
            warn(found, GPU, pod.node.place, message, "a limit gives it one: `.set_gpu_limit(1)`");
        }
    }
}

fn is_gpu(resource: &str) -> bool {
    resource.contains("gpu") || ["nvidia.com/", "amd.com/"].iter().any(|vendor| resource.starts_with(vendor))
}

/// The label or taint by which a pod goes to a node with GPUs.
fn wants_node(options: &Options) -> Option<String> {
    let labels = options.node_selector.iter().filter_map(|(label, _)| label.literal());
    let taints = options.tolerations.iter().filter_map(|toleration| constant(&toleration["key"]));
    labels.chain(taints).find(|key| key.contains("accelerator") || is_gpu(key))
}

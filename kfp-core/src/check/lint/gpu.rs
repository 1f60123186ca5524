//! GPUs that are asked for and not given.

use super::{GPU, pods, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Options};

/// Warns of pods that go to a GPU's node, or request one, without a limit: it is the limit that gives a GPU to a pod.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for pod in pods(graph) {
        let Options { requests, limits, .. } = &pod.options;
        let limited = |name: &str| limits.iter().any(|(limit, _)| limit == name);
        let name = &pod.node.name;
        if let Some((gpu, _)) = requests.iter().find(|(gpu, _)| is_gpu(gpu) && !limited(gpu)) {
            let message = format!("`{name}` requests `{gpu}` and sets no limit, and Kubernetes refuses such a pod");
            warn(
                found,
                GPU,
                pod.node.place,
                message,
                "set the limit, which is the request as well: `.set_gpu_limit(1)`",
            );
        } else if let Some(sign) = wants_node(&pod.options)
            && !limits.iter().any(|(limit, _)| is_gpu(limit))
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
fn wants_node(options: &Options) -> Option<&str> {
    let labels = options.node_selector.iter().map(|(label, _)| label.as_str());
    let taints = options.tolerations.iter().filter_map(|toleration| toleration.key.as_deref());
    labels.chain(taints).find(|key| key.contains("accelerator") || is_gpu(key))
}

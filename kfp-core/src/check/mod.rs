//! Whole-graph checks: what no single macro and no type can see.

use crate::argo::Workflow;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::Graph;

/// What is wrong with a graph: errors and warnings, those that were found while it was built first.
pub fn check(graph: &Graph) -> Vec<Diagnostic> {
    graph.diagnostics.clone()
}

/// Checks a graph and makes its manifest; with it come the warnings.
pub fn compile(graph: &Graph) -> Result<(Workflow, Diagnostics), Diagnostics> {
    let mut found = Diagnostics(check(graph));
    if found.has_errors() {
        return Err(found);
    }
    match crate::argo::workflow(graph) {
        Ok(workflow) => Ok((workflow, found)),
        Err(errors) => {
            found.0.extend(errors);
            Err(found)
        }
    }
}

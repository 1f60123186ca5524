//! Whether many manifests are met.

use crate::comparer::compare;
use crate::pipelines::Named;
use kfp::argo::Workflow;
use std::fs;
use std::path::Path;

/// A difference of one pipeline on purpose: the pipeline, how the difference begins in words, and why it is there.
pub type Deliberate = (&'static str, &'static str, &'static str);

/// What is wrong, in words: differences that are not deliberate, and deliberate ones that are gone. The manifests are
/// `FOLDER/NAME.yaml`.
pub fn problems(folder: &Path, pipelines: &[Named], deliberate: &[Deliberate]) -> Vec<String> {
    let mut expected: Vec<String> = deliberate.iter().map(|(name, begin, _)| format!("{name}: {begin}")).collect();
    let mut problems: Vec<String> = pipelines.iter().flat_map(|pipeline| differences(folder, pipeline)).collect();
    problems.retain(|problem| {
        let known = expected.iter().position(|begin| problem.starts_with(begin));
        known.inspect(|at| drop(expected.remove(*at))).is_none()
    });
    problems.extend(expected.iter().map(|begin| format!("{begin}: no longer different")));
    problems
}

fn differences(folder: &Path, (name, ours): &Named) -> Vec<String> {
    let path = folder.join(format!("{name}.yaml"));
    let said = |words: &dyn std::fmt::Display| vec![format!("{name}: {words}")];
    let theirs = match fs::read_to_string(&path).map(|text| Workflow::from_yaml(&text)) {
        Ok(Ok(theirs)) => theirs,
        Ok(Err(error)) => return said(&error),
        Err(error) => return said(&format!("{}: {error}", path.display())),
    };
    match ours().map(|ours| compare(&theirs, &ours)) {
        Ok(Ok(differences)) => differences.iter().flat_map(|difference| said(difference)).collect(),
        Ok(Err(error)) => said(&error),
        Err(error) => said(&format!("{error:?}")),
    }
}

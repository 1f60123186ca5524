//! What the Python SDK compiles, met by the same pipelines. `tests/parity/run` compiles and says where.

#![allow(clippy::print_stdout, reason = "tests say what they skip")]

use kfp::argo::Workflow;
use kfp_parity::comparer::compare;
use kfp_parity::pipelines::sdk::all;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What is different in one pipeline, how it begins, and why.
const DELIBERATE: [(&str, &str, &str); 3] = [
    ("pipeline_of_pipelines", "say-2, after: ", WHOLE),
    ("pipeline_of_pipelines", "draw-2, after: ", WHOLE),
    ("pipeline_of_pipelines", "say-3, after: ", WHOLE),
];
const WHOLE: &str = "a pipeline that is called is a task as a whole, as a `graph_component` is: what takes its output waits for all of it";

#[test]
fn pipelines_are_met() {
    let Ok(folder) = std::env::var("KFP_PARITY") else {
        println!("left to tests/parity/run: the SDK has compiled nothing");
        return;
    };
    let mut problems = Vec::new();
    let mut deliberate: Vec<_> = DELIBERATE.iter().map(|(name, what, _)| format!("{name}: {what}")).collect();
    let mut there: BTreeSet<String> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|file| file.expect("a file").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    for (name, ours) in all() {
        if !there.remove(name) {
            problems.push(format!("{name}: not there"));
            continue;
        }
        let text = fs::read_to_string(Path::new(&folder).join(format!("{name}.yaml"))).expect("a manifest");
        let theirs = Workflow::from_yaml(&text).expect("a workflow");
        match ours().map(|ours| compare(&theirs, &ours)) {
            Ok(Ok(differences)) => {
                problems.extend(differences.iter().map(|difference| format!("{name}: {difference}")));
            }
            Ok(Err(error)) => problems.push(format!("{name}: {error}")),
            Err(error) => problems.push(format!("{name}: {error:?}")),
        }
    }
    problems.retain(|problem| {
        let known = deliberate.iter().position(|begin| problem.starts_with(begin));
        known.inspect(|at| drop(deliberate.remove(*at))).is_none()
    });
    problems.extend(deliberate.iter().map(|begin| format!("{begin}no longer different")));
    problems.extend(there.iter().map(|name| format!("{name}: not here")));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    println!("{} pipelines", all().len());
}

//! How much code the macros make.

use kfp_build_tests::Project;
use std::path::Path;

const PIPELINES: &str = "use kfp::prelude::*;

#[component(image = \"acme/steps:1\")]
fn draw(low: i64, high: i64, #[default(1)] times: i64) -> i64 {
    low + high * times
}

#[pipeline]
fn toss(low: i64) -> i64 {
    draw(low, 9, _)
}
";

const ANOTHER: &str = "
#[component(image = \"acme/steps:1\")]
fn roll(low: i64, high: i64, #[default(1)] times: i64) -> i64 {
    low + high * times
}
";

/// The goal is 60 lines for a component of three inputs, and this is what there is, 14 of it of `inventory`: it may shrink,
/// and does not grow.
const MOST: usize = 74;

#[test]
fn a_component_of_three_inputs() {
    let project = Project::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "expansion");
    project.write("build.rs", "fn main() {\n    kfp::build::emit!(\"src/pipelines.rs\");\n}\n");
    project.write("src/main.rs", "mod pipelines;\n\nkfp::main!();\n");
    let lines = || project.expanded().lines().filter(|line| !line.trim().is_empty()).count();
    project.write("src/pipelines.rs", PIPELINES);
    let one = lines();
    project.write("src/pipelines.rs", &format!("{PIPELINES}{ANOTHER}"));
    let added = lines() - one;
    assert!(added <= MOST, "{added} lines");
    assert!(added + 10 > MOST, "{added} lines: set the limit to that");
}

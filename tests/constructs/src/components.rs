//! Components: what a function can take and give.

#[cfg(test)]
use crate::snapshot::check;
use kfp::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, Clone, Copy)]
enum Color {
    Red,
    Green,
}

#[derive(Serialize, Deserialize, Clone)]
struct Options {
    depth: i64,
    names: Vec<String>,
}

/// A checkpoint of a training run.
#[derive(Artifact)]
enum Checkpoint {}

/// Takes all that travels by value.
#[allow(clippy::too_many_arguments, reason = "one of each kind")]
#[component(
    name = "every-input",
    description = "All kinds of inputs.",
    image = "x:1",
    cpu = "500m",
    memory = "1.5Gi",
    retries = 2,
    cache = false
)]
fn every(
    /// The text.
    text: String,
    whole: i64,
    small: u8,
    #[default(0.5)] number: f64,
    #[default(true)] flag: bool,
    list: Vec<String>,
    map: BTreeMap<String, f64>,
    maybe: Option<String>,
    color: Color,
    options: Options,
) -> Result<BTreeMap<String, Vec<i64>>, String> {
    let _ = (text, small, number, flag, map, maybe, color);
    if options.depth < 0 {
        return Err("no depth".to_owned());
    }
    Ok(BTreeMap::from([(list.concat(), vec![whole])]))
}

/// Names that generated code might be thought to use.
#[component(image = "x:1", program = "/usr/bin/tool")]
#[allow(non_snake_case, reason = "the name is what is tested")]
fn names(csv: String, call: i64, str: f64, A: bool, r#type: String) -> String {
    let _ = (call, str, A);
    csv + &r#type
}

/// Files in and out, of a type of the user's own.
#[component(image = "x:1")]
fn files(
    from: Input<Checkpoint>,
    any: Input<Any>,
    to: Output<Checkpoint>,
    mlpipeline_metrics: Output<Metrics>,
) -> Result<i64, std::io::Error> {
    to.write(from.read()?)?;
    mlpipeline_metrics.write_metrics([])?;
    Ok(i64::try_from(any.read()?.len()).unwrap_or(0))
}

#[component(annotations = [("example.com/owner", "Ann & Bob"), ("author", "Ann")], labels = [("team", "data")])]
fn tool(path: Input<Checkpoint>, depth: i64, out: Output<Checkpoint>) -> ContainerOp {
    ContainerOp::new("tool", "tool:2")
        .command(["tool", "--in"])
        .arg(path.path())
        .args(["--depth".to_owned(), format!("={depth}=")])
        .arg(&out)
        .set_memory_limit("4Gi")
        .set_env_variable("DEPTH", &depth)
}

#[pipeline]
fn components(text: String, maybe: Option<String>, color: Color) {
    let map = BTreeMap::from([("a".to_owned(), 1.5)]);
    let options = Options { depth: 3, names: vec!["x".to_owned()] };
    every(text, 1, 2, _, false, ["a", "b"], map, maybe, color, options);
    every(
        text = "t",
        whole = -1,
        small = 0,
        list = vec!["c"],
        map = BTreeMap::new(),
        maybe = text,
        color = Color::Red,
        options = Options { depth: 0, names: vec![] },
    );
    every(
        "t",
        1,
        1,
        1.0,
        true,
        Vec::<String>::new(),
        BTreeMap::new(),
        "some",
        Color::Green,
        Options { depth: 1, names: vec![] },
    );
    names("c", 1, 2.0, true, "t");
    names(csv = "c", call = 1, str = 2.0, A = true, r#type = "t");
    let first = tool("raw text becomes an artifact", 1);
    let files = files(first, first.out);
    tool(files.to, files.output);
}

#[pipeline]
fn names_with_accents() {
    ContainerOp::new("café", "busybox:1.36").command(["echo", "café"]);
    ContainerOp::new("cafè", "busybox:1.36").command(["echo", "cafè"]);
}

#[test]
fn names_of_other_scripts_stay_apart() {
    check(
        "names",
        &["echo café, echo cafè: two templates, each with its name for the UI"],
        names_with_accents::workflow(),
    );
}

#[test]
fn every_kind_of_input_and_output() {
    check(
        "components",
        &[
            "every-input three times: with parameters, constants and defaults; maybe is the parameter, JSON of text, JSON of a constant",
            "names twice with the same arguments: inputs may be called csv, call, str, A and type",
            "tool(raw text, 1); files(tool's out, tool's out); tool-2(files' to, files' output)",
        ],
        components::workflow(),
    );
}

#[test]
fn works_inside_of_functions() {
    #[component(image = "x:1")]
    fn inner(x: i64) -> i64 {
        x + 1
    }
    #[pipeline]
    fn local() {
        inner(inner(1));
    }
    assert_eq!(inner(1), 2);
    let yaml = local::workflow().unwrap().to_yaml();
    assert!(yaml.contains("{{tasks.inner.outputs.parameters.output}}"), "{yaml}");
}

#[test]
fn imports_bring_the_function_and_the_task() {
    mod steps {
        use kfp::prelude::*;
        #[component(image = "x:1")]
        pub(super) fn plus_one(x: i64) -> i64 {
            x + 1
        }
    }
    use steps::plus_one as increment;
    #[pipeline]
    fn renamed() {
        increment(1);
        steps::plus_one(x = 2);
    }
    assert_eq!([1, 2].map(increment), [2, 3]);
    assert!(renamed::workflow().is_ok());
}

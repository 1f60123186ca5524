//! Expressions, evaluated by the library that Argo evaluates them with, in the oldest and the newest version that a
//! supported Argo has.

use crate::tool;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// An expression with the variables it sees.
pub type Question = (String, Vec<(&'static str, String)>);

/// What Go says to each, in each version; none without Go.
pub fn evaluate(questions: &[Question]) -> Option<Vec<Vec<Result<String, String>>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("go-expr");
    if !tool::found("go", &["version"]) {
        return None;
    }
    let ask = |(source, variables): &Question| {
        let variables: serde_json::Map<_, _> =
            variables.iter().map(|(name, text)| ((*name).to_owned(), Value::from(text.as_str()))).collect();
        json!({ "expression": source, "variables": variables })
    };
    let input = Value::from(questions.iter().map(ask).collect::<Vec<_>>()).to_string();
    let mut answers = Vec::new();
    for module in ["go.mod", "oldest.mod"] {
        let mut command = Command::new("go");
        command.args(["run", &format!("-modfile={module}"), "."]).current_dir(&folder);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a run of go");
        child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("an open input");
        let output = child.wait_with_output().expect("its end");
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() && said.contains("proxy") {
            tool::skipped("the Go modules cannot be fetched");
            return None;
        }
        assert!(output.status.success(), "{said}");
        let all: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list of answers");
        answers.push(all.iter().map(answer).collect());
    }
    Some(answers)
}

fn answer(answer: &Value) -> Result<String, String> {
    match answer["text"].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(answer["error"].to_string()),
    }
}

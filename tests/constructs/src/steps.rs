//! Steps that the pipelines of these tests are made of.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

use kfp::prelude::*;
use serde::{Deserialize, Serialize};

/// Adds two numbers.
#[component(image = "steps:1")]
pub(crate) fn add(a: f64, #[default(1.0)] b: f64) -> f64 {
    a + b
}

/// Flips a coin.
#[component(image = "steps:1")]
pub(crate) fn flip() -> String {
    "heads".to_owned()
}

/// Draws a whole number.
#[component(image = "steps:1")]
pub(crate) fn draw(low: i64, high: i64) -> i64 {
    low + high / 2
}

/// Prints a line.
#[component(image = "steps:1")]
pub(crate) fn print(text: String) {
    println!("{text}");
}

/// Says yes or no.
#[component(image = "steps:1")]
pub(crate) fn ask(question: String) -> bool {
    question.is_empty()
}

/// Lists numbers.
#[component(image = "steps:1")]
pub(crate) fn numbers() -> Vec<i64> {
    vec![1, 2]
}

/// Adds numbers up.
#[component(image = "steps:1")]
pub(crate) fn sum(values: Vec<f64>) -> f64 {
    println!("sum {values:?}");
    values.iter().sum()
}

/// Joins texts.
#[component(image = "steps:1")]
pub(crate) fn join(texts: Vec<String>) -> String {
    println!("join {texts:?}");
    texts.concat()
}

/// Writes a table.
#[component(image = "steps:1")]
pub(crate) fn table(rows: i64, table: Output<Dataset>) -> Result<(), std::io::Error> {
    table.write(rows.to_string())
}

/// Trains a model.
#[component(image = "steps:1")]
pub(crate) fn train(
    table: Input<Dataset>,
    #[default(0.1)] rate: f64,
    model: Output<Model>,
) -> Result<f64, std::io::Error> {
    model.write(table.read()?)?;
    Ok(rate)
}

/// Publishes a model.
#[component(image = "steps:1")]
pub(crate) fn publish(model: Input<Model>, name: String) -> Result<(), std::io::Error> {
    println!("{name}: {}", model.read_to_string()?);
    Ok(())
}

/// What a model is worth.
#[derive(Outputs, Serialize, Deserialize, Clone)]
pub(crate) struct Scores {
    pub(crate) accuracy: f64,
    pub(crate) label: String,
    pub(crate) good: bool,
}

/// Scores a model.
#[component(image = "steps:1")]
pub(crate) fn score(model: Input<Model>) -> Result<Scores, std::io::Error> {
    let accuracy = f64::from(u32::try_from(model.read()?.len()).unwrap_or(u32::MAX));
    Ok(Scores { accuracy, label: "a".to_owned(), good: true })
}

/// Echoes, in a container of somebody else's.
#[component]
pub(crate) fn echo(text: String) -> ContainerOp {
    ContainerOp::new("echo", "alpine:3.20").command(["echo"]).arg(text)
}

#[test]
fn steps_are_functions() {
    assert!((add(1.0, 2.0) - 3.0).abs() < f64::EPSILON);
    assert_eq!(flip(), "heads");
    assert_eq!(draw(1, 4), 3);
    assert!(!ask("why".to_owned()));
    assert_eq!(numbers(), [1, 2]);
    assert_eq!(join(vec!["a".to_owned(), "b".to_owned()]), "ab");
    assert!((sum(vec![1.0, 2.0]) - 3.0).abs() < f64::EPSILON);
    print(String::new());
    let (rows, model) = (Output::temp().unwrap(), Output::temp().unwrap());
    table(3, Output::placed(rows.path())).unwrap();
    assert!((train(rows.to_input(), 0.5, Output::placed(model.path())).unwrap() - 0.5).abs() < f64::EPSILON);
    assert!((score(model.to_input()).unwrap().accuracy - 1.0).abs() < f64::EPSILON);
    publish(model.to_input(), "m".to_owned()).unwrap();
    let _: ContainerOp = echo("plain values work too".to_owned());
}

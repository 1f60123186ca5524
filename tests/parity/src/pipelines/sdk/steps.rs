//! What the pipelines are made of.

use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Side {
    #[output(path = "/tmp/side")]
    pub(super) side: String,
}

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Number {
    #[output(path = "/tmp/number")]
    pub(super) number: i64,
}

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Answer {
    #[output(path = "/tmp/answer")]
    pub(super) answer: String,
}

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Words {
    #[output(path = "/tmp/list")]
    pub(super) list: Vec<String>,
}

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Setting {
    pub(super) label: String,
    pub(super) low: i64,
    pub(super) high: i64,
}

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Settings {
    #[output(path = "/tmp/list")]
    pub(super) list: Vec<Setting>,
}

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Accuracy {
    pub(super) accuracy: f64,
}

#[component]
pub(super) fn flip() -> ContainerOp<Side> {
    ContainerOp::new("flip", "coin:1").command(["flip"]).file_outputs::<Side>()
}

#[component]
pub(super) fn draw(low: i64, high: i64) -> ContainerOp<Number> {
    ContainerOp::new("draw", "coin:1").command(["draw"]).arg(low).arg(high).file_outputs::<Number>()
}

#[component]
pub(super) fn ask(question: String) -> ContainerOp<Answer> {
    ContainerOp::new("ask", "coin:1").command(["ask"]).arg(question).file_outputs::<Answer>()
}

#[component]
pub(super) fn words() -> ContainerOp<Words> {
    ContainerOp::new("words", "list:1").command(["words"]).file_outputs::<Words>()
}

#[component]
pub(super) fn settings() -> ContainerOp<Settings> {
    ContainerOp::new("settings", "list:1").command(["settings"]).file_outputs::<Settings>()
}

#[component]
pub(super) fn say(text: String) -> ContainerOp {
    ContainerOp::new("say", "say:1").command(["say"]).arg(text)
}

#[component]
pub(super) fn table(rows: i64, table: Output<Dataset>) -> ContainerOp {
    ContainerOp::new("table", "table:1")
        .command(["table".to_owned(), "--to".to_owned(), table.path().display().to_string()])
        .arg("--rows")
        .arg(rows)
}

#[component]
pub(super) fn fit(data: Input<Dataset>, rate: f64, model: Output<Model>) -> ContainerOp<Accuracy> {
    ContainerOp::new("fit", "fit:1")
        .command(["fit".to_owned(), data.path().display().to_string()])
        .arg("--rate")
        .arg(rate)
        .arg("--model")
        .arg(&model)
        .file_outputs::<Accuracy>()
}

#[component]
pub(super) fn show(data: Input<Any>) -> ContainerOp {
    ContainerOp::new("show", "show:1").command(["show".to_owned(), data.path().display().to_string()])
}

//! The most frequent word of a text.

use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
pub(super) struct Word {
    #[output(path = "/tmp/message.txt")]
    word: String,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Downloaded {
    #[output(path = "/tmp/results.txt")]
    downloaded: String,
}

#[component]
pub(super) fn get_frequent(message: String) -> ContainerOp<Word> {
    let program = format!(
        "python -c \"from collections import Counter; words = Counter('{message}'.split()); print(max(words, key=words.get))\" | tee /tmp/message.txt"
    );
    ContainerOp::new("get-frequent", "python:3.5-jessie").command(["sh", "-c"]).arg(program).file_outputs::<Word>()
}

fn saved(word: &Arg<String>, output_path: &Arg<String>) -> ContainerOp {
    ContainerOp::new("save", "google/cloud-sdk")
        .command(["sh", "-c"])
        .arg(format!("echo {word} | tee /tmp/results.txt | gsutil cp /tmp/results.txt {output_path}"))
}

#[component]
fn save(word: String, output_path: String) -> ContainerOp {
    saved(&word, &output_path)
}

#[component]
fn save_on_tpu(word: String, output_path: String) -> ContainerOp {
    saved(&word, &output_path)
        .set_cpu_limit("0.5")
        .set_gpu_limit(2)
        .add_node_selector_constraint("cloud.google.com/gke-accelerator", "nvidia-tesla-k80")
        .add_resource_limit("cloud-tpus.google.com/v2", "8")
        .add_pod_annotation("tf-version.cloud-tpus.google.com", "1.12")
}

#[component]
fn exit(message: String) -> ContainerOp {
    ContainerOp::new("exiting", "python:3.5-jessie").command(["sh", "-c"]).arg(format!("echo {message}"))
}

#[component]
fn download(url: String) -> ContainerOp<Downloaded> {
    ContainerOp::new("download", "google/cloud-sdk")
        .command(["sh", "-c"])
        .arg(format!("gsutil cat {url} | tee /tmp/results.txt"))
        .file_outputs::<Downloaded>()
}

#[component]
pub(super) fn echo(text: String) -> ContainerOp {
    ContainerOp::new("echo", "library/bash").command(["sh", "-c"]).arg(format!("echo {text}"))
}

#[pipeline(name = "Save Most Frequent", description = "Get Most Frequent Word and Save to GCS", on_exit = |_| exit("exit!"))]
pub(super) fn basic(message: String, outputpath: String) {
    let counter = get_frequent(message).set_memory_request("200M");
    save_on_tpu(counter.word, outputpath);
}

#[pipeline(name = "Save Most Frequent", description = "Get Most Frequent Word and Save to GCS", on_exit = |_| exit("exit!"))]
pub(super) fn basic_no_decorator(message: String, #[default("default_output")] outputpath: String) {
    let counter = get_frequent(message).set_memory_request("200M");
    save_on_tpu(counter.word, outputpath);
}

#[pipeline]
fn save_most_frequent(message: String, outputpath: String) {
    let counter = get_frequent(message);
    save(counter.word, outputpath);
}

#[pipeline(
    name = "Download and Save Most Frequent",
    description = "Download and Get Most Frequent Word and Save to GCS"
)]
pub(super) fn compose(url: String, outputpath: String) {
    let text = download(url);
    save_most_frequent(text.downloaded, outputpath);
}

#[pipeline(name = "Default Value", description = "A pipeline with parameter and default value.")]
pub(super) fn default_value(#[default("gs://ml-pipeline/shakespeare1.txt")] url: String
) {
    let text = download(url);
    echo(text.downloaded);
}

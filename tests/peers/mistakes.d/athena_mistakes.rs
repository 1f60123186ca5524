// The mistakes with cargo-athena 0.8: each `//= NAME` begins a program of its own, which begins with what stands above
// the first of them. The line that is wrong ends in `//~`; where `// means:` stands, it is right there.
#![allow(dead_code, unused_imports)]
use cargo_athena::{container, workflow};

#[container(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[container(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[container(image = "acme/steps:1")]
fn fetch(url: String) -> String {
    url
}

#[container(image = "acme/steps:1")]
fn words() -> Vec<String> {
    Vec::new()
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Parts {
    first: i64,
    second: i64,
}

#[container(image = "acme/steps:1")]
fn split(rows: i64) -> Parts {
    Parts { first: rows, second: rows }
}

//= argument_missing
#[workflow]
fn p() {
    draw(1); //~
}

//= argument_too_many
#[workflow]
fn p() {
    draw(1, 2, 3); //~
}

//= constant_of_wrong_type
#[workflow]
fn p() {
    draw("abc".to_string(), 10); //~
}

//= fraction_for_whole_number
#[workflow]
fn p() {
    draw(0.5, 10); //~
}

//= output_of_wrong_type
#[workflow]
fn p() {
    let text = fetch("a".to_string());
    draw(text, 10); //~
}

//= several_outputs_for_one
#[workflow]
fn p() {
    let parts = split(10);
    draw(parts, 10); //~
}

//= output_of_none
#[workflow]
fn p() {
    let nothing = say("a".to_string());
    say(nothing); //~
}

//= output_unknown
#[workflow]
fn p() {
    let parts = split(10);
    draw(parts.frist, 10); //~
}

//= value_in_arithmetic
#[workflow]
fn p(count: i64) {
    draw(count + 1, 10); //~
}

//= length_of_value
#[workflow]
fn p(names: Vec<String>) {
    draw(names.len(), 10); //~
}

//= element_of_value
#[workflow]
fn p(names: Vec<String>) {
    say(names[0]); //~
}

//= component_unknown
#[workflow]
fn p() {
    shout("a".to_string()); //~
}

//= plain_function
fn shout(text: String) {}

#[workflow]
fn p() {
    shout("a".to_string()); //~
}

//= name_of_nothing
#[workflow(name = "--")] //~
fn p() {
    say("a".to_string());
}

//= name_too_long
#[workflow(name = "a-name-of-which-every-run-gets-a-name-of-its-own-and-that-is-too-long")] //~
fn p() {
    say("a".to_string());
}

//= template_twice
#[container(image = "acme/steps:1", name = "twice")]
fn first() {}

#[container(image = "acme/steps:1", name = "twice")] //~
fn second() {}

#[workflow]
fn p() {
    first();
    second();
}

//= value_leaves_branch
#[workflow]
fn p(count: i64) {
    if count == 1 {
        let inner = fetch("a".to_string());
    }
    say(inner); //~
}

//= pipeline_empty
#[workflow]
fn p() {} //~

//= parameter_unused
#[workflow]
fn p(seed: i64) { //~
    say("a".to_string());
}

//= output_unused
#[workflow]
fn p() {
    draw(1, 2); //~
}

//= recursion_without_end
#[workflow]
fn p(count: i64) {
    draw(count.clone(), 1);
    p(count); //~
}

//= condition_plain_if
// means: the branch is decided when the pipeline runs
#[workflow]
fn p() {
    let text = fetch("a".to_string());
    if text == "never" { //~
        say("b".to_string());
    }
}

//= condition_and
// means: both comparisons are in the condition
#[workflow]
fn p() {
    let first = fetch("a".to_string());
    let second = fetch("b".to_string());
    if first == "a" && second == "b" { //~
        say("c".to_string());
    }
}

//= condition_of_other_type
#[workflow]
fn p() {
    let number = draw(1, 2);
    if number == "many" { //~
        say("a".to_string());
    }
}

//= condition_of_value
#[workflow]
fn p() {
    let number = draw(1, 2);
    if number { //~
        say("a".to_string());
    }
}

//= condition_always_true
#[workflow]
fn p(name: String) {
    if name != "a" || name != "b" { //~
        say("a".to_string());
    }
}

//= loop_over_number
#[workflow]
fn p() {
    let number = draw(1, 2);
    let all = number.fan_out(|one| fetch(one)); //~
}

//= loop_plain_for
#[workflow]
fn p() {
    let list = words();
    for word in list { //~
        say(word);
    }
}

//= loop_parallel_zero
#[workflow(parallelism = 0)] //~
fn p() {
    say("a".to_string());
}

//= timeout_negative
#[container(image = "acme/steps:1", timeout = "-5s")] //~
fn work() {}

//= timeout_words
#[container(image = "acme/steps:1", timeout = "an hour")] //~
fn work() {}

//= backoff_words
#[container(image = "acme/steps:1", retry(limit = 3, backoff = "two minutes"))] //~
fn work() {}

//= retry_negative
#[container(image = "acme/steps:1", retry(limit = -1))] //~
fn work() {}

//= retry_words
#[container(image = "acme/steps:1", retry(limit = "often"))] //~
fn work() {}

//= label_key
#[container(image = "acme/steps:1", node_selector = { "my team" = "vision" })] //~
fn work() {}

//= label_value
#[container(image = "acme/steps:1", node_selector = { "team" = "vision & speech" })] //~
fn work() {}

//= image_empty
#[container(image = "")] //~
fn work() {}

//= image_space
#[container(image = "acme/steps 1")] //~
fn work() {}

//= image_latest
#[container(image = "alpine")] //~
fn work() {}

//= toleration_unknown
#[container(image = "a:1", tolerations = [{ key = "a", operator = "Exists", effect = "NoRun" }])] //~
fn work() {}

//= secret_in_plain_text
#[container(image = "acme/steps:1", env = { "DB_PASSWORD" = "hunter2" })] //~
fn work() {}

//= claim_size
#[cargo_athena::ephemeral_pvc(size = "ten", access_modes = ["ReadWriteOnce"])] //~
pub struct Disk;

//= claim_mode
#[cargo_athena::ephemeral_pvc(size = "1Gi", access_modes = ["ReadWrite"])] //~
pub struct Disk;

//= braces
#[workflow]
fn p() {
    say("{{workflow.name}}".to_string()); //~
}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn depths(#[default(3)] count: i64) -> Vec<i64> {
    (0..count).collect()
}

#[component(image = "acme/steps:1")]
fn fetch(url: String, table: Output<Dataset>) {
    let _ = (url, table);
}

#[component(image = "acme/steps:1")]
fn two() -> (i64, i64) {
    (1, 2)
}

#[pipeline]
fn p() {
    let both = two();
    say(format!("{}", both.0));
}

fn main() {}

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

#[pipeline]
fn p() {
    #[on_exit(say("done"))]
    {
        fetch("x");
    }
}

fn main() {}

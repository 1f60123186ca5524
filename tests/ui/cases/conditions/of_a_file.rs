use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn fetch(table: Output<Dataset>) {
    drop(table);
}

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p() {
    if fetch().table == "a" {
        say("a");
    }
}

fn main() {}

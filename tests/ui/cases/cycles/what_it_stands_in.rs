//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(names: Vec<String>) {
    let first = say("a");
    let all = for name in names {
        say(name).after(first);
    };
    first.after(all);
}

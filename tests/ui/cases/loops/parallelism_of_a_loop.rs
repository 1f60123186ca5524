use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(texts: Vec<String>) {
    #[parallelism(3)]
    for text in texts {
        say(text);
    }
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    #[retry(3)]
    for word in ["a", "b"] {
        say(word);
    }
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(name: String) {
    say("b").add_volume(Volume::empty_dir(name));
}

fn main() {}

//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(layout = "flat")]
fn p() {
    #[host]
    for n in 0..201 {
        say(format!("{n}"));
    }
}

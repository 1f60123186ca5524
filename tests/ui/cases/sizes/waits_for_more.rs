//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    let mut last = say("first");
    #[host]
    for _ in 0..200 {
        let next = say("next").after(last);
        say("side").after(last);
        last = next;
    }
}

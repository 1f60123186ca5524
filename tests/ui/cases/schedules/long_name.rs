//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline(schedule = "0 2 * * *")]
fn a_pipeline_whose_name_says_everything_there_is_to_say() {
    say("a");
}

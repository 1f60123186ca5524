//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say(Suspend::new("ask").supplied_output::<String>().duration("1h"));
}

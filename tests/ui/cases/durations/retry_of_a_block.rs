use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    #[retry(Retry::new(3).backoff_duration("10 sec"))]
    {
        say("a");
    }
}

fn main() {}

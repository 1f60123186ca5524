use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    #[on_exit(|run, how| say(run.status))]
    {
        say("a");
    }
}

fn main() {}

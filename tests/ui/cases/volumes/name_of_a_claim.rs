use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    say("a").add_pvolume("/data", PipelineVolume::pvc("My_Claim"));
}

fn main() {}

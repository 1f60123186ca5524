use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn train(depth: i64) -> f64 {
    depth as f64
}

mod steps {
    use kfp::prelude::*;
    #[component(image = "acme/steps:1")]
    pub fn shout(text: String) {
        drop(text);
    }
}

#[pipeline]
fn p() {
    shout("a");
}

fn main() {}

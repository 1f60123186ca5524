use kfp::prelude::*;

mod steps {
    use kfp::prelude::*;

    #[component(image = "acme/steps:1")]
    pub fn say(text: String) {
        drop(text);
    }
}

#[pipeline]
fn p() {
    steps::sai("a");
}

fn main() {}

use kfp::prelude::*;

struct Broken(String);

#[component(image = "acme/steps:1")]
fn load(path: String) -> Result<String, Broken> {
    Err(Broken(path))
}

fn main() {}

use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn split(train: Output<Dataset>, test: Output<Dataset>) {
    drop((train, test));
}

#[pipeline]
fn p(flag: bool) -> Dataset {
    let parts = split();
    if flag { parts.train } else { split() }
}

fn main() {}

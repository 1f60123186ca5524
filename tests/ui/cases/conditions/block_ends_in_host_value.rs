use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(flag: bool) {
    let n = if flag { Some(1) } else { None };
    say(format!("{n:?}"));
}

fn main() {}

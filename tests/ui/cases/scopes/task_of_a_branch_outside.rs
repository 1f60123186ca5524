use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(flag: bool) {
    let mut last = say("a");
    if flag {
        last = say("b");
    }
    say("c").after(last);
}

fn main() {}

use kfp::prelude::*;

#[component]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn limited(flag: bool) {
    #[parallel(2)]
    if flag {
        say("x");
    }
}

fn main() {}

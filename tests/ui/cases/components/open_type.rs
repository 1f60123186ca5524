use kfp::prelude::*;

#[component]
fn work(text: impl Into<String>) {
    let _ = text.into();
}

fn main() {}

use kfp::prelude::*;

use serde::{Deserialize, Serialize};

#[component]
fn fetch(url: String) -> String {
    url
}

#[derive(Serialize, Deserialize, Clone, Copy)]
enum Size {
    Small,
    Large,
}

#[pipeline]
fn p(size: Size) {
    let word = match size {
        Size::Small => "s",
    };
    fetch(word);
}

fn main() {}

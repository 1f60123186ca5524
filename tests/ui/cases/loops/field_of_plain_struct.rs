use kfp::prelude::*;

use serde::{Deserialize, Serialize};

#[component]
fn fetch(url: String) -> String {
    url
}

#[derive(Serialize, Deserialize, Clone)]
struct Setting {
    name: String,
}

#[pipeline]
fn p(settings: Vec<Setting>) {
    for setting in settings {
        fetch(setting.name);
    }
}

fn main() {}

//@ mistakes: 2
use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(names: Vec<String>) {
    #[name(each)]
    for name in names {
        #[name("--")]
        if name == "a" {
            fetch(name);
        }
    }
}

fn main() {}

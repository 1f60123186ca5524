use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(names: Vec<String>) {
    for name in names {
        fetch(name);
        break;
    }
}

fn main() {}

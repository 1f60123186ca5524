//@ mistakes: 4
use kfp::prelude::*;

#[component(labels = [("my team", "data"), ("team", "a b")], annotations = [("a/b/c", "x")])]
fn fetch(url: String) -> String {
    url
}

#[component(annotations = "author")]
fn load(url: String) -> String {
    url
}

fn main() {}

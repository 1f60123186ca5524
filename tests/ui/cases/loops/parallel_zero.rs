use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(names: Vec<String>) {
    #[parallel(0)]
    for name in names {
        fetch(name);
    }
}

fn main() {}

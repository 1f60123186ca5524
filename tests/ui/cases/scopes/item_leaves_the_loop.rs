use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(names: Vec<String>) {
    let mut last = fetch("x").output;
    fetch(last);
    for name in names {
        #[host]
        {
            last = name;
        }
        fetch(name);
    }
    fetch(last);
}

fn main() {}

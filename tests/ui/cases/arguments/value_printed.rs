use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(name: String) {
    #[host]
    println!("{name}");
}

fn main() {}

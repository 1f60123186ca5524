use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p() {
    #[host]
    let fast = true;
    if fast {
        fetch("x");
    }
}

fn main() {}

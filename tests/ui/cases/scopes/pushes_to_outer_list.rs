use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    let mut urls = Vec::new();
    if n > 3 {
        urls.push("b");
        fetch("x");
    }
    #[host]
    let _ = urls;
}

fn main() {}

use kfp::prelude::*;

#[component]
async fn fetch(url: String) -> String {
    url
}

fn main() {}

use kfp::prelude::*;

kfp::import_component!(fn tool = "no_such_file.yaml");

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p(n: i64) {
    let found = tool(n, _);
    tool(depth = found.depth);
    if found.output > 3 {
        say("deep");
    }
}

fn main() {}

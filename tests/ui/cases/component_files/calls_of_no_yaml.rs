use kfp::prelude::*;

kfp::import_component!(fn tool = "broken.yaml");

#[pipeline]
fn p(n: i64) {
    let found = tool(n);
    for item in found.items {
        tool(item);
    }
}

fn main() {}

use kfp::prelude::*;

#[component(template_ref = "tools/count")]
fn count(rows: i64) -> i64;

#[pipeline]
fn p() {
    count(3).set_memory_limit("1Gi");
}

fn main() {}

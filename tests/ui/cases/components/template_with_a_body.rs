use kfp::prelude::*;

#[component(template_ref = "tools/count")]
fn count(rows: i64) -> i64 {
    rows
}

#[pipeline]
fn p() {
    count(3);
}

fn main() {}

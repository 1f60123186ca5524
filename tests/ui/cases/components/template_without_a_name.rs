use kfp::prelude::*;

#[component(template_ref = "tools")]
fn count(rows: i64) -> i64;

#[pipeline]
fn p() {
    count(3);
}

fn main() {}

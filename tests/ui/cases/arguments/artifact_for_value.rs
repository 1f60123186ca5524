use kfp::prelude::*;

#[component]
fn table(rows: i64, table: Output<Dataset>) {
    let _ = (rows, table);
}

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() {
    draw(0, table(3));
}

fn main() {}

use kfp::prelude::*;

#[component]
fn table(rows: i64, table: Output<Dataset>) {
    let _ = (rows, table);
}

#[pipeline]
fn p(data: Output<Dataset>) {
    table(3);
}

fn main() {}

use kfp::prelude::*;

#[component]
fn table(rows: i64, table: Output<Dataset>) {
    let _ = (rows, table);
}

#[pipeline]
fn p() {
    let tables = for n in [1, 2] {
        table(n).table
    };
    let _ = tables;
}

fn main() {}

use kfp::prelude::*;

#[component]
fn table(rows: i64, table: Output<Dataset>) {
    let _ = (rows, table);
}

#[pipeline]
fn p() {
    let data = table(3);
    data.tabel;
}

fn main() {}

use kfp::prelude::*;

#[component]
fn table(rows: i64, table: Output<Dataset>) {
    let _ = (rows, table);
}

#[component]
fn train(table: Input<Dataset>, model: Output<Model>) -> f64 {
    let _ = (table, model);
    0.5
}

#[pipeline]
fn p() {
    let model = train(table(3)).model;
    train(model);
}

fn main() {}

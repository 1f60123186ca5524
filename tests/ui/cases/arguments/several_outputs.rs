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

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[component]
fn check(score: f64) {
    let _ = score;
}

#[pipeline]
fn p() {
    check(train(table(3)));
}

fn main() {}

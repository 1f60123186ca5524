//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn table(rows: i64, table: Output<Dataset>) {
    drop((rows, table));
}

#[component(image = "acme/steps:1")]
fn train(table: Input<Dataset>) {
    drop(table);
}

#[pipeline]
fn p() {
    train(table(3).table).memoize(Memoize::new());
}

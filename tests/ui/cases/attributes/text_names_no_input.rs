//@ mistakes: 2
use kfp::prelude::*;

#[component(mutex = "shard-{shart}")]
fn write(shard: i64) {
    println!("{shard}");
}

#[component(service_account = "{name}")]
fn nothing(table: Input<Dataset>) {
    let _ = table;
}

fn main() {}

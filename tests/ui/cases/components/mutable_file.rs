use kfp::prelude::*;

#[component]
fn write(table: &mut Output<Dataset>) {
    let _ = table;
}

fn main() {}

use kfp::prelude::*;

#[component]
fn risky(n: i64) -> Result<i64, String> {
    Ok(n)
}

#[pipeline]
fn p() {
    risky(1).on_failure(|task| risky(task.output));
}

fn main() {}

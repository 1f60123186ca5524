use kfp::prelude::*;

#[component]
fn risky(n: i64) -> Result<i64, String> {
    Ok(n)
}

#[pipeline]
fn p() {
    let outcome = risky(1).outcome();
    risky(outcome);
}

fn main() {}

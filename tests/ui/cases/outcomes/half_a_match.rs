use kfp::prelude::*;

#[component]
fn risky(n: i64) -> Result<i64, String> {
    Ok(n)
}

#[pipeline]
fn p() {
    let outcome = risky(1).outcome();
    let n = match outcome {
        Ok(task) => task.output,
    };
    risky(n);
}

fn main() {}

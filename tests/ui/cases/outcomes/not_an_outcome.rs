use kfp::prelude::*;

#[component]
fn risky(n: i64) -> Result<i64, String> {
    Ok(n)
}

#[pipeline]
fn p() {
    let task = risky(1);
    if let Ok(done) = task {
        risky(done);
    }
}

fn main() {}

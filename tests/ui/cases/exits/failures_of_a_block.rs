use kfp::prelude::*;

#[component]
fn report(failures: Vec<Failure>) {
    let _ = failures;
}

#[pipeline]
fn p() {
    #[on_exit(|run| report(run.failures))]
    {
        report([]);
    }
}

fn main() {}

//! Exit handlers: of the pipeline and of blocks.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

use crate::outcomes::risky;
#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, flip, print};
use kfp::prelude::*;

#[component(image = "steps:1")]
fn report(status: String, failures: Vec<Failure>, run: String) {
    println!("{run}: {status}, {} failures", failures.len());
}

#[pipeline(
    on_exit = |run| report(run.status, run.failures, name),
    on_exit = |run| { if run.status != "Succeeded" { print("it failed"); } },
)]
fn exits(name: String) {
    print(name);
}

#[pipeline]
fn blocks() {
    let first = flip();
    #[on_exit(|run| print(run.status))]
    {
        let coin = flip().after(first);
        #[on_exit(|run| print(format!("inner {}: {}", first, run.status)))]
        #[on_exit(|_| print("second handler"))]
        {
            print(coin);
        }
    }
    let sum = #[on_exit(|_| print("done"))]
    {
        add(1.0, 2.0).output
    };
    add(sum, _);
}

#[pipeline]
fn outer() {
    inner("x");
}

#[pipeline(on_exit = |run| print(run.status))]
fn inner(name: String) {
    print(name);
}

#[test]
fn of_the_pipeline() {
    check(
        "exits",
        &[
            "print(name); at the end, however it ended: report(status, failures, name), and print it failed unless Succeeded",
        ],
        exits::workflow(),
    );
}

#[test]
fn of_blocks_nested_and_several() {
    check(
        "exits_blocks",
        &[
            "flip; then flip-2, print-4(coin); however that ended: print-2(inner FLIP: STATUS) and print-3(second handler), then print(STATUS)",
            "add(1, 2), then print-5(done); add-2(add) only if the block succeeded",
        ],
        blocks::workflow(),
    );
}

#[test]
fn of_a_nested_pipeline() {
    check("exits_nested", &["inner: print(x), then print-2(STATUS of inner's body)"], outer::workflow());
}

#[pipeline(
    on_success = |_| print("all is well"),
    on_failure = |run| print(format!("{} with {}", run.status, run.failures)),
    on_error = |_| print("could not be run"),
)]
fn ends(fail: bool) {
    #[on_success(|_| print("block succeeded"))]
    #[on_failure(|run| print(format!("block {}", run.status)))]
    #[on_error(|_| print("block could not be run"))]
    {
        risky(fail);
    }
}

#[test]
fn for_one_end_only() {
    check(
        "exits_ends",
        &[
            "risky(fail), then print(block succeeded), print-2(block Failed) or print-3; the block fails as risky does",
            "at the end print-4(all is well) or print-5(Failed with what failed); print-6 if it could not be run",
        ],
        ends::workflow(),
    );
}

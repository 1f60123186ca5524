//! Hooks: what runs when a task has ended.

use crate::outcomes::risky;
#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{flip, print};
use kfp::prelude::*;

#[pipeline]
fn hooks(fail: bool) {
    let coin = flip().on_success(|task| print(format!("flipped {}", task.output)));
    let score = risky(fail)
        .on_success(|task| {
            if coin == "heads" {
                print(format!("{coin}: {}", task.output));
            }
        })
        .on_failure(|end| print(format!("{} with {}", end.status, end.exit_code)))
        .on_error(|_| print("could not be run"))
        .on_exit(|end| print(format!("ended: {}", end.status)))
        .set_retry(1)
        .outcome();
    print(format!("score {}", score.unwrap_or(-1.0)));
}

#[test]
fn of_a_task() {
    check(
        "hooks",
        &[
            "flip, then print(flipped COIN); risky-hooks: risky(fail), then, if it succeeded and COIN is heads, print-2(COIN: SCORE);",
            "if it failed, print-3(Failed with 1); if it could not be run, print-4; in any case print-5(ended: STATUS); then print-6(score)",
        ],
        hooks::workflow(),
    );
}

//! How much runs at once, and what a failure stops.

use crate::outcomes::risky;
#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;

#[pipeline(parallelism = 5, fail_fast = false)]
fn limits(names: Vec<String>, fail: bool) {
    #[parallel(2)]
    {
        print("a");
        print("b");
        print("c");
    }
    let score = #[fail_fast(false)]
    {
        print("all of this runs");
        risky(fail).output
    };
    #[parallel(3)]
    #[on_exit(|_| print("three at a time"))]
    {
        print("d");
    }
    #[parallel(2)]
    #[fail_fast]
    for name in names {
        print(format!("{name}: {score}"));
    }
    one(fail);
}

#[pipeline]
fn whole_blocks(user: String, times: i64, fail: bool) {
    let score = #[retry(Retry::new(times).policy(RetryPolicy::Always))]
    #[mutex(format!("user-{user}"))]
    #[mutex("shard")]
    {
        print("all of this again");
        risky(fail).output
    };
    #[retry(2)]
    #[on_exit(|end| print(format!("after the last attempt: {}", end.status)))]
    {
        one(fail);
    }
    print(format!("score: {score}"));
}

#[pipeline(parallelism = 1, fail_fast = false)]
fn one(fail: bool) {
    risky(fail);
    print("one at a time");
}

#[test]
fn of_blocks_loops_and_pipelines() {
    check(
        "limits",
        &[
            "print, print-2 and print-3 (a, b, c), two at once; print-4 and risky(fail), both to their ends; print-6(d), then print-5(three at a time)",
            "then for each name, two at once and no more once one has failed: print-7(NAME: SCORE); in one: risky and print, one at once, both to their ends",
        ],
        limits::workflow(),
    );
}

#[test]
fn of_attempts_and_locks_of_whole_blocks() {
    check(
        "whole_blocks",
        &[
            "print(all of this again) and risky(fail), again as often as `times` says when one fails, with the locks user-USER and shard",
            "beside it one(fail), again twice; then print-2(after the last attempt: STATUS); after the first block print-3(score: SCORE)",
        ],
        whole_blocks::workflow(),
    );
}

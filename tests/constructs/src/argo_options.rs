//! What Argo has for a task and KFP never gave.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, print, table, train};
use kfp::prelude::*;

#[component(
    image = "steps:1",
    mutex = "shard-{shard}",
    service_account = "writer",
    priority_class = "low",
    deadline = "2h"
)]
fn write(shard: i64, text: String) {
    println!("{shard}: {text}");
}

#[pipeline]
fn argo_options(name: String, seconds: i64) {
    write(1, name);
    let sum = add(1.0, 2.0)
        .add_mutex("adds")
        .add_mutex_in("shared", format!("user-{name}"))
        .memoize(Memoize::new().max_age("24h"));
    add(sum, _).memoize(Memoize::new().key("sums").config_map("sums"));
    train(table(3), 0.5).memoize(Memoize::new().key(format!("{name}: {}", sum.output)).max_age("30m"));
    print("patched")
        .set_deadline(format!("{seconds}s"))
        .set_service_account(name)
        .set_priority_class("high")
        .set_memory_limit(format!("{seconds}Mi"))
        .add_pod_spec_patch(
            Manifest::new(&serde_json::json!({ "enableServiceLinks": false }))
                .set("/terminationGracePeriodSeconds", seconds),
        )
        .add_pod_spec_patch(serde_json::json!({ "containers": [{ "name": "main", "tty": true }] }));
}

#[pipeline]
fn counted(user: String) {
    print("one of a few").add_semaphore("limits", format!("user-{user}"));
}

#[test]
fn a_lock_for_several() {
    check("argo_options_semaphore", &["print, while fewer than limits/user-USER others do"], counted::workflow());
}

#[test]
fn locks_memory_and_patches() {
    check(
        "argo_options",
        &[
            "write(1, name) under the lock shard-1; add(1, 2) under two locks, remembered by its inputs for a day",
            "then add-2(sum, 1.0), remembered as sums; table, then train(table, 0.5), remembered by name and sum; print with a patched pod",
        ],
        argo_options::workflow(),
    );
}

#[pipeline(mutex = "user-{user}", mutex = "nightly", semaphore = [("limits", "runs-{user}")])]
fn locked(user: String) {
    print(user);
}

#[test]
fn locks_of_whole_runs() {
    let runs = "print(user), while no other run holds user-USER or nightly, and fewer than limits/runs-USER others do";
    check("argo_options_run", &[runs], locked::workflow());
}

#[pipeline]
fn tried(code: i64) {
    print("again").set_retry(
        Retry::new(4).expression("asInt(lastRetry.exitCode) > 1").policy(RetryPolicy::OnFailure).on_another_node(),
    );
    print("by code").set_retry(Retry::new(2).expression(format!("lastRetry.exitCode == '{code}'")));
}

#[test]
fn retries_that_choose() {
    let runs =
        "print twice: up to four more times, each on another node, if the code is above 1; up to twice if it is `code`";
    check("argo_options_retries", &[runs], tried::workflow());
}

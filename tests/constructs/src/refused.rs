//! Pipelines that compile and are refused: what only the whole graph shows.

use crate::outcomes::risky;
use crate::steps::{print, table, train};
use kfp::Diagnostics;
use kfp::argo::Workflow;
use kfp::prelude::*;

/// The errors of a pipeline, as code and message.
#[track_caller]
fn refused(workflow: Result<Workflow, Diagnostics>) -> Vec<String> {
    let found = workflow.expect_err("refused");
    found.0.iter().map(|found| format!("{} {}", found.code, found.message)).collect()
}

#[pipeline]
fn unread() {
    let task = risky(false);
    let outcome = task.outcome();
    print(format!("{}", task.output));
    if outcome.succeeded() {
        print(format!("{}", task.output));
    }
    if outcome.failed() || outcome.status == "Error" {
        print("failed");
    } else {
        print(format!("{}", task.output));
    }
}

#[test]
fn an_output_that_may_not_be_there() {
    let message = "KFP270 `risky` may have failed, and then the output that is used here does not exist";
    assert_eq!(refused(unread::workflow()), [message]);
}

#[pipeline]
fn hooked() {
    let task = risky(false);
    task.on_success(|_| print(format!("{}", task.output))).on_exit(|_| print(format!("{}", task.output)));
}

#[test]
fn an_output_in_a_hook_without_one() {
    let message = "KFP271 `risky` has no output where this hook runs: it has not succeeded";
    assert_eq!(refused(hooked::workflow()), [message]);
}

#[pipeline]
fn unsupplied() {
    print(Suspend::new("ask").supplied_output::<String>().duration("1h"));
    Suspend::new("wait").duration(String::from("an hour"));
}

#[test]
fn a_pause_that_ends_without_an_answer() {
    let errors = refused(unsupplied::workflow());
    assert!(errors[0].starts_with("KFP310 "), "{errors:?}");
    assert_eq!(errors[1..], ["KFP272 `ask` goes on after `1h`, and then nobody has supplied `output`"]);
}

#[pipeline(argo = "3.5")]
fn unlocked() {
    let rows = table(3);
    print("locked").add_mutex("one").set_service_account(String::from("Nobody"));
    print("counted").add_database_semaphore("many").add_pod_spec_patch("hostNetwork: true");
    train(rows, 0.5).memoize(Memoize::new().max_age(String::from("a day")));
}

#[test]
fn what_argo_does_not_have() {
    let errors = refused(unlocked::workflow());
    let codes: Vec<&str> = errors.iter().map(|error| &error[..6]).collect();
    assert_eq!(codes, ["KFP273", "KFP340", "KFP273", "KFP275", "KFP310", "KFP274"], "{errors:?}");
    assert!(errors[0].ends_with("a mutex needs Argo 3.6, and the pipeline is for 3.5"), "{errors:?}");
}

#[component]
fn redis(dump: Output<Dataset>) -> ContainerOp {
    ContainerOp::new("redis", "redis:7").command(["redis-server"]).arg(&dump)
}

#[pipeline]
fn undying(early: bool) {
    let first = redis();
    first.daemon();
    train(first.dump, 0.5);
    let address = if early { redis().daemon().address() } else { "localhost" };
    print(address);
    let last = redis();
    last.daemon();
    last.on_failure(|_| print("never"));
}

#[test]
fn a_daemon_that_is_taken_for_a_task() {
    let errors = refused(undying::workflow());
    let codes: Vec<&str> = errors.iter().map(|error| &error[..6]).collect();
    assert_eq!(codes, ["KFP278", "KFP279", "KFP276", "KFP277"], "{errors:?}");
    assert_eq!(
        errors[1],
        "KFP279 the address of `redis` is used outside of the block that it stands in, where it has ended"
    );
}

#[pipeline(argo = "3.5", mutex = "user-{usr}", semaphore = [("Limits", "runs")], database_semaphore = "{{runs}}")]
fn locked_out(user: String) {
    print(user);
}

#[test]
fn a_lock_of_the_run_that_argo_does_not_have() {
    let errors = refused(locked_out::workflow());
    let codes: Vec<&str> = errors.iter().map(|error| &error[..6]).collect();
    assert_eq!(codes, ["KFP273", "KFP273", "KFP340", "KFP273", "KFP280"], "{errors:?}");
    assert_eq!(errors[4], "KFP280 `usr` is no parameter of `locked_out`");
}

#[pipeline]
fn nowhere(url: String) {
    train(S3Artifact::new("s3://data", "rows.csv"), _);
    train(GcsArtifact::new("data", ""), _);
    train(HttpArtifact::new("example.com/rows.csv"), _);
    train(HttpArtifact::new(url), _);
}

#[test]
fn a_file_that_is_nowhere() {
    let errors = refused(nowhere::workflow());
    let expected = [
        "KFP380 `s3://data` is no name of a bucket",
        "KFP380 the `key` of a file in a store is empty",
        "KFP380 `example.com/rows.csv` is no URL of a web server",
    ];
    assert_eq!(errors, expected);
}

#[pipeline(name = "--")]
fn names_without_letters() {
    ContainerOp::new("!!", "busybox:1.36").command(["true"]);
    ContainerOp::new("..", "busybox:1.36").command(["true"]);
}

#[test]
fn names_have_letters() {
    let errors = refused(names_without_letters::workflow());
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(errors.iter().all(|error| error.ends_with("has neither a letter nor a digit")), "{errors:?}");
}

//! Requests that Argo sends without a pod.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;

/// How far a job is.
#[derive(serde::Serialize, serde::Deserialize, Outputs)]
struct Progress {
    done: bool,
    step: i64,
}

#[pipeline]
fn requests(host: String, name: String) {
    let started = HttpOp::post(format!("{host}/jobs"))
        .set_name("start")
        .header("Content-Type", "text/plain")
        .header_from_secret("Authorization", "hub", "token")
        .body(name)
        .timeout_seconds(10);
    let progress = HttpOp::get(format!("{host}/jobs/{started}"))
        .json::<Progress>()
        .set_retry(3)
        .success_expression("response.statusCode == 200 && response.body contains 'step'");
    if progress.output.done {
        print(format!("{name} at {}", progress.output.step));
    }
    let gone = HttpOp::delete(format!("{host}/jobs/{name}")).insecure_skip_verify(true).after(progress).outcome();
    if gone.failed() {
        print("still there");
    }
}

#[test]
fn that_argo_sends() {
    check(
        "requests",
        &[
            "start: POST HOST/jobs with NAME; then http-get: GET HOST/jobs/.., up to three times more; if it is done, print the step",
            "then http-delete: DELETE HOST/jobs/NAME, and print if that failed",
        ],
        requests::workflow(),
    );
}

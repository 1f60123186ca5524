//! What Prometheus is told.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, score, table, train};
use kfp::prelude::*;

#[component]
fn count(rows: i64) -> ContainerOp {
    ContainerOp::new("count", "busybox:1.36")
        .command(["sh", "-c", "seq $0"])
        .arg(&rows)
        .add_metric(Metric::counter("rows_total", "rows that were counted").value(rows))
}

#[pipeline(
    metric = Metric::gauge("run_seconds", "how long a run takes", Measure::Duration).label("status", Measure::Status),
    metric = Metric::counter("run_failures", "runs that failed").when_failed()
)]
fn metrics(team: String, rate: f64) {
    let sum = add(1.0, 2.0).add_metric(Metric::gauge("adding", "seconds so far", Measure::Duration).realtime());
    let model = train(table(3), rate).set_retry(2);
    model
        .add_metric(
            Metric::histogram("train_rate", "the rate that was taken", [0.1, 0.5, 1.0], model.output)
                .label("team", team)
                .label("sum", format!("about {sum}"))
                .when_succeeded(),
        )
        .add_metric(Metric::counter("train_retries", "attempts but the first").value(Measure::Retries).when_error());
    let scored = score(model.model);
    scored.add_metric(
        Metric::gauge("accuracy", "of the model", scored.accuracy)
            .label("good", scored.good)
            .label("code", Measure::ExitCode),
    );
    for rows in [1, 2] {
        count(rows);
    }
}

#[test]
fn of_tasks_and_runs() {
    check(
        "metrics",
        &[
            "add and table; train(table, RATE), tells its rate under TEAM and the sum; score, tells its accuracy; count(1) and count(2);",
            "the run tells how long it took and whether it failed",
        ],
        metrics::workflow(),
    );
}

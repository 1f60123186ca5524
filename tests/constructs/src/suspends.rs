//! Pauses, and what people say in them.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a model goes.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    Test,
    Production,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Review {
    approved: bool,
    stage: Stage,
    note: String,
    copies: i64,
}

#[pipeline]
fn suspends(#[default("10s".to_owned())] time: String, #[default(Stage::Test)] stage: Stage) {
    let wait = Suspend::new("cool down").duration("1h30m");
    Suspend::new("as-long").duration(time).after(wait);
    if Suspend::approval("release") {
        print(format!("released to {stage}"));
    }
    let review = Suspend::new("review").supplied_outputs::<Review>().duration("24h").supplied_defaults(&Review {
        approved: false,
        stage: Stage::Test,
        note: "nobody looked".to_owned(),
        copies: 1,
    });
    if review.approved && review.stage == Stage::Production && review.copies > 1 {
        print(review.note);
    }
    let answer = Suspend::new("ask").supplied_output::<Stage>().outcome();
    match answer.unwrap_or(Stage::Test) {
        Stage::Test => print("test"),
        Stage::Production => print("production"),
    }
}

#[test]
fn for_a_time_and_for_people() {
    check(
        "suspends",
        &[
            "cool-down for 90 minutes, then as-long(time); release until somebody says true or false: print if true",
            "review for a day, four outputs, each with what it is if nobody answers; print-2(note) if approved for production with copies > 1",
            "ask until somebody chooses test or production; print-3 or print-4 accordingly",
        ],
        suspends::workflow(),
    );
}

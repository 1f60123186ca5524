//! Structs with values in their fields, wherever a value may be.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{draw, print};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize, Clone)]
struct Plan {
    rate: f64,
    name: String,
    depth: Option<i64>,
}

#[derive(Outputs, Serialize, Deserialize, Clone)]
struct Study {
    plan: Plan,
    #[serde(rename = "trialCount")]
    trials: i64,
}

#[component(image = "steps:1")]
fn run_plan(plan: Plan) -> String {
    println!("{} {:?} {:?}", plan.name, plan.rate, plan.depth);
    plan.name
}

#[component(image = "steps:1")]
fn run_study(study: Study) {
    println!("{} of {}", study.trials, study.plan.name);
}

#[pipeline]
fn structs_of_values(rate: f64, low: i64) {
    let drawn = draw(low, 4);
    let plan = Plan { rate, name: format!("at {rate}"), depth: Some(1) };
    run_plan(plan);
    run_plan(plan = Plan { rate: 0.5, name: "drawn".to_owned(), depth: drawn.output });
    let best = if low > 3 {
        Plan { rate, name: "deep \"one\"".to_owned(), depth: low }
    } else {
        Plan { rate: 1.0, name: run_plan(plan).output, depth: None::<i64> }
    };
    run_study(Study { plan: best, trials: low });
    print(best.name);
    let rounds = for number in [1_i64, 2] {
        Study { plan, trials: draw(number, 0).output }
    };
    for round in rounds {
        run_study(round);
    }
}

#[test]
fn pass_between_tasks() {
    check(
        "structs",
        &[
            "run-plan at RATE with depth 1, with what was drawn; the plan of the branch: deep at RATE with LOW, or what a third run-plan gives;",
            "run-study of it with LOW trials, print its name; draw for 1 and 2, run-study for each collected round",
        ],
        structs_of_values::workflow(),
    );
}

//! Constructs in each other: what single ones do has to hold in any of them.

use crate::outcomes::risky;
#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, ask, draw, flip, numbers, print, publish, sum, table, train};
use kfp::prelude::*;

/// Loops over outputs of tasks inside of loops and conditions, with values out of all of them.
#[pipeline]
fn together(limit: i64, names: Vec<String>) {
    let totals = for name in names {
        let drawn = draw(limit, 4);
        let scores = for number in numbers() {
            if number < drawn {
                let halves = for k in 0..number {
                    add(1.0, _).set_display_name(format!("{name} {k}")).output
                };
                sum(halves).output
            } else {
                0.5
            }
        };
        let best = if drawn > limit { sum(scores).output } else { add(0.25, 0.25).output };
        print(format!("{name}: {best}"));
        best
    };
    let total = sum(totals);
    match flip().output {
        "heads" => {
            for score in totals {
                if score > 1.0 && total > score {
                    print(format!("more than one: {score}"));
                }
            }
        }
        _ => print("tails"),
    }
}

/// Handlers in handlers and loops, which know how it went; failures inside of branches, caught outside.
#[pipeline(on_exit = |run| if run.status != "Succeeded" { print(format!("run {}", run.status)) })]
fn together_handlers(names: Vec<String>, fail: bool) {
    for name in names {
        #[on_exit(|run| print(format!("{name} ended: {}", run.status)))]
        #[on_exit(|run| if run.status == "Succeeded" { print(format!("{name} is well")) })]
        {
            let model = train(table(3), 0.5);
            let outcome = if ask("").output {
                risky(fail).outcome().unwrap_or(0.0)
            } else {
                risky(false).outcome().unwrap_or(1.0)
            };
            #[on_exit(|run| print(format!("inner {name}: {}", run.status)))]
            {
                publish(model.model, format!("{name} {outcome}"));
            }
        }
    }
}

#[test]
fn loops_in_branches_in_loops() {
    check(
        "together",
        &[
            "for each name: draw, numbers, for each number below what was drawn the sum of add(1, 1) for each K below it, 0.5 for others;",
            "then the sum of these if LIMIT is less than what was drawn, or add; print(NAME: BEST); the sum of all; for each BEST over 1 and below the sum print, if heads",
        ],
        together::workflow(),
    );
}

#[test]
fn handlers_in_loops_and_handlers() {
    check(
        "together_handlers",
        &[
            "for each name: table, train, ask, then risky, whose failure counts as 0; publish, then print(inner NAME: STATUS); then print(NAME ended) and print(NAME is well);",
            "at the end of the run print if it did not succeed",
        ],
        together_handlers::workflow(),
    );
}

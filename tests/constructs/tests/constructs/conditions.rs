//! `if`, `else if`, `else`; values and artifacts out of branches.

use crate::snapshot::check;
use crate::steps::{add, ask, draw, flip, print, publish, score, table, train};
use kfp::prelude::*;

#[pipeline]
fn conditions(limit: i64, name: String) {
    let coin = flip();
    let number = draw(0, 9);
    if coin == "heads" {
        if number > limit && number != 7 {
            print("large");
        } else if number == 7 || !(ask("really?").output) {
            print("seven");
        } else {
            print("small");
        }
    }
    if ask("go on?") {
        print("yes");
    }
    if 5 >= number {
        print("at most five");
    }
    if name == "it's {{odd}} \"text\"\\ }}\n" {
        print("odd");
    }
}

#[pipeline]
fn values(rows: i64) {
    let coin = flip();
    let rate = if coin == "heads" {
        add(0.1, 0.2).output
    } else if coin == "tails" {
        0.5
    } else {
        add(0.3, 0.4).output
    };
    let data = table(rows);
    let trained = train(data.table, rate);
    let model = if rate > 0.2 { trained.model } else { train(data.table, _).model };
    publish(model, "chosen");
    let scores = score(trained.model);
    if scores.good && scores.accuracy >= 0.9 && scores.label != "bad" {
        print(scores.label);
    }
    let word = if coin == "heads" { "yes" } else { "no" };
    print(word);
}

#[test]
fn nested_and_chained() {
    check(
        "conditions",
        &[
            "flip and draw; if heads: large, seven or small by the number (ask-1 runs only where it is asked)",
            "ask and, if yes, print yes; at most five by the number, the constant on the left",
            "the odd text is compared as it is",
        ],
        conditions::workflow(),
    );
}

#[test]
fn values_and_artifacts_out_of_branches() {
    check(
        "conditions_values",
        &[
            "flip; rate is add's (heads), 0.5 (tails) or add-2's output; table; train with that rate",
            "model is train's if rate > 0.2, else that of a second training; publish it",
            "score; its label is printed if all three hold; yes or no is printed by the coin, without a task of its own",
        ],
        values::workflow(),
    );
}

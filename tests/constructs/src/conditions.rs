//! `if`, `else if`, `else`; values and artifacts out of branches.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, ask, draw, flip, print, publish, score, table, train};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
enum Size {
    Small,
    Large,
}

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

#[pipeline]
fn constants(n: i64, size: Size) {
    let number = match n {
        -2 => 5,
        1 | 3 => draw(n, n).output,
        _ => n,
    };
    let other = if number > 3 { 4 } else { 5 };
    draw(number, other);
    let larger = if n > 1 { Size::Large } else { size };
    if larger == Size::Large {
        print("large");
    }
    if n == 1 {
        print("one");
    } else {
    }
}

/// Names that the expansion of an `if` might be thought to use.
#[pipeline]
fn branch_names(this_branch: i64, this_if: i64, scope: i64, subject: i64) {
    let end_0 = 7;
    if this_if > 1 {
        draw(1, end_0);
    } else if this_branch > 1 {
        draw(this_branch, scope);
    } else {
        draw(subject, this_branch);
    }
}

#[pipeline]
fn artifacts(first: bool, rows: i64) -> Model {
    let (one, two) = (train(table(rows), _).model, train(table(1), _).model);
    let chosen = if first { one } else { two };
    publish(chosen, "chosen");
    if rows > 1 {
        let again = if first { two } else { chosen };
        publish(again, "again");
    }
    if rows > 5 { chosen } else { train(table(2), _).model }
}

#[test]
fn artifacts_chosen_without_a_task() {
    check(
        "conditions_artifacts",
        &[
            "table, train, twice; publish one of the models by the parameter; if rows > 1 publish again, by the same",
            "gives the chosen model, or one trained on a third table; choosing needs no pod",
        ],
        artifacts::workflow(),
    );
}

#[test]
fn constants_and_values_at_the_ends() {
    check(
        "conditions_constants",
        &[
            "number is 5 for -2, draw(n, n) for 1 and 3, else n; other is 4 or 5; draw both",
            "larger is Large or the parameter; print large, print one",
        ],
        constants::workflow(),
    );
}

#[test]
fn names_of_the_expansion_are_free() {
    check(
        "conditions_names",
        &["one of draw(1, 7), draw(this_branch, scope), draw(subject, this_branch)"],
        branch_names::workflow(),
    );
}

#[test]
fn nested_and_chained() {
    check(
        "conditions",
        &[
            "flip and draw; if heads: large, seven or small by the number (ask runs only where it is asked)",
            "ask-2 and, if yes, print yes; at most five by the number, the constant on the left",
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

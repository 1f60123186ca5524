//! Names of groups.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, ask, flip, print};
use kfp::prelude::*;

#[pipeline]
fn named(names: Vec<String>) {
    let coin = flip();
    #[name("is heads")]
    if coin == "heads" {
        print("heads");
    } else if coin == "edge" {
        print("edge");
    } else {
        print("tails");
    }
    #[name("is heads")]
    if coin == "heads" {
        print("again");
    }
    let score = #[name("score")]
    match ask("double?") {
        true => add(1.0, 1.0),
        false => add(1.0, 0.0),
    };
    #[name("each")]
    #[parallel(2)]
    for name in names {
        print(format!("{name}: {score}"));
    }
    #[name("two")]
    #[parallel(2)]
    {
        print("a");
        print("b");
    }
    #[on_exit(|_| print("bye"))]
    #[name("Clean Up")]
    {
        print("c");
    }
}

#[test]
fn of_every_group() {
    check(
        "named",
        &[
            "flip; condition-is-heads-1 to 3 by the coin, condition-is-heads-4; one-of-score-1; for-loop-each-1; block-two-1; exit-handler-clean-up-1",
        ],
        named::workflow(),
    );
}

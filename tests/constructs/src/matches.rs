//! `match` over values.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, draw, flip, print};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
enum Size {
    Small,
    Large,
}

#[component(image = "steps:1")]
fn measure() -> Size {
    Size::Small
}

#[pipeline]
fn matches(fast: bool) {
    match flip() {
        "heads" | "edge" => {
            print("heads or edge");
        }
        "tails" => {
            print("tails");
        }
        _ => {
            print("neither");
        }
    }
    let share = match measure() {
        Size::Small => 0.1,
        Size::Large => add(0.1, 0.2).output,
    };
    add(share, _);
    let speed = match fast {
        true => "fast",
        false => "slow",
    };
    print(speed);
    match draw(0, 3) {
        0 => {
            print("none");
        }
        -1 => {
            print("negative");
        }
        _ => {}
    }
}

#[test]
fn over_texts_enums_booleans_and_numbers() {
    check(
        "matches",
        &[
            "flip; one of three prints",
            "measure; share is 0.1 (Small) or add's output (Large); add-2(share)",
            "print fast or slow by the parameter; draw; none or negative, or nothing",
        ],
        matches::workflow(),
    );
}

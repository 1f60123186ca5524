//! Calls: by position, by keyword, with declared defaults; inside arguments; by path and by another name.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps;
use crate::steps::{add, draw as pick_a_number, flip, sum};
use kfp::prelude::*;

#[pipeline]
fn calls(start: f64, #[default(10)] high: i64) {
    let first = add(start, 2.0);
    let second = add(first, _);
    let third = add(b = second, a = first.output);
    let fourth = add(a = third);
    pick_a_number(0, high);
    add(add(fourth, 0.5), 1e-5);
    sum(vec![1.0, 2.5]);
    sum(vec![add(7.0, 7.0).output]);
    steps::print("by path");
}

#[pipeline]
fn untyped(count: i64) {
    sum(flip().output.ignore_type::<Vec<f64>>());
    steps::print(count.ignore_type::<String>());
    if flip().output.ignore_type::<i64>() > 3 {
        steps::print("more");
    }
}

#[test]
fn values_of_another_type() {
    check(
        "calls_untyped",
        &["sum(FLIP), print(COUNT), flip-2, and print more if it is a number above 3"],
        untyped::workflow(),
    );
}

#[test]
fn by_position_keyword_and_default() {
    check(
        "calls",
        &[
            "add(start, 2), add-2(add, 1 by default), add-3(a = add, b = add-2), add-4(add-3, 1 by default)",
            "draw(0, high), add-6(add-5(add-4, 0.5), 0.00001)",
            "sum([1.0,2.5]), sum-2([add-7(7, 7)]), print(by path)",
        ],
        calls::workflow(),
    );
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let once = calls::workflow().unwrap().to_yaml();
    for _ in 0..5 {
        assert_eq!(calls::workflow().unwrap().to_yaml(), once);
    }
}

//! Lists of values as one argument.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, flip, join, sum};
use kfp::prelude::*;

#[pipeline]
fn fan_in(name: String) {
    let (a, b) = (add(1.0, 2.0), add(3.0, 4.0));
    sum([a.output, b.output]);
    sum([a, b]);
    let all: Vec<_> = [1.0, 2.0].into_iter().map(|x| add(x, _).output).collect();
    sum(all);
    join([flip().output, name]);
}

#[test]
fn values_of_single_tasks() {
    check(
        "fan_in",
        &["sum([add,add-2]) twice, sum of two more, join([FLIP, NAME]) as a JSON list of texts"],
        fan_in::workflow(),
    );
}

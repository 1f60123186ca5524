//! `format!`.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, flip, numbers, print};
use kfp::prelude::*;

#[pipeline]
fn texts(name: String) {
    let coin = flip();
    let share = 0.256;
    print(format!("{name}: {coin}, {} and {{braces}}, {share:.2} {1}", add(1.0, 2.0), numbers().output));
    let inner = format!("{name}!");
    print(format!("{inner} {inner}"));
    print(format!("{count} rows", count = 3));
    print(format!("constant"));
}

#[pipeline]
fn arguments() {
    let host = "h".to_owned();
    print(format!("{0} {0}", flip()));
    print(format!("{sum} and {sum}", sum = add(1.0, 2.0)));
    print(format!("{1} {0} {host} {host}", host.len(), host));
    print(host);
}

#[test]
fn arguments_are_evaluated_once_and_borrowed() {
    check(
        "texts_arguments",
        &["flip, print it twice; add, print it twice; print h 1 h h; print h"],
        arguments::workflow(),
    );
}

#[test]
fn text_with_values() {
    check(
        "texts",
        &["print NAME: COIN, SUM and {braces}, 0.26 [1,2]; print NAME! NAME!; print 3 rows; print constant"],
        texts::workflow(),
    );
}

//! `format!`.

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

#[test]
fn text_with_values() {
    check(
        "texts",
        &["print NAME: COIN, SUM and {braces}, 0.26 [1,2]; print NAME! NAME!; print 3 rows; print constant"],
        texts::workflow(),
    );
}

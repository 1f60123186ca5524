//! The texts of `corpus/TARGET.txt`, with a line of `%%` after each.

use std::fs;

/// What stands between two texts.
const BETWEEN: &str = "\n%%\n";

/// The texts that are kept for a target.
pub fn entries(target: &str) -> Vec<String> {
    let file = crate::seeds::root().join("tests/fuzz/corpus").join(target).with_extension("txt");
    let text = fs::read_to_string(file).unwrap_or_default();
    text.split_terminator(BETWEEN).map(str::to_owned).collect()
}

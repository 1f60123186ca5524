//! Codes that no pipeline's source shows.

use kfp_grammar::Code;
use std::ops::RangeInclusive;

/// Codes of other people's manifests, files, containers, the engine.
const ELSEWHERE: &[RangeInclusive<u16>] = &[276..=299, 404..=419, 425..=699];
/// Codes that only a graph made by hand has, or a text that the types keep out of pipelines: see `kfp-core/tests/check.rs`
/// and the tests of `kfp-grammar`.
const BY_HAND: &[u16] = &[206, 209, 210, 232, 233, 345, 420];

/// Whether no pipeline's source has to show a code.
pub fn is_elsewhere(code: Code) -> bool {
    BY_HAND.contains(&code.0) || ELSEWHERE.iter().any(|range| range.contains(&code.0))
}

//! Odd strings come back equal from the Rust parser.

use kfp_conformance::odd;
use kfp_core::argo::Workflow;
use proptest::prelude::*;

fn comes_back<S: AsRef<str>>(strings: &[S]) {
    let workflow = odd::workflow(strings);
    let yaml = workflow.to_yaml();
    let again = Workflow::from_yaml(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    assert_eq!(again, workflow, "{yaml}");
    assert_eq!(again.to_yaml(), yaml);
}

#[test]
fn one_by_one() {
    for text in odd::STRINGS {
        comes_back(&[text]);
    }
}

#[test]
fn all_together() {
    comes_back(odd::STRINGS);
    comes_back(&odd::random(1500));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string(text in any::<String>()) {
        comes_back(&[text]);
    }

    #[test]
    fn pieces(parts in prop::collection::vec(prop::sample::select(odd::PIECES), 0..9)) {
        comes_back(&[parts.concat()]);
    }
}

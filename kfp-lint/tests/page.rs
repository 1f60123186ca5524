//! The page of rules and the rules are the same.

use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../docs/lint.md");
const CASES: &str = include_str!("cases.rs");

/// The numbers behind each of these beginnings in a text.
fn numbers(text: &str, before: &str) -> BTreeSet<String> {
    let number =
        |rest: &str| rest.get(..3).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned);
    text.split(before).skip(1).filter_map(number).collect()
}

#[test]
fn every_code_of_the_page_is_raised_by_a_case() {
    let raised = numbers(CASES, "[KFP");
    let named = numbers(PAGE, "KFP");
    assert_eq!(named.difference(&raised).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_rule_is_on_the_page() {
    let rules = numbers(include_str!("../src/codes.rs"), "Code(");
    assert_eq!(rules.difference(&numbers(PAGE, "KFP")).collect::<Vec<_>>(), Vec::<&String>::new());
}

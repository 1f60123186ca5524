//! Names as Argo allows them.

use crate::hash::HashMap;
pub use kfp_grammar::name::to_port as port;
use kfp_grammar::name::{EXPRESSION_WORDS, to_kebab};
use std::fmt::Write;

/// Whether the expression language reads it as something else than a name.
pub(super) fn is_reserved(name: &str) -> bool {
    EXPRESSION_WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// The name of a template or a task: lower case, words joined by `-`. Empty if nothing of it is allowed.
///
/// A leading digit gets KFP's prefix `n`, a reserved word the suffix `-task`.
pub fn kebab(name: &str) -> String {
    let mut kebab = to_kebab(name);
    if kebab.starts_with(|first: char| first.is_ascii_digit()) {
        kebab.insert(0, 'n');
    }
    if is_reserved(&kebab) {
        kebab.push_str("-task");
    }
    kebab
}

/// Names that are taken, and the next number for each that was wanted again.
#[derive(Debug, Default)]
pub(super) struct Unique(HashMap<String, u32>);

impl Unique {
    /// The name itself, or with `-2`, `-3`, .. if it is taken.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let Some(&last) = self.0.get(wanted) else {
            self.0.insert(wanted.to_owned(), 1);
            return wanted.to_owned();
        };
        let (name, number) = self.free(wanted, last);
        self.0.insert(name.clone(), 1);
        self.0.get_mut(wanted).into_iter().for_each(|last| *last = number);
        name
    }

    /// The next free `PREFIX-N`, from 1.
    pub(super) fn number(&mut self, prefix: &str) -> String {
        // The counter stands under a key that is no name.
        let counter = format!("{prefix} ");
        let (name, number) = self.free(prefix, self.0.get(&counter).copied().unwrap_or_default());
        self.0.insert(counter, number);
        self.0.insert(name.clone(), 1);
        name
    }

    /// The next free `PREFIX-N` after a number.
    fn free(&self, prefix: &str, mut number: u32) -> (String, u32) {
        let mut name = String::with_capacity(prefix.len() + 8);
        loop {
            number += 1;
            name.clear();
            let _ = write!(name, "{prefix}-{number}");
            if !self.0.contains_key(&name) {
                return (name, number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_kebab_case() {
        for (name, expected) in [
            ("train_model", "train-model"),
            ("Train Model v2.1!", "train-model-v2-1"),
            ("Matches", "matches-task"),
            ("1st", "n1st"),
            ("__a__b__", "a-b"),
            ("not", "not-task"),
            ("startsWith", "starts-with"),
            ("größe", "grosse"),
            ("日本", "name-26ee51"),
            ("--", ""),
        ] {
            assert_eq!(kebab(name), expected, "{name}");
        }
    }

    #[test]
    fn taken_names_get_numbers_that_are_free() {
        let mut names = Unique::default();
        assert_eq!(names.take("a-2"), "a-2");
        assert_eq!(names.take("a"), "a");
        assert_eq!(names.take("a"), "a-3");
        assert_eq!(names.take("a"), "a-4");
        assert_eq!(names.take("condition-1"), "condition-1");
        assert_eq!(names.number("condition"), "condition-2");
        assert_eq!(names.number("condition"), "condition-3");
    }
}

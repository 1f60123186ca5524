//! Names of environment variables, as Kubernetes has them.

use crate::mistake::char_at;
use crate::{Code, Mistake};

const CODE: Code = Code(350);

/// Checks a name: letters, digits, `_`, `-` and `.`, no digit first.
pub fn name(text: &str) -> Result<(), Mistake> {
    let help = "write letters, digits and `_`: `DATA_DIR`";
    if text.is_empty() {
        return Err(Mistake::new(CODE, 0..0, "the name of an environment variable is empty").help(help));
    }
    for (at, c) in text.char_indices() {
        if !(c.is_ascii_alphanumeric() || "_-.".contains(c)) {
            let message = format!("the environment variable `{text}` cannot have `{c}` in its name");
            return Err(Mistake::new(CODE, char_at(text, at), message).help(help));
        }
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        let message = format!("the environment variable `{text}` begins with a digit");
        return Err(Mistake::new(CODE, 0..1, message).help(help));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_digits_and_a_few_signs() {
        for good in ["A", "data_dir", "_X1", "a.b-c"] {
            assert!(name(good).is_ok(), "{good}");
        }
        for (bad, at) in [("", 0..0), ("1A", 0..1), ("A=B", 1..2), ("a b", 1..2), ("é", 0..2)] {
            let mistake = name(bad).unwrap_err();
            assert_eq!((mistake.code, mistake.at), (CODE, at), "{bad}");
        }
    }
}

//! Which tasks run depends on what other tasks found: the coin flips of the KFP samples.

use kfp::prelude::*;

/// Flips a coin: `heads` or `tails`. Each time anew, so no result of it is taken from an earlier flip.
#[component(cache = false)]
fn flip() -> String {
    if random().is_multiple_of(2) { "heads".to_owned() } else { "tails".to_owned() }
}

/// Draws a number, `low` and `high` among them.
#[component(cache = false)]
fn draw(low: i64, high: i64) -> Result<i64, String> {
    if low > high {
        return Err(format!("there is no number from {low} to {high}"));
    }
    let numbers = high.abs_diff(low).saturating_add(1);
    Ok(low.wrapping_add_unsigned(random() % numbers))
}

/// Prints a text.
#[component]
fn say(text: String) {
    println!("{text}");
}

/// A number that nobody can guess: the standard library seeds its hash maps with one.
#[kfp::runtime]
fn random() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(())
}

/// Flips a coin, draws a number for the side that it shows, and says whether the number is large.
#[pipeline(name = "flip-and-draw")]
fn flip_and_draw() {
    let side = flip();
    if side == "heads" {
        let number = draw(0, 9);
        if number > 5 {
            say(format!("heads and {number} > 5"));
        } else {
            say(format!("heads and {number} <= 5"));
        }
    } else {
        let number = draw(low = 10, high = 19);
        if number > 15 {
            say(format!("tails and {number} > 15"));
        } else {
            say(format!("tails and {number} <= 15"));
        }
    }
}

/// Flips a coin until it shows heads.
#[pipeline(name = "until-heads")]
fn until_heads() {
    let side = flip();
    say(format!("it shows {side}"));
    if side != "heads" {
        until_heads();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_has_two_sides() {
        let sides: std::collections::BTreeSet<String> = (0..200).map(|_| flip()).collect();
        assert_eq!(sides.into_iter().collect::<Vec<_>>(), ["heads", "tails"]);
    }

    #[test]
    fn numbers_stay_between_their_ends() {
        let numbers: std::collections::BTreeSet<i64> = (0..500).map(|_| draw(-1, 2).unwrap()).collect();
        assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2]);
        assert_eq!(draw(7, 7), Ok(7));
        assert!(draw(2, 1).is_err());
        assert!(draw(i64::MIN, i64::MAX).is_ok());
    }
}

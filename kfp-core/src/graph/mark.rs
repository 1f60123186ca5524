//! Marks in texts that stand for inputs: an input shows itself as one, and goes through whatever a user does with text.
//!
//! A mark carries the hash of its name, so that text with the same characters in it stays the text that it is.

use kfp_grammar::name::fingerprint;

/// Opens and closes the mark of an input as text: a noncharacter.
const TEXT: char = '\u{FDD0}';
/// The same for an input with its type.
const TYPED: char = '\u{FDD1}';

/// A part of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    /// What the user wrote.
    Text(&'t str),
    /// A name that was marked.
    Marked(&'t str),
}

pub(super) fn text(name: &str) -> String {
    mark(TEXT, name)
}

pub(super) fn typed(name: &str) -> String {
    mark(TYPED, name)
}

fn mark(edge: char, name: &str) -> String {
    format!("{edge}{name}{edge}{:08x}{edge}", fingerprint(name))
}

/// The name in a text that is the mark of an input with its type.
pub(super) fn as_typed(text: &str) -> Option<&str> {
    first(TYPED, text).filter(|(_, length)| *length == text.len()).map(|(name, _)| name)
}

/// What a text begins with, if that is a mark: its name, and how long it is.
fn first(edge: char, text: &str) -> Option<(&str, usize)> {
    let (name, rest) = text.strip_prefix(edge)?.split_once(edge)?;
    let hash = rest.split_once(edge)?.0;
    (hash == format!("{:08x}", fingerprint(name))).then(|| (name, 3 * edge.len_utf8() + name.len() + hash.len()))
}

/// The text between marks, and what is marked.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let literal = |from: usize, to: usize| (from < to).then(|| Piece::Text(&text[from..to]));
    for (at, _) in text.match_indices(TEXT) {
        if at >= start
            && let Some((name, length)) = first(TEXT, &text[at..])
        {
            pieces.extend(literal(start, at));
            pieces.push(Piece::Marked(name));
            start = at + length;
        }
    }
    pieces.extend(literal(start, text.len()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_in_text() {
        let both = format!("a{}{}b", text("x"), text("y z"));
        assert_eq!(pieces(&both), [Piece::Text("a"), Piece::Marked("x"), Piece::Marked("y z"), Piece::Text("b")]);
        assert_eq!(as_typed(&typed("x")), Some("x"));
        assert_eq!(as_typed(&format!("{}1", typed("x"))), None);
    }

    #[test]
    fn the_same_characters_in_text_are_text() {
        for odd in
            ["\u{FDD0}", "\u{FDD0}\u{FDD0}", "\u{FDD0}x\u{FDD0}", "\u{FDD0}x\u{FDD0}0\u{FDD0}", "\u{FDD1}x\u{FDD1}"]
        {
            assert_eq!(pieces(odd), [Piece::Text(odd)]);
            assert_eq!(as_typed(odd), None);
            let beside = format!("{odd}{}", text("x"));
            assert_eq!(pieces(&beside), [Piece::Text(odd), Piece::Marked("x")]);
        }
        assert_eq!(pieces(""), []);
    }
}

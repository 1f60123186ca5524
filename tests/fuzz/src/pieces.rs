//! Texts put together from pieces that mean something to a reader.

use crate::bytes::Decisions;

/// What the bytes make of the pieces. Now and then there is a character that is none of them.
pub(crate) fn joined(pieces: &[&str], data: &[u8]) -> String {
    let mut decide = Decisions::new(data);
    let mut text = String::new();
    while !decide.is_over() {
        match decide.byte() {
            250.. => {
                let number = u32::from(decide.byte()) << 8 | u32::from(decide.byte());
                text.extend(char::from_u32(number * if number % 2 == 0 { 1 } else { 17 }));
            }
            byte => text.push_str(pieces[usize::from(byte) % pieces.len()]),
        }
    }
    text
}

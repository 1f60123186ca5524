//! Bytes as letters and digits: base 32 of RFC 4648.

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// In groups of eight, filled with `=`.
pub(super) fn encoded(bytes: &[u8]) -> String {
    let group = |chunk: &[u8]| {
        let bits = (0..5).fold(0u64, |bits, index| bits << 8 | u64::from(chunk.get(index).copied().unwrap_or(0)));
        let used = (chunk.len() * 8).div_ceil(5);
        (0..8).map(move |index| {
            let letter = LETTERS[usize::try_from(bits >> (35 - 5 * index) & 31).unwrap_or(0)];
            if index < used { char::from(letter) } else { '=' }
        })
    };
    bytes.chunks(5).flat_map(group).collect()
}

/// The bytes; line ends count for nothing. An error is what Go says.
pub(super) fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let text: Vec<u8> = text.bytes().filter(|byte| !b"\r\n".contains(byte)).collect();
    let mut bytes = Vec::new();
    for (number, group) in text.chunks(8).enumerate() {
        let wrong = |at: usize| format!("illegal base32 data at input byte {}", number * 8 + at);
        let used = group.iter().position(|byte| *byte == b'=').unwrap_or(group.len());
        let is_last = (number + 1) * 8 >= text.len();
        let mut bits = 0u64;
        for at in 0..8 {
            let value = match group.get(at) {
                None => return Err(wrong(0)),
                Some(b'=') if at >= used => 0,
                Some(letter) => LETTERS.iter().position(|known| known == letter).ok_or_else(|| wrong(at))?,
            };
            bits = bits << 5 | value as u64;
        }
        if used < 8 && (!is_last || ![2, 4, 5, 7].contains(&used)) {
            return Err(wrong(used));
        }
        bytes.extend_from_slice(&bits.to_be_bytes()[3..3 + used * 5 / 8]);
    }
    Ok(bytes)
}

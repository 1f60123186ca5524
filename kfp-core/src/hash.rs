//! Maps of names and indices that a pipeline makes itself: nobody chooses them to collide, so a short hash will do.

use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Short>>;
pub(crate) type HashSet<K> = std::collections::HashSet<K, BuildHasherDefault<Short>>;

/// A hash that takes a multiplication for eight bytes.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Short(u64);

impl Short {
    fn add(&mut self, word: u64) {
        // An odd number without a pattern: the golden ratio.
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Short {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.add(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    fn write_u32(&mut self, word: u32) {
        self.add(word.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.add(word as u64);
    }

    fn finish(&self) -> u64 {
        // A map looks at the lowest bits first, and the highest are the best.
        self.0 ^ (self.0 >> 32)
    }
}

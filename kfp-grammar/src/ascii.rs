//! Names of any script in ASCII: what Argo and Kubernetes take.

/// A text in ASCII letters.
pub(crate) struct Ascii {
    /// Letters of the Latin, Greek and Cyrillic scripts as English ones; a space for all else.
    pub(crate) text: String,
    /// What tells this text from others that have the same letters here; none if its letters say all.
    pub(crate) mark: Option<String>,
}

/// Lower-case letters that are written otherwise in English.
const LETTERS: &[(&str, &str)] = &[
    ("àáâãäåāăąạảấầẩẫậắằẳẵặ", "a"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěəẹẻẽếềểễệ", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıỉị", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõöøōŏőơọỏốồổỗộớờởỡợ", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűųưụủứừửữự", "u"),
    ("ŵ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżž", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
    ("αά", "a"),
    ("β", "v"),
    ("γ", "g"),
    ("δ", "d"),
    ("εέ", "e"),
    ("ζ", "z"),
    ("ηήιίϊΐ", "i"),
    ("θ", "th"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "x"),
    ("οόωώ", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("σς", "s"),
    ("τ", "t"),
    ("υύϋΰ", "y"),
    ("φ", "f"),
    ("χ", "ch"),
    ("ψ", "ps"),
    ("аә", "a"),
    ("б", "b"),
    ("в", "v"),
    ("гґғѓ", "g"),
    ("д", "d"),
    ("е", "e"),
    ("ё", "yo"),
    ("є", "ye"),
    ("ж", "zh"),
    ("з", "z"),
    ("иі", "i"),
    ("ї", "yi"),
    ("йј", "j"),
    ("кқќ", "k"),
    ("л", "l"),
    ("м", "m"),
    ("нң", "n"),
    ("оө", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("уўүұ", "u"),
    ("ф", "f"),
    ("хһ", "kh"),
    ("ц", "c"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("щ", "shch"),
    ("ъь", ""),
    ("ы", "y"),
    ("э", "e"),
    ("ю", "yu"),
    ("я", "ya"),
    ("ђ", "dj"),
    ("љ", "lj"),
    ("њ", "nj"),
    ("ћ", "c"),
    ("џ", "dz"),
];

/// Writes a text in ASCII.
pub(crate) fn ascii(text: &str) -> Ascii {
    let mut ascii = String::with_capacity(text.len());
    let mut is_whole = true;
    for c in text.chars() {
        match c {
            _ if c.is_ascii() => ascii.push(c),
            // Accents that are characters of their own.
            '\u{300}'..='\u{36f}' => {}
            _ => match letters(c) {
                Some(letters) => push(&mut ascii, letters, c.is_uppercase()),
                None => {
                    is_whole &= !c.is_alphanumeric();
                    ascii.push(' ');
                }
            },
        }
    }
    let has_letters = ascii.contains(|c: char| c.is_ascii_alphanumeric());
    let is_whole = is_whole && (has_letters || text.is_ascii());
    Ascii { text: ascii, mark: (!is_whole).then(|| format!("{:06x}", fingerprint(text) & 0xff_ffff)) }
}

fn letters(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next()?;
    LETTERS.iter().find(|(letters, _)| letters.contains(lower)).map(|(_, letters)| *letters)
}

fn push(text: &mut String, letters: &str, is_upper: bool) {
    let mut letters = letters.chars();
    if is_upper {
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    }
    text.extend(letters);
}

/// A short hash of a text: FNV-1a.
pub fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

//! The part of reading that is JSON.

use super::WireError;

type Json<'de> = serde_json::Deserializer<serde_json::de::StrRead<'de>>;

/// Runs one `deserialize_*` on a JSON text, and wants the text to end there.
pub(super) fn read<'de, T>(
    text: &'de str,
    what: &str,
    ask: impl FnOnce(&mut Json<'de>) -> serde_json::Result<T>,
) -> Result<T, WireError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = ask(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(|error| {
        if error.is_data() {
            // The text is JSON, and what it says does not fit: serde's own words name the field.
            return WireError::new(error.to_string());
        }
        WireError::new(format!("{}: {error}", WireError::expected(what, text)))
    })
}

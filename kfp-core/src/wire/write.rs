//! Values to text.

use super::finite::infinite;
use super::{WireError, shape};
use crate::graph::Shape;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The text of a value.
///
/// # Errors
/// A value that JSON cannot hold: a map with keys that are no text, a `NaN` inside a list or a struct.
pub fn to_text<T: Serialize + DeserializeOwned>(value: &T) -> Result<String, WireError> {
    let shape = shape::<T>();
    if let Some(float) = infinite(value) {
        return match shape {
            Shape::Float => Ok(float.to_string()),
            _ => Err(WireError::new(format!("JSON has no `{float}`, so it cannot stand inside a list or a struct"))),
        };
    }
    let json = serde_json::to_string(value).map_err(|error| WireError::new(error.to_string()))?;
    match shape {
        Shape::Text => Ok(serde_json::from_str(&json).unwrap_or(json)),
        _ => Ok(json),
    }
}

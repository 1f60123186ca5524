//! Files that are in a store already.

use super::Operand;

/// Where a file is that no task makes.
#[derive(Clone, PartialEq, Debug)]
pub struct Location {
    /// Argo's word for the store: `s3`, `gcs`, `http` or `git`.
    pub store: &'static str,
    /// What Argo has to know of it, each a text in parts; `accessKeySecret.name` is a field in an object.
    pub fields: Vec<(&'static str, Vec<Operand>)>,
}

impl Location {
    /// All that it is made of.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        self.fields.iter().flat_map(|(_, parts)| parts)
    }

    /// The text of a field, if it is constant.
    pub fn constant(&self, field: &str) -> Option<String> {
        let (_, parts) = self.fields.iter().find(|(name, _)| *name == field)?;
        let text = |part: &Operand| if let Operand::Literal(text) = part { Some(text.clone()) } else { None };
        parts.iter().map(text).collect()
    }
}

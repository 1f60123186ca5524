//! The names of types, with their properties.

use super::yaml::{Content, Node};

/// A type that KFP tells apart by its name and its properties: `CSV`, `{GCSPath: {data_type: CSV}}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeName {
    /// The name.
    pub name: String,
    /// The properties, by their names: what each is, as JSON.
    pub properties: Vec<(String, String)>,
}

/// The types of texts that KFP's `kfp.dsl.types` has.
const OF_TEXTS: [&str; 5] = ["GCSPath", "GCRPath", "GCPRegion", "GCPProjectID", "LocalPath"];

/// Of more properties, only all and none are known to fit.
const MOST: usize = 6;

impl TypeName {
    /// A name without properties.
    pub fn plain(name: &str) -> Self {
        Self { name: name.to_owned(), properties: Vec::new() }
    }

    /// A name with properties that are texts.
    pub fn with_texts(name: &str, properties: Vec<(String, String)>) -> Self {
        let quoted = properties.into_iter().map(|(key, text)| (key, quoted(&text))).collect();
        Self::new(name, quoted)
    }

    /// A name with properties as a file has them.
    pub(super) fn of(name: &str, properties: &Node) -> Self {
        let properties = match &properties.content {
            Content::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect(),
            _ => Vec::new(),
        };
        Self::new(name, properties)
    }

    fn new(name: &str, mut properties: Vec<(String, String)>) -> Self {
        properties.sort();
        Self { name: name.to_owned(), properties }
    }

    /// Whether it is a text whose type KFP itself names.
    pub fn is_of_text(&self) -> bool {
        OF_TEXTS.contains(&self.name.as_str())
    }

    /// The name and all properties, in one text.
    pub fn text(&self) -> String {
        self.text_with(&self.properties.iter().collect::<Vec<_>>())
    }

    /// The texts of all types that are given where this one is wanted: as in KFP, those of its name whose properties it has.
    pub fn fitting(&self) -> Vec<String> {
        let count = self.properties.len();
        if count > MOST {
            return vec![self.name.clone(), self.text()];
        }
        let subset = |bits: usize| {
            let chosen = self.properties.iter().enumerate().filter(|(index, _)| bits >> index & 1 == 1);
            self.text_with(&chosen.map(|(_, property)| property).collect::<Vec<_>>())
        };
        (0..1 << count).map(subset).collect()
    }

    fn text_with(&self, properties: &[&(String, String)]) -> String {
        if properties.is_empty() {
            return self.name.clone();
        }
        let properties = properties.iter().map(|(key, value)| format!("{}:{value}", quoted(key)));
        format!("{}{{{}}}", self.name, properties.collect::<Vec<_>>().join(","))
    }
}

fn json(node: &Node) -> String {
    match &node.content {
        Content::Null => "null".to_owned(),
        Content::Bool(flag) => flag.to_string(),
        Content::Number(number) => number.clone(),
        Content::Text(text) => quoted(text),
        Content::List(nodes) => format!("[{}]", nodes.iter().map(json).collect::<Vec<_>>().join(",")),
        Content::Map(entries) => {
            let mut entries: Vec<_> =
                entries.iter().map(|entry| format!("{}:{}", quoted(&entry.key), json(&entry.value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

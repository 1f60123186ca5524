//! `valueFrom.jqFilter`.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read};

/// What a filter gives for a document: texts as they are and everything else as JSON, one a line.
pub(crate) fn apply(filter: &str, json: &str) -> Result<String, String> {
    let input = read::parse_single(json.as_bytes()).map_err(|error| format!("it is no JSON: {error}"))?;
    let wrong = || format!("`{filter}` is no filter of jq");
    let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(definitions).load(&arena, File { code: filter, path: () }).map_err(|_| wrong())?;
    let compiled = Compiler::default().with_funs(functions).compile(modules).map_err(|_| wrong())?;
    let context = Ctx::<data::JustLut<Val>>::new(&compiled.lut, Vars::new([]));
    let mut lines = Vec::new();
    for value in compiled.id.run((context, input)).map(unwrap_valr) {
        lines.push(match value.map_err(|error| format!("`{filter}`: {error}"))? {
            Val::TStr(text) => String::from_utf8_lossy(&text).into_owned(),
            other => other.to_string(),
        });
    }
    Ok(lines.join("\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::apply;

    #[test]
    fn filters() {
        let json = r#"{"status":{"n":3,"names":["a","b"],"big":1.50}}"#;
        for (filter, wanted) in [
            (".status.n", "3"),
            (".status.names[]", "a\nb"),
            (".status.names", r#"["a","b"]"#),
            (".status.names | map(ascii_upcase) | join(\"-\")", "A-B"),
            ("[.status.n > 2, .absent]", "[true,null]"),
            (".status | keys", r#"["big","n","names"]"#),
        ] {
            assert_eq!(apply(filter, json).as_deref(), Ok(wanted), "{filter}");
        }
        assert!(apply(".status |", json).is_err());
        assert!(apply(".status.n | .[0]", json).is_err());
    }
}

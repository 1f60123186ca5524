//! The variables that are known at a place of the manifest, and the texts that hold them.

use crate::{Stuck, Values, expression};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// The variables of Argo, as one object: `inputs.parameters.x` is a member of a member of a member.
#[derive(Clone, Debug)]
pub struct Scope(Value);

impl Default for Scope {
    fn default() -> Self {
        Self(Value::Object(Map::new()))
    }
}

impl Scope {
    /// Sets a variable; objects on the way are made.
    pub fn set(&mut self, path: &[&str], value: impl Into<Value>) {
        let mut at = &mut self.0;
        for name in path {
            at = &mut at[*name];
        }
        *at = value.into();
    }

    /// Sets what a template is given or gives: `inputs`, or the `outputs` of a task.
    pub(crate) fn set_values(&mut self, path: &[&str], values: &Values) {
        let parameters: Map<String, Value> =
            values.parameters.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect();
        let artifacts: Map<String, Value> =
            values.artifacts.iter().map(|(name, path)| (name.clone(), json!({"path": path}))).collect();
        self.set(&[path, &["parameters"]].concat(), parameters);
        self.set(&[path, &["artifacts"]].concat(), artifacts);
    }

    /// A text with all its tags replaced. One that names nothing is an error, where Argo would wait for ever.
    pub fn substitute(&self, text: &str) -> Result<String, Stuck> {
        let mut whole = String::new();
        let mut rest = text;
        while let Some((before, tag)) = rest.split_once("{{") {
            let (tag, after) =
                tag.split_once("}}").ok_or_else(|| Stuck::new(format!("a tag of `{text}` is never closed")))?;
            whole.push_str(before);
            whole.push_str(&expression::text(self.tag(tag)?));
            rest = after;
        }
        Ok(whole + rest)
    }

    /// What an expression gives, as text.
    pub(crate) fn expression(&self, text: &str) -> Result<String, Stuck> {
        expression::evaluate(text, &self.0).map(expression::text)
    }

    /// The file that a reference or an expression names.
    pub(crate) fn artifact(&self, from: Option<&str>, expression: Option<&str>) -> Result<PathBuf, Stuck> {
        let value = match (from, expression) {
            (Some(from), _) => self.tag(from.trim_start_matches("{{").trim_end_matches("}}"))?,
            (None, Some(expression)) => expression::evaluate(expression, &self.0)?,
            (None, None) => return Err(Stuck::new("an artifact comes from nowhere that this runner knows")),
        };
        match value["path"].as_str() {
            Some(path) => Ok(PathBuf::from(path)),
            None => Err(Stuck::new(format!("{value} is no artifact"))),
        }
    }

    fn tag(&self, tag: &str) -> Result<Value, Stuck> {
        if let Some(expression) = tag.strip_prefix('=') {
            return expression::evaluate(expression, &self.0);
        }
        let mut at = &self.0;
        for name in tag.trim().split('.') {
            at = at.get(name).ok_or_else(|| Stuck::new(format!("`{{{{{tag}}}}}` names nothing")))?;
        }
        Ok(at.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_text() {
        let mut scope = Scope::default();
        scope.set(&["inputs", "parameters", "n"], "5");
        scope.set(&["item"], json!({"lr": "0.1"}));
        assert_eq!(scope.substitute("a {{inputs.parameters.n}}{{=int(inputs.parameters.n) + 1}}").unwrap(), "a 56");
        assert_eq!(scope.substitute("{{item.lr}} {{item}}").unwrap(), r#"0.1 {"lr":"0.1"}"#);
        assert!(scope.substitute("{{inputs.parameters.m}}").is_err());
        assert!(scope.substitute("{{inputs").is_err());
    }
}

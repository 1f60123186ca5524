//! Nodes that wait for somebody: `suspend` without a duration.

use crate::error::{FILES, Refusal};
use crate::event::Kind;
use crate::history::History;
use kfp_core::argo::Template;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a person says to let a node go on: the values of its `supplied` outputs.
type Values = BTreeMap<String, String>;

/// How often is looked whether somebody has said so.
const PERIOD: Duration = Duration::from_millis(100);

/// Lets nodes of a run go on that wait for somebody, also before the run is resumed: `argo resume`.
///
/// Without a name, all that wait do. The values are those of outputs that are `supplied`. Gives the names of the nodes.
pub fn approve(folder: &Path, node: Option<&str>, values: &Values) -> Result<Vec<String>, Refusal> {
    let history = History::read(folder)?;
    let waiting = history.records.iter().filter(|record| record.node.kind == Kind::Suspend && record.ended.is_none());
    let is_meant = |name: &str| node.is_none_or(|node| name == node || name.ends_with(&format!(".{node}")));
    let names: Vec<_> = waiting.map(|record| record.node.node.clone()).filter(|name| is_meant(name)).collect();
    if names.is_empty() {
        let what = node.map_or_else(|| "no node".to_owned(), |node| format!("no node `{node}`"));
        return Err(Refusal::new(FILES, folder.display().to_string(), format!("{what} waits for somebody")));
    }
    let text = serde_json::to_string(values).unwrap_or_default();
    for name in &names {
        let path = file(folder, name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
            let new = path.with_extension("new");
            fs::write(&new, &text)?;
            fs::rename(&new, &path)
        });
        written.map_err(|error| Refusal::file(&path, &error))?;
    }
    Ok(names)
}

/// The file of a node. Names of nodes may hold anything.
fn file(folder: &Path, node: &str) -> PathBuf {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(node.as_bytes());
    let number = hash.iter().take(16).fold(0u128, |number, byte| number << 8 | u128::from(*byte));
    folder.join("approved").join(format!("{number:032x}.json"))
}

/// How nodes that wait for somebody go on.
#[derive(Clone, Default, Debug)]
pub(crate) struct Approvals {
    /// At once, with these values.
    pub(crate) all: Option<Values>,
}

impl Approvals {
    /// Waits until somebody lets a node go on; the values that were given.
    pub(crate) async fn wait(&self, folder: &Path, node: &str) -> Values {
        if let Some(values) = &self.all {
            return values.clone();
        }
        let path = file(folder, node);
        loop {
            // It is renamed to its place: what is there is whole.
            if let Some(values) = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
                return values;
            }
            tokio::time::sleep(PERIOD).await;
        }
    }
}

/// The outputs of a node that was let go on.
pub(crate) fn outputs(template: &Template, values: &Values) -> Result<Values, String> {
    let mut outputs = Values::new();
    for parameter in &template.outputs.parameters {
        let from = parameter.value_from.clone().unwrap_or_default();
        let own = || from.default.clone().or_else(|| parameter.value.clone()).map(|text| text.0);
        let Some(value) = values.get(&parameter.name).cloned().or_else(own) else {
            return Err(format!("nobody has supplied the output `{}`", parameter.name));
        };
        if !parameter.choices.is_empty() && !parameter.choices.iter().any(|choice| **choice == *value) {
            return Err(format!("`{value}` is not among the choices of the output `{}`", parameter.name));
        }
        outputs.insert(parameter.name.clone(), value);
    }
    Ok(outputs)
}

//! Config maps and secrets: from manifests that were given along, and from files and folders.

use crate::error::{Refusal, SOURCE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kfp_core::argo::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

type Keys = BTreeMap<String, Vec<u8>>;

/// What a workflow can read by the name of a config map or secret.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Sources {
    config_maps: BTreeMap<String, Keys>,
    secrets: BTreeMap<String, Keys>,
    paths: Vec<SourcePath>,
}

/// A config map or secret that was given by its path.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SourcePath {
    is_secret: bool,
    name: String,
    path: PathBuf,
}

impl Sources {
    pub(crate) const HELP: &str =
        "give it with `--config-map NAME=PATH` or `--secret NAME=PATH`, or as a manifest with `--with FILE`";

    /// Takes in the `ConfigMap`s and `Secret`s among manifests.
    pub(crate) fn read(&mut self, manifests: &[Manifest]) -> Result<(), String> {
        for manifest in manifests {
            let Manifest::Other(fields) = manifest else { continue };
            let name = fields.get("metadata").and_then(|metadata| metadata["name"].as_str()).unwrap_or_default();
            let (map, encoded) = match manifest.kind() {
                "ConfigMap" => (self.config_maps.entry(name.to_owned()).or_default(), "binaryData"),
                "Secret" => (self.secrets.entry(name.to_owned()).or_default(), "data"),
                _ => continue,
            };
            for plain in ["data", "stringData"].into_iter().filter(|field| *field != encoded) {
                map.extend(texts(fields, plain).map(|(key, text)| (key.clone(), text.into_bytes())));
            }
            for (key, text) in texts(fields, encoded) {
                let value = STANDARD.decode(text.replace(['\n', ' '], "")).map_err(|error| {
                    format!("{} `{name}`, `{encoded}.{key}`: it is no base64: {error}", manifest.kind())
                })?;
                map.entry(key.clone()).or_insert(value);
            }
        }
        Ok(())
    }

    /// Adds a config map from a path, as `kubectl create configmap NAME --from-file=PATH` does: a file is a key with its
    /// name, a folder a key for each of its files. A file that ends in `.env` has a key for each of its lines
    /// `KEY=VALUE`.
    pub fn add_config_map(&mut self, name: &str, path: &Path) -> Result<(), Refusal> {
        self.add(false, name, path)
    }

    /// Adds a secret from a path, in the same way.
    pub fn add_secret(&mut self, name: &str, path: &Path) -> Result<(), Refusal> {
        self.add(true, name, path)
    }

    fn add(&mut self, is_secret: bool, name: &str, path: &Path) -> Result<(), Refusal> {
        let maps = if is_secret { &mut self.secrets } else { &mut self.config_maps };
        let wrong = |error: io::Error| Refusal::new(SOURCE, path.display().to_string(), error.to_string());
        let path = std::path::absolute(path).map_err(wrong)?;
        add(maps.entry(name.to_owned()).or_default(), &path).map_err(wrong)?;
        self.paths.push(SourcePath { is_secret, name: name.to_owned(), path });
        Ok(())
    }

    /// What was given by path, for a run that is resumed.
    pub(crate) fn paths(&self) -> Vec<SourcePath> {
        self.paths.clone()
    }

    /// What a run was started with, read again, and what is given now over it.
    pub(crate) fn again(paths: &[SourcePath], over: &Self) -> Result<Self, Refusal> {
        let mut sources = Self::default();
        for it in paths {
            sources.add(it.is_secret, &it.name, &it.path)?;
        }
        sources.extend(over);
        Ok(sources)
    }

    pub(crate) fn extend(&mut self, over: &Self) {
        for (own, other) in [(&mut self.config_maps, &over.config_maps), (&mut self.secrets, &over.secrets)] {
            for (name, keys) in other {
                own.entry(name.clone()).or_default().extend(keys.clone());
            }
        }
        self.paths.extend(over.paths.clone());
    }

    pub(crate) fn config_map(&self, name: &str) -> Option<&Keys> {
        self.config_maps.get(name)
    }

    pub(crate) fn secret(&self, name: &str) -> Option<&Keys> {
        self.secrets.get(name)
    }

    /// The text that a `configMapKeyRef` means; nothing if it is optional and not there.
    pub(crate) fn config_map_key(&self, reference: &Value) -> Result<Option<String>, String> {
        key(reference, "config map", |name| self.config_map(name))
    }

    /// The text that a `secretKeyRef` means; nothing if it is optional and not there.
    pub(crate) fn secret_key(&self, reference: &Value) -> Result<Option<String>, String> {
        key(reference, "secret", |name| self.secret(name))
    }
}

fn texts<'a>(fields: &'a Map<String, Value>, field: &str) -> impl Iterator<Item = (&'a String, String)> {
    let entries = fields.get(field).and_then(Value::as_object).into_iter().flatten();
    entries.map(|(key, value)| (key, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
}

fn key<'a>(
    reference: &Value,
    kind: &str,
    find: impl FnOnce(&str) -> Option<&'a Keys>,
) -> Result<Option<String>, String> {
    let (name, key) = (reference["name"].as_str().unwrap_or_default(), reference["key"].as_str().unwrap_or_default());
    let keys = find(name);
    match (keys, keys.and_then(|keys| keys.get(key))) {
        (_, Some(value)) => Ok(Some(String::from_utf8_lossy(value).into_owned())),
        _ if reference["optional"] == true => Ok(None),
        (Some(_), None) => Err(format!("the {kind} `{name}` has no key `{key}`")),
        (None, None) => Err(format!("there is no {kind} `{name}`; {}", Sources::HELP)),
    }
}

fn add(keys: &mut Keys, path: &Path) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?.path();
            // A mounted config map has links and folders that start with dots.
            if entry.is_file() && !name(&entry).starts_with('.') {
                keys.insert(name(&entry), fs::read(&entry)?);
            }
        }
        return Ok(());
    }
    let value = fs::read(path)?;
    if path.extension().is_none_or(|ending| ending != "env") && name(path) != ".env" {
        keys.insert(name(path), value);
        return Ok(());
    }
    for line in String::from_utf8_lossy(&value).lines().map(str::trim) {
        if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            keys.insert(key.trim().to_owned(), value.trim().as_bytes().to_vec());
        }
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

//! Outputs that are remembered from one run to the next: `memoize`, and the caching of components as KFP means it.

use crate::call::Ready;
use crate::engine::Engine;
use crate::leaf;
use crate::outcome::{Outcome, Phase, Stored};
use kfp_core::argo::{Metadata, Template};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How old what is remembered may be, as ISO 8601 has it: `P0D` is never.
const STALENESS: &str = "pipelines.kubeflow.org/max_cache_staleness";
const OUTCOME: &str = "outcome.json";

/// A folder below the one that all runs share, and how old its content may be.
type Slot = (PathBuf, Option<Duration>);

/// Where a node is remembered.
pub(crate) struct Memory(Option<Slot>);

impl Memory {
    pub(crate) fn of(engine: &Engine, ready: &Ready) -> Self {
        Self(memoized(engine, ready).or_else(|| cached(engine, ready)))
    }

    /// What is remembered, with its artifacts in the store of this run.
    pub(crate) fn look(&self, engine: &Engine) -> Option<Outcome> {
        let (folder, age) = self.0.as_ref()?;
        let file = folder.join(OUTCOME);
        let written = fs::metadata(&file).ok()?.modified().ok()?;
        if age.is_some_and(|age| written.elapsed().is_ok_and(|elapsed| elapsed > age)) {
            return None;
        }
        let mut outcome: Outcome = serde_json::from_slice(&fs::read(&file).ok()?).ok()?;
        for (name, stored) in &mut outcome.outputs.artifacts {
            let key = format!("remembered/{}/{name}", folder.file_name()?.to_string_lossy());
            let to = engine.run.join("artifacts").join(&key);
            let _ = fs::remove_dir_all(&to).or_else(|_| fs::remove_file(&to));
            copy(&folder.join("artifacts").join(name), &to).ok()?;
            *stored = stored.at(key);
        }
        outcome.is_remembered = true;
        Some(outcome)
    }

    /// Remembers what went well. What cannot be remembered is done again.
    pub(crate) fn keep(&self, engine: &Engine, outcome: &Outcome) {
        if let Some((folder, _)) = self.0.as_ref().filter(|_| outcome.phase == Phase::Succeeded && !outcome.is_daemon) {
            let _ = keep(engine, folder, outcome);
        }
    }
}

fn keep(engine: &Engine, folder: &Path, outcome: &Outcome) -> io::Result<()> {
    let new = folder.with_extension(format!("{}.new", std::process::id()));
    let _ = fs::remove_dir_all(&new);
    fs::create_dir_all(&new)?;
    for (name, stored) in &outcome.outputs.artifacts {
        let (Stored::Key(key) | Stored::Plain(key) | Stored::Zip(key)) = stored else {
            return fs::remove_dir_all(&new);
        };
        copy(&engine.run.join("artifacts").join(key), &new.join("artifacts").join(name))?;
    }
    fs::write(new.join(OUTCOME), serde_json::to_vec(outcome)?)?;
    // Two runs may remember the same at the same time: then one of them is enough.
    let _ = fs::remove_dir_all(folder);
    fs::rename(&new, folder).or_else(|_| fs::remove_dir_all(&new))
}

/// Files are linked where that can be: nobody writes to what is stored.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

/// The place of a `memoize`, by the name of the config map that it would be in.
fn memoized(engine: &Engine, ready: &Ready) -> Option<Slot> {
    let memoize = ready.template.memoize.as_ref()?;
    let is_plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let cache = memoize.cache.as_ref()?["configMap"]["name"].as_str()?;
    if !is_plain(&memoize.key) || !is_plain(&cache.replace('.', "-")) || cache.starts_with('.') {
        return None;
    }
    let age = memoize.max_age.as_deref().and_then(|age| leaf::duration(age).ok());
    Some((engine.shared.join("cache").join(cache).join(&memoize.key), age))
}

/// The place of a component with outputs: the same code with the same inputs has the same.
fn cached(engine: &Engine, ready: &Ready) -> Option<Slot> {
    let template = &ready.template;
    let outputs = &template.outputs;
    let has_outputs = !outputs.parameters.is_empty() || !outputs.artifacts.is_empty();
    if !engine.caches || !has_outputs || !is_component(template) {
        return None;
    }
    let age = match template.metadata.annotations.get(STALENESS) {
        None => None,
        Some(text) => Some(seconds(kfp_grammar::iso8601::parse(text).ok()?)),
    };
    if age == Some(Duration::ZERO) {
        return None;
    }
    let mut hash = Sha256::new();
    // What does not change what it does is not looked at.
    let mut own = (**template).clone();
    (own.metadata, own.retry_strategy, own.name) = (Metadata::default(), None, String::new());
    hash.update(serde_json::to_vec(&own).ok()?);
    hash.update(engine.program_hash()?);
    for (name, stored) in &ready.artifacts {
        hash.update(name);
        match stored {
            Stored::Raw(text) => hash.update(text),
            Stored::Key(key) | Stored::Plain(key) | Stored::Zip(key) => {
                file(&engine.run.join("artifacts").join(key), &mut hash).ok()?;
            }
            Stored::Part { .. } | Stored::Elsewhere { .. } => return None,
        }
    }
    let number = hash.finalize().iter().take(16).fold(0u128, |number, byte| number << 8 | u128::from(*byte));
    Some((engine.shared.join("cache").join("components").join(format!("{number:032x}")), age))
}

/// As KFP's cache counts: a year has 365 days, a month 30.
fn seconds(period: kfp_grammar::iso8601::Period) -> Duration {
    let days = u64::from(period.years) * 365 + u64::from(period.months) * 30 + u64::from(period.weeks) * 7;
    let hours = (days + u64::from(period.days)) * 24 + u64::from(period.hours);
    Duration::from_secs((hours * 60 + u64::from(period.minutes)) * 60 + u64::from(period.seconds))
}

fn is_component(template: &Template) -> bool {
    template.container.as_ref().is_some_and(|container| {
        container.command.iter().chain(&container.args).nth(1).is_some_and(|verb| verb == "kfp-exec")
    })
}

/// Adds the content of a file or folder to a hash.
pub(crate) fn file(path: &Path, hash: &mut Sha256) -> io::Result<()> {
    if path.is_dir() {
        let mut names = fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
        names.sort();
        for name in names {
            hash.update(name.as_encoded_bytes());
            file(&path.join(&name), hash)?;
        }
        return Ok(());
    }
    hash.update(digest(path)?);
    Ok(())
}

/// Files of more bytes than this are worth a program of their own.
const LARGE: u64 = 4 * 1024 * 1024;

/// The SHA-256 of a file, in hexadecimal digits. The program of coreutils is many times faster than this one where that is
/// built without optimization, as users' programs mostly are, of many megabytes.
fn digest(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > LARGE
        && let Some(digest) = by_coreutils(path)
    {
        return Ok(digest);
    }
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(format!("{:x}", hash.finalize()))
}

fn by_coreutils(path: &Path) -> Option<String> {
    let said =
        Command::new("sha256sum").stdin(File::open(path).ok()?).output().ok().filter(|it| it.status.success())?;
    let digest = String::from_utf8(said.stdout).ok()?.split_whitespace().next()?.to_owned();
    (digest.len() == 64).then_some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_give_the_same_digest() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "abc").expect("a file");
        let digest = digest(&path).expect("a digest");
        assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(by_coreutils(&path).is_none_or(|other| other == digest));
    }
}

//! Outputs that are remembered from one run to the next: `memoize`.

use crate::call::Ready;
use crate::engine::Engine;
use crate::leaf;
use crate::outcome::{Outcome, Phase};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The file of a key: below the folder that all runs share, by the name of the config map that it would be in.
fn file(engine: &Engine, ready: &Ready) -> Option<(PathBuf, Option<Duration>)> {
    let memoize = ready.template.memoize.as_ref()?;
    let is_plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let cache = memoize.cache.as_ref()?["configMap"]["name"].as_str()?;
    if !is_plain(&memoize.key) || !cache.chars().all(|c| is_plain(&c.to_string()) || c == '.') || cache.starts_with('.')
    {
        return None;
    }
    let age = memoize.max_age.as_deref().and_then(|age| leaf::duration(age).ok());
    Some((engine.shared.join("cache").join(cache).join(format!("{}.json", memoize.key)), age))
}

/// What is remembered. Artifacts are in the folder of another run, so a node that gives some is never remembered.
pub(crate) fn look(engine: &Engine, ready: &Ready) -> Option<Outcome> {
    let (path, age) = file(engine, ready)?;
    let written = fs::metadata(&path).ok()?.modified().ok()?;
    if age.is_some_and(|age| written.elapsed().is_ok_and(|elapsed| elapsed > age)) {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Remembers what went well.
pub(crate) fn keep(engine: &Engine, ready: &Ready, outcome: &Outcome) {
    let Some((path, _)) = file(engine, ready) else { return };
    if outcome.phase != Phase::Succeeded || !outcome.outputs.artifacts.is_empty() || path.parent().is_none() {
        return;
    }
    // What cannot be remembered is done again.
    let folder = path.parent().map(fs::create_dir_all);
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    if let (Some(Ok(())), Ok(text)) = (folder, serde_json::to_string(outcome)) {
        let _ = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, &path));
    }
}

//! How files of tasks are kept and placed.

use super::Emitter;
use super::naming::port;
use super::resolve::output_name;
use crate::argo::{ArchiveStrategy, Artifact, Template};
use crate::graph::{Archive, Op, Options};
use serde_json::json;

impl Emitter<'_> {
    /// Lays what is said of files over the artifacts of a template.
    pub(super) fn files(&mut self, template: &mut Template, op: &Op, options: &Options) {
        for (index, stored) in &options.stored {
            let Some(output) = op.outputs.get(*index as usize) else { continue };
            let name = output_name(output);
            let fields = stored.kept.iter().flat_map(|kept| &kept.fields);
            let fields: Vec<_> = fields.map(|(field, text)| (*field, self.op_text(text, op.place))).collect();
            let Some(artifact) = template.outputs.artifacts.iter_mut().find(|it| it.name == name) else { continue };
            artifact.archive = stored.archive.map(archive);
            artifact.optional = stored.optional;
            if let Some(kept) = &stored.kept {
                keep(artifact, kept.store, fields);
            }
            if let Some(gc) = &stored.gc {
                artifact.other.insert("artifactGC".to_owned(), json!({ "strategy": gc }));
            }
        }
        for (index, placed) in &options.placed {
            let Some(input) = op.inputs.get(*index as usize) else { continue };
            let name = port(&input.name);
            let Some(artifact) = template.inputs.artifacts.iter_mut().find(|it| it.name == name) else { continue };
            artifact.mode = placed.mode.map(i32::from);
            artifact.recurse_mode = placed.recurse_mode;
            artifact.optional = placed.optional;
        }
    }
}

/// Where an artifact is; `accessKeySecret.name` is a field in an object.
pub(super) fn keep(artifact: &mut Artifact, store: &str, texts: Vec<(&str, String)>) {
    let mut fields = serde_json::Map::new();
    for (field, text) in texts {
        match field.split_once('.') {
            Some((object, field)) => {
                fields.entry(object).or_insert_with(|| json!({}))[field] = text.into();
            }
            None => drop(fields.insert(field.to_owned(), text.into())),
        }
    }
    match store {
        "s3" => artifact.s3 = Some(fields.into()),
        store => drop(artifact.other.insert(store.to_owned(), fields.into())),
    }
}

fn archive(archive: Archive) -> ArchiveStrategy {
    match archive {
        Archive::None => ArchiveStrategy { none: Some(json!({})), ..ArchiveStrategy::default() },
        Archive::Zip => ArchiveStrategy { zip: Some(json!({})), ..ArchiveStrategy::default() },
        Archive::Tar { compression_level } => ArchiveStrategy {
            tar: Some(json!({ "compressionLevel": compression_level })),
            ..ArchiveStrategy::default()
        },
    }
}

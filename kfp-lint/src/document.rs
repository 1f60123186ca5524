//! A manifest with the text that it was read from.

use crate::finding::Source;
use crate::path::Path;
use crate::tree::Tree;
use kfp_core::argo::{Manifest, ReadError, Spec, Template, documents};

/// One document of a file.
pub(crate) struct Document<'s> {
    pub(crate) source: Source<'s>,
    pub(crate) tree: Tree,
    pub(crate) manifest: Manifest,
}

/// Every document of a file.
pub(crate) fn read(source: Source<'_>) -> Result<Vec<Document<'_>>, ReadError> {
    let manifests: Vec<Manifest> = documents(source.text)?;
    let trees: Vec<Tree> = documents(source.text)?;
    let pairs = trees.into_iter().zip(manifests);
    Ok(pairs.map(|(tree, manifest)| Document { source, tree, manifest }).collect())
}

impl Document<'_> {
    /// What it is, and where that stands; none for what is not Argo's.
    pub(crate) fn spec(&self) -> Option<(&Spec, Path)> {
        let path = Path::default().field("spec");
        match &self.manifest {
            Manifest::Workflow(it) => Some((&it.spec, path)),
            Manifest::WorkflowTemplate(it) => Some((&it.spec, path)),
            Manifest::ClusterWorkflowTemplate(it) => Some((&it.spec, path)),
            Manifest::CronWorkflow(it) => Some((&it.spec.workflow_spec, path.field("workflowSpec"))),
            Manifest::Other(_) => None,
        }
    }

    /// Whether it runs as it stands, so that everything that it refers to has to be in it.
    pub(crate) fn is_run(&self) -> bool {
        matches!(self.manifest, Manifest::Workflow(_) | Manifest::CronWorkflow(_))
    }

    /// Its name for a `templateRef`, and whether it is of the cluster.
    pub(crate) fn library_name(&self) -> Option<(&str, bool)> {
        let (metadata, of_cluster) = match &self.manifest {
            Manifest::WorkflowTemplate(it) => (&it.metadata, false),
            Manifest::ClusterWorkflowTemplate(it) => (&it.metadata, true),
            _ => return None,
        };
        Some((metadata.name.as_deref()?, of_cluster))
    }

    /// Its templates, each with its place.
    pub(crate) fn templates(&self) -> impl Iterator<Item = (&Template, Path)> {
        let spec = self.spec();
        spec.into_iter().flat_map(|(spec, path)| {
            let path = path.field("templates");
            spec.templates.iter().enumerate().map(move |(index, template)| (template, path.item(index)))
        })
    }
}

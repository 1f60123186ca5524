//! The picture of a workflow before a run, or of a run.

use crate::runs::folder_of;
use crate::{refused, say};
use kfp_core::argo::{Manifest, Workflow, from_yaml};
use kfp_engine::History;
use kfp_view::Picture;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An SVG document.
    Svg,
    /// A Mermaid flow chart, for Markdown.
    Mermaid,
    /// A page on which one can move around and find tasks.
    Html,
}

/// Draws a manifest, or the run in a folder, into a file or on the standard output.
pub fn graph(of: &Path, form: Form, to: Option<&Path>) -> ExitCode {
    let picture = match read(of) {
        Ok(picture) => picture,
        Err(message) => return refused(&message),
    };
    let text = match form {
        Form::Svg => kfp_view::svg(&picture),
        Form::Mermaid => kfp_view::mermaid(&picture),
        Form::Html => kfp_view::page(&picture),
    };
    match to {
        None => say::out(text.trim_end()),
        Some(file) => {
            if let Err(error) = fs::write(file, text) {
                return refused(&format!("{}: {error}", file.display()));
            }
        }
    }
    ExitCode::SUCCESS
}

fn read(of: &Path) -> Result<Picture, String> {
    let run = folder_of(of);
    if run.is_dir() {
        return Ok(kfp_view::of_run(&History::read(&run).map_err(|refusal| refusal.to_string())?));
    }
    Ok(kfp_view::of_workflow(&workflow_of(of)?))
}

/// The first workflow of a file, or what a template or a cron workflow would run.
pub(crate) fn workflow_of(file: &Path) -> Result<Workflow, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    for manifest in from_yaml(&text).map_err(|error| format!("{}:{error}", file.display()))? {
        let (metadata, spec) = match manifest {
            Manifest::Workflow(it) => return Ok(*it),
            Manifest::WorkflowTemplate(it) => (it.metadata, it.spec),
            Manifest::ClusterWorkflowTemplate(it) => (it.metadata, it.spec),
            Manifest::CronWorkflow(it) => (it.metadata, it.spec.workflow_spec),
            Manifest::Other(_) => continue,
        };
        return Ok(Workflow { metadata, spec, ..Workflow::default() });
    }
    Err(format!("{}: there is no workflow in it", file.display()))
}

//! `kfp run`, `kfp resume` and `kfp approve`.

use crate::arguments::Job;
use kfp_console::{free_folder, refused};
use kfp_core::argo::{Manifest, Workflow};
use std::process::ExitCode;

/// Runs a workflow.
pub(crate) fn run(job: &Job) -> ExitCode {
    start(job).unwrap_or_else(|message| refused(&message))
}

fn start(job: &Job) -> Result<ExitCode, String> {
    let (mut workflow, mut beside) = (None, Vec::new());
    for manifest in kfp_console::manifests(&job.file)? {
        match manifest {
            Manifest::Workflow(it) if workflow.is_none() => workflow = Some(*it),
            Manifest::CronWorkflow(cron) if workflow.is_none() => {
                let (metadata, spec) = (cron.metadata, cron.spec.workflow_spec);
                workflow = Some(Workflow { metadata, spec, ..Workflow::default() });
            }
            other => beside.push(other),
        }
    }
    let workflow = workflow.ok_or_else(|| format!("{}: there is no Workflow in it", job.file.display()))?;
    let name = workflow.metadata.name.clone().or_else(|| workflow.metadata.generate_name.clone());
    let name = name.unwrap_or_else(|| "workflow".to_owned());
    let folder = job.options.out.clone().unwrap_or_else(|| free_folder(name.trim_end_matches('-')));
    Ok(kfp_console::run(&workflow, &job.options.to_engine(folder, beside)?, job.options.show()))
}

/// Goes on with a run.
pub(crate) fn resume(job: &Job) -> ExitCode {
    let options = job.options.to_engine(job.file.clone(), Vec::new());
    options.map_or_else(|message| refused(&message), |options| kfp_console::resume(&options, job.options.show()))
}

/// Lets what waits for somebody go on.
pub(crate) fn approve(job: &Job) -> ExitCode {
    let approved = kfp_console::approve(&job.file, job.node.as_deref(), &job.options.parameters);
    approved.map_or_else(|message| refused(&message), |()| ExitCode::SUCCESS)
}

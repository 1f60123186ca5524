//! `kfp run` and `kfp resume`.

use crate::arguments::Job;
use kfp_console::{Show, free_folder, refused, say};
use kfp_core::argo::{Manifest, Workflow, from_yaml};
use kfp_engine::Options;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs a workflow.
pub(crate) fn run(job: &Job) -> ExitCode {
    let (workflow, along) = match manifests(job) {
        Ok(found) => found,
        Err(message) => return refused(&message),
    };
    let name = workflow.metadata.name.clone().or_else(|| workflow.metadata.generate_name.clone());
    let name = name.unwrap_or_else(|| "workflow".to_owned());
    let folder = job.out.clone().unwrap_or_else(|| free_folder(name.trim_end_matches('-')));
    let options = options(job, folder, along);
    kfp_console::run(&workflow, &options, show(job))
}

/// Goes on with a run.
pub(crate) fn resume(job: &Job) -> ExitCode {
    let options = options(job, job.file.clone(), Vec::new());
    kfp_console::resume(&options, show(job))
}

fn show(job: &Job) -> Show {
    if job.json { Show::Json } else { Show::Progress }
}

fn options(job: &Job, folder: PathBuf, along: Vec<Manifest>) -> Options {
    let beside = folder.parent().map_or_else(|| PathBuf::from("shared"), |parent| parent.join("shared"));
    Options {
        shared: job.shared.clone().unwrap_or(beside),
        parameters: job.parameters.clone(),
        along,
        program: job.program.clone(),
        slots: job.slots,
        isolate: job.is_alone,
        sources: job.sources.clone(),
        images: job.images.clone(),
        cache: !job.is_uncached,
        runner: job.runner,
        again: job.again.clone(),
        supplied: job.supplied.clone(),
        ..Options::new(folder)
    }
}

fn manifests(job: &Job) -> Result<(Workflow, Vec<Manifest>), String> {
    let mut workflow = None;
    let mut along = Vec::new();
    for (index, file) in std::iter::once(&job.file).chain(&job.along).enumerate() {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        for manifest in from_yaml(&text).map_err(|error| format!("{}:{error}", file.display()))? {
            match manifest {
                Manifest::Workflow(it) if index == 0 && workflow.is_none() => workflow = Some(*it),
                Manifest::CronWorkflow(cron) if index == 0 && workflow.is_none() => {
                    workflow = Some(Workflow {
                        metadata: cron.metadata,
                        spec: cron.spec.workflow_spec,
                        ..Workflow::default()
                    });
                }
                other => along.push(other),
            }
        }
    }
    let workflow = workflow.ok_or_else(|| format!("{}: there is no Workflow in it", job.file.display()))?;
    Ok((workflow, along))
}

/// `kfp approve`.
pub(crate) fn approve(job: &Job) -> ExitCode {
    match kfp_engine::approve(&kfp_console::folder_of(&job.file), job.node.as_deref(), &job.parameters) {
        Ok(names) => {
            for name in names {
                say::out(&format!("goes on    {name}"));
            }
            ExitCode::SUCCESS
        }
        Err(refusal) => refused(&refusal.to_string()),
    }
}

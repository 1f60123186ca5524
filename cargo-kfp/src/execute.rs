//! `kfp run` and `kfp resume`.

use crate::arguments::Job;
use crate::say;
use kfp_core::argo::{Manifest, Workflow, from_yaml};
use kfp_engine::{Ended, Event, Kind, Options, Phase, Refusal, Report};
use std::fs;
use std::path::{Path, PathBuf};
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
    told(job, |json| kfp_engine::run(&workflow, &options, move |event| tell(event, json), interrupted()))
}

/// Goes on with a run.
pub(crate) fn resume(job: &Job) -> ExitCode {
    let options = options(job, job.file.clone(), Vec::new());
    told(job, |json| kfp_engine::resume(&options, move |event| tell(event, json), interrupted()))
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
        supplied: job.resumes.then(|| job.supplied.clone()),
        ..Options::new(folder)
    }
}

/// `kfp-runs/NAME-NUMBER` with the first number that is free.
fn free_folder(name: &str) -> PathBuf {
    let folders = (1u64..).map(|number| Path::new("kfp-runs").join(format!("{name}-{number}")));
    folders.into_iter().find(|folder| !folder.exists()).unwrap_or_else(|| PathBuf::from("kfp-runs").join(name))
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

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without the signal's handler, the signal just ends the program; the run can be resumed all the same.
        std::future::pending::<()>().await;
    }
}

fn told(job: &Job, run: impl FnOnce(bool) -> Result<Report, Refusal>) -> ExitCode {
    let report = match run(job.json) {
        Ok(report) => report,
        Err(refusal) => return refused(&refusal.to_string()),
    };
    let phase = report.phase.map_or_else(|| "Interrupted".to_owned(), |phase| phase.to_string());
    let folder = report.folder.display();
    if job.json {
        let line = serde_json::json!({
            "event": "over", "workflow": report.name, "phase": phase, "message": report.message,
            "folder": report.folder,
        });
        say::out(&line.to_string());
    } else {
        let why = if report.message.is_empty() { String::new() } else { format!(": {}", report.message) };
        say::out(&format!("{} {phase}{why}\nlogs are in {folder}/tasks, artifacts in {folder}/artifacts", report.name));
    }
    match report.phase {
        Some(Phase::Succeeded) => ExitCode::SUCCESS,
        Some(_) => ExitCode::FAILURE,
        None => {
            say::err(&format!("go on with: kfp resume {folder}"));
            ExitCode::from(3)
        }
    }
}

fn refused(message: &str) -> ExitCode {
    say::err(&format!("error: {message}"));
    ExitCode::from(2)
}

/// A line for an event.
fn tell(event: &Event, json: bool) {
    if json {
        if matches!(event, Event::Over { .. }) {
            // The line about the report says that and more.
            return;
        }
        say::out(&serde_json::to_string(event).unwrap_or_default());
        return;
    }
    match event {
        Event::Note { message } => say::err(&format!("note: {message}")),
        Event::Started(node) => match node.kind {
            Kind::Pod => say::out(&format!("start      {}", node.node)),
            Kind::Suspend => say::out(&format!("wait       {}", node.node)),
            _ => {}
        },
        Event::Ended(ended) => {
            let Ended { node, kind, outcome, before, log, .. } = &**ended;
            if kind.is_group() && outcome.phase != Phase::Error {
                return;
            }
            let before = if *before { " (before)" } else { "" };
            let why = if outcome.message.is_empty() { String::new() } else { format!(": {}", outcome.message) };
            let phase = outcome.phase.to_string();
            say::out(&format!("{phase:10} {node}{before} {:.2} s{why}", outcome.seconds));
            for line in log {
                say::out(&format!("           | {line}"));
            }
        }
        Event::Over { .. } => {}
    }
}

/// `kfp approve`.
pub(crate) fn approve(job: &Job) -> ExitCode {
    match kfp_engine::approve(&job.file, job.node.as_deref(), &job.parameters) {
        Ok(names) => {
            for name in names {
                say::out(&format!("goes on    {name}"));
            }
            ExitCode::SUCCESS
        }
        Err(refusal) => refused(&refusal.to_string()),
    }
}

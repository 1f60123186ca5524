//! Runs a workflow, or goes on with one, and says how it went.

use crate::progress::Progress;
use crate::{lines, report, say};
use kfp_core::argo::Workflow;
use kfp_engine::{Event, Options, Phase, Refusal, Report};
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

/// How a run is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// A tree of what runs, with durations, on a terminal; a line for each change elsewhere.
    Progress,
    /// A line for each change.
    Lines,
    /// A line of JSON for each event.
    Json,
}

/// Runs a workflow to its end. The exit code is 0 if it succeeded, 1 if it failed, 2 if it was refused, 3 if it was
/// interrupted.
pub fn run(workflow: &Workflow, options: &Options, show: Show) -> ExitCode {
    told(show, |tell| kfp_engine::run(workflow, options, tell, interrupted()))
}

/// Goes on with the run in the folder of the options.
pub fn resume(options: &Options, show: Show) -> ExitCode {
    told(show, |tell| kfp_engine::resume(options, tell, interrupted()))
}

/// Says why something was not done; exit code 2.
pub fn refused(message: &str) -> ExitCode {
    say::err(&format!("error: {message}"));
    ExitCode::from(2)
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without the signal's handler, the signal just ends the program; the run can be resumed all the same.
        std::future::pending::<()>().await;
    }
}

type Tell = Box<dyn Fn(&Event)>;

fn told(show: Show, run: impl FnOnce(Tell) -> Result<Report, Refusal>) -> ExitCode {
    let tell: Tell = match show {
        Show::Json => Box::new(json),
        Show::Progress if stderr().is_terminal() => {
            let progress = Progress::default();
            Box::new(move |event| progress.tell(event))
        }
        Show::Progress | Show::Lines => Box::new(lines::tell),
    };
    let outcome = match run(tell) {
        Ok(outcome) => outcome,
        Err(refusal) => return refused(&refusal.to_string()),
    };
    let page = report::write(&outcome.folder);
    let phase = outcome.phase.map_or_else(|| "Interrupted".to_owned(), |phase| phase.to_string());
    let folder = outcome.folder.display();
    if show == Show::Json {
        let line = serde_json::json!({
            "event": "over", "workflow": outcome.name, "phase": phase, "message": outcome.message,
            "folder": outcome.folder, "report": page.as_ref().ok(),
        });
        say::out(&line.to_string());
    } else {
        let why = if outcome.message.is_empty() { String::new() } else { format!(": {}", outcome.message) };
        say::out(&format!("{} {phase}{why}", outcome.name));
        let artifacts = if outcome.folder.join("artifacts").exists() {
            format!(", artifacts in {folder}/artifacts")
        } else {
            String::new()
        };
        say::out(&format!("logs are in {folder}/tasks{artifacts}"));
        match page {
            Ok(page) => say::out(&format!("the report is {}", page.display())),
            Err(error) => say::err(&format!("note: there is no report: {error}")),
        }
    }
    match outcome.phase {
        Some(Phase::Succeeded) => ExitCode::SUCCESS,
        Some(_) => ExitCode::FAILURE,
        None => {
            say::err(&format!("go on with: kfp resume {folder}"));
            ExitCode::from(3)
        }
    }
}

fn json(event: &Event) {
    // The line about the outcome says that, and more.
    if !matches!(event, Event::Over { .. }) {
        say::out(&serde_json::to_string(event).unwrap_or_default());
    }
}

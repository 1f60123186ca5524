//! The command `kfp`.

mod arguments;
mod execute;
mod lint;

use arguments::Verb;
use kfp_console::say;
use kfp_engine::Runner;
use std::process::ExitCode;

fn main() -> ExitCode {
    let verb = arguments::read();
    if let Ok(verb) = &verb
        && verb.runner() == Runner::Host
    {
        // Before there are threads; containers of podman have one of their own.
        kfp_engine::enter_user_namespace();
    }
    match verb {
        Ok(Verb::Help) => {
            say::out(&arguments::help());
            ExitCode::SUCCESS
        }
        Ok(Verb::Version) => {
            say::out(concat!("kfp ", env!("CARGO_PKG_VERSION")));
            ExitCode::SUCCESS
        }
        Ok(Verb::Explain(code)) => explain(&code),
        Ok(Verb::Run(job)) => execute::run(&job),
        Ok(Verb::Resume(job)) => execute::resume(&job),
        Ok(Verb::Lint(job)) => lint::lint(&job),
        Ok(Verb::Runs(folder)) => kfp_console::runs(&folder),
        Ok(Verb::Logs(run, task)) => kfp_console::logs(&run, task.as_deref()),
        Ok(Verb::Report(run)) => kfp_console::report(&run),
        Ok(Verb::Size(file)) => kfp_console::size(&file),
        Ok(Verb::Graph(job)) => kfp_console::graph(&job.of, job.form, job.to.as_deref()),
        Ok(Verb::Approve(job)) => execute::approve(&job),
        Err(message) => {
            say::err(&format!("error: {message}\n\ntry `kfp --help`"));
            ExitCode::from(2)
        }
    }
}

fn explain(code: &str) -> ExitCode {
    match code.parse().ok().and_then(kfp_explain::explain) {
        Some(page) => {
            say::out(page.trim_end());
            ExitCode::SUCCESS
        }
        None => {
            say::err(&format!("error: there is no code `{code}`; write one as messages show it, `KFP104`"));
            ExitCode::from(2)
        }
    }
}

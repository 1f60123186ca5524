//! The command `kfp`.

mod arguments;
mod execute;
mod lint;
mod say;

use arguments::Verb;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Before there are threads.
    kfp_engine::enter_user_namespace();
    match arguments::read() {
        Ok(Verb::Help) => {
            say::out(arguments::HELP);
            ExitCode::SUCCESS
        }
        Ok(Verb::Version) => {
            say::out(concat!("kfp ", env!("CARGO_PKG_VERSION")));
            ExitCode::SUCCESS
        }
        Ok(Verb::Run(job)) => execute::run(&job),
        Ok(Verb::Resume(job)) => execute::resume(&job),
        Ok(Verb::Lint(job)) => lint::lint(&job),
        Ok(Verb::Approve(job)) => execute::approve(&job),
        Err(message) => {
            say::err(&format!("error: {message}\n\ntry `kfp --help`"));
            ExitCode::from(2)
        }
    }
}

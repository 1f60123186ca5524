//! `report.html` in the folder of a run.

use crate::runs::folder_of;
use crate::{refused, say};
use kfp_engine::History;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Writes the report of a run, also of one that goes on or was cut short, and says where it is.
pub fn report(folder: &Path) -> ExitCode {
    match write(&folder_of(folder)) {
        Ok(page) => {
            say::out(&page.display().to_string());
            ExitCode::SUCCESS
        }
        Err(message) => refused(&message),
    }
}

pub(crate) fn write(folder: &Path) -> Result<PathBuf, String> {
    let history = History::read(folder).map_err(|refusal| refusal.to_string())?;
    let page = folder.join("report.html");
    let draft = folder.join(".report.html");
    let failed = |error: std::io::Error| format!("{}: {error}", page.display());
    fs::write(&draft, kfp_view::report(&history)).map_err(failed)?;
    fs::rename(&draft, &page).map_err(failed)?;
    Ok(page)
}

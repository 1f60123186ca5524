//! A pause of the run.

use super::OpText;

/// A pause, until its time is over or somebody resumes it. Argo's `suspend`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Suspend {
    /// How long at most: `10m`, a bare number is seconds; until somebody resumes it if not given.
    pub duration: Option<OpText>,
}

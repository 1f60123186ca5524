//! What is asked of the end of a task, beyond that it succeeds.

use super::BlockId;

/// What happens when a task or a call has ended.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ending {
    /// Whether what comes after goes on when it has failed. Then its outputs exist only where it is known to have
    /// succeeded, and its [`Source::Status`](super::Source) exists everywhere.
    pub caught: bool,
    /// What runs then.
    pub hooks: Vec<Hook>,
}

impl Ending {
    /// Whether nothing special is asked.
    pub fn is_plain(&self) -> bool {
        !self.caught && self.hooks.is_empty()
    }
}

/// What runs when a task has ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Hook {
    /// After which ends.
    pub on: Trigger,
    /// What runs.
    pub block: BlockId,
}

/// The ends of a task that a hook runs after.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Trigger {
    /// All.
    Exit,
    /// It has succeeded.
    Success,
    /// It has failed, or could not be run.
    Failure,
    /// It could not be run: Argo's phase `Error`.
    Error,
}

impl Trigger {
    /// The name of such a hook.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exit => "on-exit",
            Self::Success => "on-success",
            Self::Failure => "on-failure",
            Self::Error => "on-error",
        }
    }

    /// The results of Argo's `depends` that it stands for.
    pub fn results(self) -> &'static [&'static str] {
        match self {
            Self::Exit => &["Succeeded", "Failed", "Errored", "Skipped", "Omitted"],
            Self::Success => &["Succeeded"],
            Self::Failure => &["Failed", "Errored"],
            Self::Error => &["Errored"],
        }
    }
}

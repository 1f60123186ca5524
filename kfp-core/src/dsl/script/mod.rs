//! Components whose function travels in the manifest as source, and is compiled when the container starts.

mod shell;
mod source;

/// What a script component says of its function.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    /// The name of the function, as Rust has it.
    pub function: &'static str,
    /// Its source, without the attributes that are the component's.
    pub source: &'static str,
    /// What it takes, in order: the input or the output, and how it travels.
    pub params: &'static [(&'static str, Passed)],
    /// The types of its artifacts, which are empty types in the script.
    pub artifacts: &'static [&'static str],
    /// How what it returns travels; none for nothing.
    pub returns: Option<Passed>,
    /// Whether it returns a `Result`.
    pub fallible: bool,
    /// The lines of a `[dependencies]` table.
    pub dependencies: &'static [&'static str],
}

/// How something travels to and from a function in a script.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passed {
    /// As text that the prelude reads and writes.
    Scalar,
    /// As JSON that the prelude reads and writes.
    Json,
    /// As JSON, by `serde_json`.
    Serde,
    /// `Input<A>`
    Input,
    /// `Output<A>`
    Output,
}

impl Script {
    /// The command of its container: a shell that compiles the source, then runs it with the arguments.
    pub(super) fn command(&self, component: &str) -> [String; 4] {
        let source = source::program(self, component);
        let script = shell::script(&source, self.dependencies);
        ["sh".to_owned(), "-ec".to_owned(), script, component.to_owned()]
    }
}

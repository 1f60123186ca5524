//! The catalogue of codes.

use std::fmt;

/// The name of one kind of mistake, as `KFP204`: stable, and the same wherever it is found.
///
/// The first digit says where: `0` in the source (macros), `1` types and wiring (rustc, through our traits), `2` the
/// whole graph, `3` a literal in one of the small languages, `4` `cargo build` and files, `5` inside the container.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KFP{:03}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

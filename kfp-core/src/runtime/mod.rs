//! Inside the container: arguments become typed inputs, results become files.

/// One call of a component in its container.
#[derive(Debug)]
pub struct Invocation {}

/// Why a component did not end well.
#[derive(Debug)]
pub struct Failure {}

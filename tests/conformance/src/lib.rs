//! What the conformance tests share: the data beside the repository, tools that may be missing, and the odd strings.

pub mod compare;
pub mod data;
pub mod go_expr;
pub mod odd;
pub mod tool;

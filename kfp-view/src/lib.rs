//! Pictures of Argo workflows, before they run and afterwards, and reports of their runs.
//!
//! ```
//! use kfp_core::argo::Workflow;
//!
//! let workflow = Workflow::from_yaml("\
//! apiVersion: argoproj.io/v1alpha1
//! kind: Workflow
//! metadata: {name: two}
//! spec:
//!   entrypoint: main
//!   templates:
//!   - name: main
//!     dag:
//!       tasks:
//!       - {name: first, template: wait}
//!       - {name: second, template: wait, dependencies: [first]}
//!   - {name: wait, suspend: {duration: '1'}}
//! ").unwrap();
//! let picture = kfp_view::of_workflow(&workflow);
//! assert_eq!(picture.root.count(), 2);
//! assert!(kfp_view::svg(&picture).contains(">second</text>"));
//! ```

#![warn(missing_docs)]

mod layout;
mod manifest;
mod mermaid;
mod page;
mod picture;
mod report;
mod run;
mod svg;

pub use manifest::of_workflow;
pub use mermaid::mermaid;
pub use page::page;
pub use picture::{Group, Node, Picture, State, Task, duration};
pub use report::report;
pub use run::of_run;
pub use svg::svg;

//! Tasks, steps, and what they call.

use super::field::model;
use super::{Arguments, IntOrString, Template};
use serde_json::Value;
use std::collections::BTreeMap;

model! {
    /// Tasks with edges between them (`DAGTemplate`).
    pub struct Dag {
        /// The tasks to reach, separated by spaces; every leaf if not given.
        pub target: Option<String>,
        /// Whether nothing new starts once a branch has failed; `true` if not given.
        pub fail_fast: Option<bool>,
        /// The tasks.
        pub tasks: Vec<Task>,
    }

    /// A task of a DAG or a step of a list of steps (`DAGTask`, `WorkflowStep`).
    pub struct Task {
        /// The name: `[a-zA-Z0-9][-a-zA-Z0-9]*`, at most 128 characters.
        pub name: String,
        /// The template it calls.
        pub template: Option<String>,
        /// The template it calls, of another manifest.
        pub template_ref: Option<TemplateRef>,
        /// The template it calls, written here.
        pub inline: Option<Box<Template>>,
        /// The tasks it comes after; not in a step, not together with `depends`.
        pub dependencies: Vec<String>,
        /// The tasks and phases it comes after, as an expression; not in a step.
        pub depends: Option<String>,
        /// Whether it runs.
        pub when: Option<String>,
        /// What it passes.
        pub arguments: Arguments,
        /// Runs once for each of these.
        pub with_items: Vec<Value>,
        /// Runs once for each item of this JSON list.
        pub with_param: Option<String>,
        /// Runs once for each of these numbers.
        pub with_sequence: Option<Sequence>,
        /// Phases that count as success; not together with `depends`.
        pub continue_on: Option<ContinueOn>,
        /// What is called when it ends; deprecated for `hooks`.
        pub on_exit: Option<String>,
        /// What is called when something happens, by name; `exit` is when it ends.
        pub hooks: BTreeMap<String, Hook>,
    }

    /// A template of a WorkflowTemplate (`TemplateRef`).
    pub struct TemplateRef {
        /// The name of the WorkflowTemplate.
        pub name: String,
        /// The name of the template.
        pub template: String,
        /// Whether it is a ClusterWorkflowTemplate.
        pub cluster_scope: bool,
    }

    /// Numbers (`Sequence`): `count` of them, or until `end`.
    pub struct Sequence {
        /// How many.
        pub count: Option<IntOrString>,
        /// The first; 0 if not given.
        pub start: Option<IntOrString>,
        /// The last.
        pub end: Option<IntOrString>,
        /// A printf format; `%d` if not given.
        pub format: Option<String>,
    }

    /// Phases that count as success (`ContinueOn`).
    pub struct ContinueOn {
        /// `Error` does.
        pub error: bool,
        /// `Failed` does.
        pub failed: bool,
    }

    /// What is called when something happens (`LifecycleHook`).
    pub struct Hook {
        /// The template.
        pub template: Option<String>,
        /// The template, of another manifest.
        pub template_ref: Option<TemplateRef>,
        /// When, as an expression; not for `exit`.
        pub expression: Option<String>,
        /// What it is passed.
        pub arguments: Arguments,
    }
}

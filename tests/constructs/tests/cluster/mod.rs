//! Argo's own controller, where `tests/cluster/run` has started one.

use kfp::argo::Workflow;
use kfp_engine::Phase;
use serde::Deserialize;
use std::process::Command;
use std::{env, fs};

/// A cluster that takes workflows.
pub(crate) struct Cluster {
    /// The command that hands over a file.
    submit: Vec<String>,
}

/// What it says of a workflow; the fields that are compared.
#[derive(Deserialize, Debug)]
struct Told {
    phase: Option<Phase>,
    refused: Option<String>,
    printed: Vec<String>,
}

impl Cluster {
    /// The one that `KFP_CLUSTER` says how to reach, for a manifest that is compared: its kubelet keeps no daemons, stages
    /// no scripts and mounts no volumes.
    pub(crate) fn of(name: &str) -> Option<Self> {
        if matches!(name, "daemons" | "container_op_script" | "container_sets" | "conf_data_volume") {
            return None;
        }
        let command = env::var("KFP_CLUSTER").ok()?;
        Some(Self { submit: command.split_whitespace().map(str::to_owned).collect() })
    }

    /// Runs a workflow; gives how it ended and the lines that its steps printed, sorted.
    pub(crate) fn run(&self, workflow: &Workflow, parameters: &[(&str, &str)]) -> (Phase, Vec<String>) {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("workflow.yaml");
        fs::write(&file, workflow.to_yaml()).expect("a file");
        let mut command = Command::new(&self.submit[0]);
        command.args(&self.submit[1..]).arg(&file);
        command.args(parameters.iter().map(|(name, value)| format!("{name}={value}")));
        let output = command.output().expect("the program of the cluster");
        let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let told: Told = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}{wrong}"));
        assert_eq!(told.refused, None);
        (told.phase.unwrap_or_else(|| panic!("no end: {said}")), told.printed)
    }
}

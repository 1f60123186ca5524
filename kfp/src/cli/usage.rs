//! What `--help` says.

/// The user's package.
#[derive(Debug)]
pub(super) struct Program<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
}

impl Program<'_> {
    pub(super) fn usage(&self) -> String {
        let name = self.name;
        format!(
            "{name} {}: the pipelines and components of this crate

  {name} list                         what there is, and where it is declared
  {name} compile NAME                 prints the manifest of a pipeline
  {name} compile NAME --kind KIND     as a Workflow, WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow
  {name} compile NAME -o FILE.yaml    writes it
  {name} compile -o FOLDER            writes the manifests of all pipelines
  {name} compile .. --json            writes JSON on one line, as does -o FILE.json
  {name} compile NAME -o FILE.zip     as an archive with `pipeline.yaml`, or FILE.tar.gz, FILE.tgz (feature `archive`)
  {name} component NAME [-o FILE]     the component.yaml of a component, for pipelines in Python; -o FOLDER for all
  {name} run NAME [--PARAMETER VALUE] runs a pipeline on this machine (feature `engine`)
  {name} resume FOLDER                goes on with a run that was cut short
  {name} runs, {name} logs FOLDER     what has run here, and what its tasks printed
  {name} report FOLDER                writes FOLDER/report.html anew
  {name} approve FOLDER [NODE]        lets what waits for somebody go on; -p NAME=VALUE for its outputs
  {name} explain KFP104               what a code means, with a wrong and a right example
  {name} kfp-exec COMPONENT ..        runs a component; manifests call this inside a container

      --deny CODES   with compile: these warnings are errors, `warnings` for all; also by the variable KFP_DENY
  -h, --help         shows this
  -V, --version      shows the version
{}",
            self.version,
            options()
        )
    }
}

/// The options of `run` and `resume`.
#[cfg(feature = "engine")]
fn options() -> String {
    format!("\nwith run and resume (a parameter of such a name: -p NAME=VALUE):\n{}\n", kfp_console::RunOptions::HELP)
}

#[cfg(not(feature = "engine"))]
fn options() -> &'static str {
    ""
}

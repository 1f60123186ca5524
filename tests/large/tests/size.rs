//! How many bytes a task has.

use kfp_large::workloads::CHAIN;

/// With one reference and one constant, under the names that the user wrote, and with all else that is in the file.
#[test]
fn a_task_of_a_chain_has_less_than_200_bytes() {
    for tasks in [150, 191, 1000, 5000] {
        let workflow = CHAIN.workflow(tasks);
        let yaml = workflow.to_yaml().len();
        assert!(yaml <= 190 * tasks, "{tasks} tasks: {yaml} bytes of YAML");
        let json = kfp_core::argo::to_json(&workflow).len();
        assert!(json <= 190 * tasks, "{tasks} tasks: {json} bytes of JSON");
    }
}

//! Test pipelines of the SDK, of which manifests lie beside the repository.

mod flips;
mod inputs;
mod loops;
mod pods;
mod volumes;
mod words;

use super::Named;

/// All of them.
pub const ALL: &[Named] = &[
    ("add_pod_env", pods::add_pod_env::workflow),
    ("basic", words::basic::workflow),
    ("basic_no_decorator", words::basic_no_decorator::workflow),
    ("compose", words::compose::workflow),
    ("default_value", words::default_value::workflow),
    ("imagepullsecrets", pods::imagepullsecrets::workflow),
    ("input_artifact_raw_value", inputs::raw_values::workflow),
    ("parallelfor_pipeline_param_in_items_resolving", loops::params_in_items::workflow),
    ("param_op_transform", pods::param_op_transform::workflow),
    ("preemptible_tpu_gpu", flips::preemptible::workflow),
    ("recursive_while", flips::recursive_while::workflow),
    ("resourceop_basic", pods::resourceop_basic::workflow),
    ("sidecar", pods::sidecar::workflow),
    ("timeout", flips::timeout::workflow),
    ("volume_snapshotop_sequential", volumes::snapshots::workflow),
    ("volumeop_basic", volumes::basic::workflow),
    ("volumeop_parallel", volumes::parallel::workflow),
    ("withitem_basic", loops::withitem_basic::workflow),
    ("withparam_global", loops::withparam_global::workflow),
    ("withparam_output_dict", loops::withparam_output_dict::workflow),
];

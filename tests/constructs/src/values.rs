//! Values of the pipeline in options: in keys and names, and for what is on or off.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, ask, print};
use kfp::prelude::*;
use kfp::traits::HasContainer;

/// Asks for as much memory as it may have, if it does not say itself.
fn all_at_once<'s, O: ContainerOptions<'s> + HasContainer>(op: O) -> O {
    match (op.get_resource_request("memory"), op.get_resource_limit("memory")) {
        (None, Some(limit)) => op.set_memory_request(limit),
        _ => op,
    }
}

#[pipeline]
#[allow(clippy::too_many_arguments, reason = "one for each kind of option")]
fn values(key: String, age: String, device: String, loud: bool, claim: String, mode: String) {
    let big = ask("big?");
    add(1.0, 2.0)
        .add_pod_label(format!("team/{key}"), "yes")
        .add_pod_annotation(key, "no")
        .set_max_cache_staleness(age)
        .memoize(Memoize::new().max_age(age).config_map(format!("memory-of-{key}")))
        .add_resource_limit(device, 1)
        .add_resource_request(format!("acme.com/{key}"), "2")
        .set_gpu_limit(Gpu::of(format!("{device}-shared"), 3))
        .set_env_variable(format!("ABOUT_{key}"), "it")
        .set_memory_limit("1Gi")
        .apply(all_at_once)
        .set_tty(loud)
        .set_stdin(big)
        .add_env_variable(EnvVar::secret("TOKEN", "hub", "token").optional(loud))
        .add_env_from(EnvFrom::config_map("settings").optional(loud))
        .set_security_context(SecurityContext::new().privileged(loud).run_as_non_root(big))
        .add_port(ContainerPort::new(53).protocol(key))
        .add_affinity(Affinity::new().avoid_pods(PodRequirement::label(key, "add", "zone")))
        .add_volume(Volume::secret("keys", "hub").optional(loud))
        .add_volume(Volume::pvc("data", claim).read_only(loud))
        .add_volume_mount(VolumeMount::new("keys", "/keys").read_only(big))
        .add_volume_mount(VolumeMount::new("data", "/data").mount_propagation(key))
        .use_k8s_secret("store", [(key, format!("{key}_ID"))])
        .mount_pvc(claim, "more", format!("/more/{key}"));
    let disk = VolumeOp::new("disk", "disk", "1Gi").modes([mode]).annotations([(format!("acme.com/{key}"), "x")]);
    print(format!("{}", disk.manifest));
}

#[test]
fn in_keys_names_and_switches() {
    check(
        "values",
        &[
            "ask, then add with labels, limits and variables that KEY and DEVICE name, and loud or not by LOUD and the answer; disk, and print it",
        ],
        values::workflow(),
    );
}

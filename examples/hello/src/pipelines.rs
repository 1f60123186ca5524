//! The smallest pipelines: one pod, and one Kubernetes resource.

use kfp::prelude::*;

/// A pod with a label, that says hello.
#[pipeline(name = "say-hello")]
fn say_hello() {
    ContainerOp::new("hello", "alpine:3.20").command(["echo"]).arg("Hello KFP!").add_pod_label("app", "redis");
}

/// Creates the pod of `pod.yaml` and waits until it runs.
#[pipeline(name = "run-busybox")]
fn run_busybox() {
    ResourceOp::create(manifest!("pod.yaml"))
        .set_name("busybox")
        .success_condition("status.phase == Running")
        .failure_condition("status.phase == Failed");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pod_says_hello_and_has_its_label() {
        let workflow = say_hello::workflow().unwrap();
        let hello = workflow.spec.templates.iter().find(|template| template.name == "hello").unwrap();
        let container = hello.container.as_ref().unwrap();
        assert_eq!(
            (&container.command[..], &container.args[..]),
            (&["echo".to_owned()][..], &["Hello KFP!".to_owned()][..])
        );
        assert_eq!(hello.metadata.labels["app"], "redis");
    }

    #[test]
    fn the_resource_is_the_file_and_is_waited_for() {
        let workflow = run_busybox::workflow().unwrap();
        let resource = workflow.spec.templates.iter().find_map(|template| template.resource.as_ref()).unwrap();
        assert_eq!(resource.action, "create");
        assert_eq!(resource.success_condition.as_deref(), Some("status.phase == Running"));
        assert_eq!(resource.failure_condition.as_deref(), Some("status.phase == Failed"));
        assert!(resource.manifest.as_deref().unwrap().contains("generateName: busybox-"));
    }
}

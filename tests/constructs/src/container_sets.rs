//! Several containers in one pod.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;

#[pipeline]
fn container_sets(text: String, attempts: i64, memory: String) {
    let counted = ContainerSet::new("count")
        .container(
            UserContainer::new("write", "busybox:1.36")
                .command(["sh", "-c", "printf '%s' \"$0\" > /tmp/set/text"])
                .arg(text),
        )
        .container(
            UserContainer::new("other", "busybox:1.36").command(["sh", "-c", "echo beside"]).set_memory_limit(memory),
        )
        .container_after(
            ["write", "other"],
            UserContainer::new("main", "busybox:1.36").command(["sh", "-c", "wc -c < /tmp/set/text > /tmp/set/count"]),
        )
        .file_output::<i64>("/tmp/set/count")
        .add_volume(Volume::empty_dir("set"))
        .add_volume_mount(VolumeMount::new("set", "/tmp/set"))
        .set_env_variable("LEVEL", text)
        .container_attempts(attempts, "1s")
        .add_pod_label("kind", "set");
    if counted > 3 {
        print(format!("{counted} bytes"));
    }
}

#[test]
fn of_one_pod() {
    check(
        "container_sets",
        &[
            "in one pod: write TEXT, and other beside it; then main counts its bytes; print them if there are more than three",
        ],
        container_sets::workflow(),
    );
}

"""What a task says about its containers and volumes."""

from kfp import aws, azure, dsl, gcp, onprem
from kfp.dsl.extensions import kubernetes
from kubernetes.client import models as k8s

from steps import draw, flip, say


@dsl.pipeline(name="environment-from-elsewhere")
def environment_from_elsewhere(secret: str):
    source = k8s.V1EnvVarSource
    op = say("environment")
    op.add_env_variable(
        k8s.V1EnvVar("TOKEN", value_from=source(secret_key_ref=k8s.V1SecretKeySelector(name=secret, key="token")))
    )
    op.add_env_variable(
        k8s.V1EnvVar(
            "MODE",
            value_from=source(config_map_key_ref=k8s.V1ConfigMapKeySelector(name="settings", key="mode", optional=True)),
        )
    )
    op.add_env_variable(k8s.V1EnvVar("IP", value_from=source(field_ref=k8s.V1ObjectFieldSelector(field_path="status.podIP"))))
    op.add_env_variable(
        k8s.V1EnvVar("MEMORY", value_from=source(resource_field_ref=k8s.V1ResourceFieldSelector(resource="limits.memory")))
    )
    op.add_env_from(k8s.V1EnvFromSource(prefix="STORE_", secret_ref=k8s.V1SecretEnvSource(name="store")))
    op.add_env_from(k8s.V1EnvFromSource(config_map_ref=k8s.V1ConfigMapEnvSource(name="settings")))


@dsl.pipeline(name="volumes")
def volumes(claim: str):
    op = say("volumes")
    op.add_volume(
        k8s.V1Volume(name="data", persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(claim_name=claim))
    )
    op.add_volume(k8s.V1Volume(name="keys", secret=k8s.V1SecretVolumeSource(secret_name="hub", default_mode=256)))
    op.add_volume(k8s.V1Volume(name="scratch", empty_dir=k8s.V1EmptyDirVolumeSource(medium="Memory", size_limit="1Gi")))
    op.add_volume(k8s.V1Volume(name="node", host_path=k8s.V1HostPathVolumeSource(path="/mnt")))
    op.add_volume_mount(k8s.V1VolumeMount(name="data", mount_path="/data", sub_path="in", read_only=True))
    op.add_volume_mount(k8s.V1VolumeMount(name="keys", mount_path="/keys"))
    op.add_volume_mount(k8s.V1VolumeMount(name="scratch", mount_path="/dev/shm"))
    op.add_volume_mount(k8s.V1VolumeMount(name="node", mount_path="/node"))


@dsl.pipeline(name="volume-devices")
def volume_devices():
    op = say("device")
    op.add_volume(
        k8s.V1Volume(name="disk", persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(claim_name="raw"))
    )
    op.add_volume_devices(k8s.V1VolumeDevice(name="disk", device_path="/dev/xvda"))


@dsl.pipeline(name="sidecars")
def sidecars(image: str):
    server = dsl.Sidecar(name="server", image="server:1", command=["serve"], args=["--port", "80"])
    server.add_port(k8s.V1ContainerPort(container_port=80))
    server.set_memory_limit("1Gi")
    server.add_env_variable(k8s.V1EnvVar("MODE", "quiet"))
    op = say("sidecar").add_sidecar(server)
    op.add_sidecar(dsl.Sidecar(name="mirror", image=image, command=["mirror"], mirror_volume_mounts=True))
    say("none").after(op)


@dsl.pipeline(name="init-containers")
def init_containers(address: str):
    fetch = dsl.UserContainer(name="fetch", image="fetch:1", command=["fetch"], args=[address], mirror_volume_mounts=True)
    op = say("init").add_init_container(fetch)
    op.add_volume(k8s.V1Volume(name="data", empty_dir=k8s.V1EmptyDirVolumeSource()))
    op.add_volume_mount(k8s.V1VolumeMount(name="data", mount_path="/data"))


@dsl.pipeline(name="ports-and-probes")
def ports_and_probes():
    op = say("serve")
    op.add_port(k8s.V1ContainerPort(container_port=8080, name="http", protocol="TCP"))
    op.set_readiness_probe(
        k8s.V1Probe(http_get=k8s.V1HTTPGetAction(path="/ready", port=8080), initial_delay_seconds=5, period_seconds=10)
    )
    op.set_liveness_probe(k8s.V1Probe(_exec=k8s.V1ExecAction(command=["cat", "/alive"]), failure_threshold=3))
    op.set_lifecycle(
        k8s.V1Lifecycle(
            post_start=k8s.V1LifecycleHandler(_exec=k8s.V1ExecAction(command=["touch", "/alive"])),
            pre_stop=k8s.V1LifecycleHandler(http_get=k8s.V1HTTPGetAction(path="/stop", port=8080)),
        )
    )


@dsl.pipeline(name="security")
def security():
    context = k8s.V1SecurityContext(
        run_as_user=1000,
        run_as_group=2000,
        run_as_non_root=True,
        privileged=False,
        allow_privilege_escalation=False,
        read_only_root_filesystem=True,
        capabilities=k8s.V1Capabilities(add=["NET_ADMIN"], drop=["ALL"]),
    )
    say("secure").set_security_context(context)


@dsl.pipeline(name="affinities")
def affinities():
    requirement = k8s.V1NodeSelectorRequirement(key="zone", operator="In", values=["a", "b"])
    preferred = k8s.V1NodeSelectorRequirement(key="kind", operator="NotIn", values=["old"])
    node = k8s.V1NodeAffinity(
        required_during_scheduling_ignored_during_execution=k8s.V1NodeSelector(
            node_selector_terms=[k8s.V1NodeSelectorTerm(match_expressions=[requirement])]
        ),
        preferred_during_scheduling_ignored_during_execution=[
            k8s.V1PreferredSchedulingTerm(
                weight=50, preference=k8s.V1NodeSelectorTerm(match_expressions=[preferred])
            )
        ],
    )
    say("near").add_affinity(k8s.V1Affinity(node_affinity=node))


@dsl.pipeline(name="container-flags")
def container_flags():
    op = say("flags")
    op.set_image_pull_policy("Always").set_stdin(True).set_stdin_once(True).set_tty(True)
    op.set_termination_message_path("/tmp/how").set_termination_message_policy("FallbackToLogsOnError")


@dsl.pipeline(name="options-from-values")
def options_from_values(tries: int, team: str, image: str):
    count = draw(1, 3)
    say("retry").set_retry(tries)
    say("retry").set_retry(count.output)
    labelled = dsl.ContainerOp(name="labelled", image=image, command=["run"])
    labelled.add_pod_label("team", team).add_pod_annotation("count", count.output)


@dsl.pipeline(name="applied")
def applied():
    def small(op):
        return op.set_memory_limit("1Gi").add_pod_label("size", "small")

    say("small").apply(small)
    flip().apply(small)


@dsl.pipeline(name="secrets-of-clouds")
def secrets_of_clouds():
    say("google").apply(gcp.use_gcp_secret("user-gcp-sa"))
    say("amazon").apply(aws.use_aws_secret("aws-secret", "ID", "KEY"))
    say("azure").apply(azure.use_azure_secret("azcreds"))


@dsl.pipeline(name="nodes-of-clouds")
def nodes_of_clouds():
    say("tpu").apply(gcp.use_tpu(tpu_cores=8, tpu_resource="v2", tf_version="1.12"))
    say("preemptible").apply(gcp.use_preemptible_nodepool())
    say("hard").apply(gcp.use_preemptible_nodepool(hard_constraint=True))
    say("gpu").apply(gcp.add_gpu_toleration())


@dsl.pipeline(name="on-premises")
def on_premises():
    say("claim").apply(onprem.mount_pvc("claim", "data", "/mnt/data"))
    say("secret").apply(onprem.use_k8s_secret("store", {"id": "STORE_ID", "key": "STORE_KEY"}))


@dsl.pipeline(name="images-from-values")
def images_from_values(tag: str = "latest", wait: int = 10):
    server = dsl.Sidecar(name="server", image=f"server:{tag}", args=["--text", "hello"])
    fetched = dsl.ContainerOp(
        name="fetch",
        image=f"busybox:{tag}",
        command=["sh", "-c"],
        arguments=[f"sleep {wait}; wget localhost -O /tmp/side"],
        sidecars=[server],
        file_outputs={"side": "/tmp/side"},
    )
    say(f"$MSG {fetched.output}").add_env_variable(k8s.V1EnvVar(name="MSG", value="it says: "))


@dsl.pipeline(name="secrets-as-files")
def secrets_as_files():
    say("files").apply(kubernetes.use_secret("store", "/keys"))
    say("file").apply(kubernetes.use_secret("hub", "/hub", env_variable="TOKEN_FILE", secret_file_path_in_volume="token"))


@dsl.pipeline(name="default-resources")
def default_resources():
    say("default").apply(onprem.add_default_resource_spec(memory_limit="2Gi", cpu_limit="500m"))


@dsl.pipeline(name="claims-read-only")
def claims_read_only():
    op = say("volumes")
    op.add_volume(
        k8s.V1Volume(
            name="data", persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(claim_name="data", read_only=True)
        )
    )
    op.add_volume(k8s.V1Volume(name="app", config_map=k8s.V1ConfigMapVolumeSource(name="settings", optional=True)))
    op.add_volume(k8s.V1Volume(name="home", nfs=k8s.V1NFSVolumeSource(server="nfs.example.com", path="/home")))
    op.add_volume_mount(k8s.V1VolumeMount(name="data", mount_path="/data"))
    op.add_volume_mount(k8s.V1VolumeMount(name="app", mount_path="/etc/app"))
    op.add_volume_mount(
        k8s.V1VolumeMount(name="home", mount_path="/home", sub_path_expr="$(USER)", mount_propagation="HostToContainer")
    )


@dsl.pipeline(name="affinities-of-pods")
def affinities_of_pods():
    def term(app):
        return k8s.V1PodAffinityTerm(
            label_selector=k8s.V1LabelSelector(match_labels={"app": app}), topology_key="kubernetes.io/hostname"
        )

    affinity = k8s.V1Affinity(
        pod_affinity=k8s.V1PodAffinity(required_during_scheduling_ignored_during_execution=[term("cache")]),
        pod_anti_affinity=k8s.V1PodAntiAffinity(required_during_scheduling_ignored_during_execution=[term("train")]),
    )
    say("near").add_affinity(affinity)


@dsl.pipeline(name="sidecars-with-options")
def sidecars_with_options(token: str):
    coin = flip()
    server = dsl.Sidecar(name="server", image="server:1", command=["serve"], args=["--side", coin.output])
    server.set_cpu_request("100m").set_security_context(k8s.V1SecurityContext(run_as_non_root=True))
    server.set_readiness_probe(k8s.V1Probe(tcp_socket=k8s.V1TCPSocketAction(port=80), timeout_seconds=2))
    server.set_image_pull_policy("IfNotPresent")
    fetch = dsl.UserContainer(name="fetch", image="fetch:1", command=["fetch"])
    fetch.add_env_variable(k8s.V1EnvVar("TOKEN", token))
    fetch.set_memory_limit("64Mi")
    say("sidecar").add_sidecar(server).add_init_container(fetch)


@dsl.pipeline(name="transient-errors")
def transient_errors():
    say("again").set_retry(3, policy="OnTransientError")
    say("failure").set_retry(1, policy="OnFailure", backoff_duration="1m")

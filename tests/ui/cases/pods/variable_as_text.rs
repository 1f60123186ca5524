//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerOp::new("work", "alpine:3.20").command(["true"]).set_security_context(SecurityContext::from_json(serde_json::json!({"runAsUser": 1})))
        .add_env_variable(EnvVar::from_json(serde_json::json!("A=1")));
}

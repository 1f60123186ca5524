//! Every warning once. `//# KFP208` stands where it can be allowed.
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn draw(low: i64) -> i64 {
    low
}

#[component(image = "acme/steps:1")]
fn sum(numbers: Vec<i64>) {
    drop(numbers);
}

kfp::import_component! {
    fn bare = r#"
        implementation: {container: {image: "acme/bare:1"}}
    "#;
}

#[pipeline]
fn resource() {
    //# KFP208
    ResourceOp::create(manifest!("pod.yaml"));
}

#[pipeline(timeout = 60)]
fn part() {
    say("a");
}

#[pipeline]
fn whole() {
    //# KFP213
    part();
}

//# KFP214
#[pipeline(layout = "flat")]
fn wide() {
    #[host]
    for n in 0..201 {
        say(format!("{n}"));
    }
}

#[pipeline]
fn command() {
    //# KFP215
    bare();
}

//# KFP219
#[pipeline]
fn waits() {
    let mut last = say("first");
    #[host]
    for _ in 0..200 {
        let next = say("next").after(last);
        say("side").after(last);
        last = next;
    }
}

#[pipeline]
fn output() {
    //# KFP220
    draw(1);
}

#[pipeline]
fn parameter(
    name: String,
    //# KFP221
    seed: i64,
) {
    say(name);
}

#[pipeline]
fn condition(n: i64) {
    //# KFP222
    if n > 5 && n < 3 {
        say("both");
    }
}

#[pipeline]
fn retry() {
    //# KFP223
    ResourceOp::create(serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "a-"}}))
        .set_retry(2);
}

#[pipeline]
fn gpu() {
    //# KFP224
    say("a").add_resource_request("nvidia.com/gpu", 1);
}

#[pipeline]
fn image() {
    //# KFP225
    ContainerOp::new("work", "alpine").command(["true"]);
}

#[pipeline]
fn secret() {
    //# KFP226
    say("a").set_env_variable("DB_PASSWORD", "hunter2");
}

#[pipeline]
fn cached() {
    //# KFP227
    say("a").set_caching_options(true);
}

#[pipeline]
fn volume() {
    //# KFP247
    say("a").add_volume(Volume::empty_dir("scratch"));
}

#[pipeline]
fn daemon() {
    //# KFP276
    let db = ContainerOp::new("redis", "redis:7.4.1").command(["redis-server"]).daemon();
    say(db.address());
}

//# KFP290
#[kfp::allow(KFP214)]
#[pipeline(layout = "flat")]
fn templates() {
    #[host]
    for n in 0..251 {
        #[host]
        let image = format!("acme/work:{n}");
        ContainerOp::new("work", image).command(["work"]);
    }
}

//# KFP292
#[pipeline]
fn large() {
    #[host]
    for n in 0..13 {
        say(format!("{n}{}", "x".repeat(100_000)));
    }
}

//# KFP293
#[kfp::allow(KFP214)]
#[pipeline(layout = "flat")]
fn inputs(flag: bool) {
    #[host]
    let mut all = Vec::new();
    #[host]
    for n in 0..501 {
        let one = draw(n);
        all.push(one.output);
    }
    if flag {
        sum(all);
    }
}

#[pipeline]
fn memory() {
    //# KFP382
    say("a").set_memory_limit("2");
}

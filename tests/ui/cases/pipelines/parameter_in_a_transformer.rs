//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64) {}

#[pipeline(op_transformer = |op: AnyOp| {
    let team = op.param::<String>("teem");
    op.add_pod_label("team", team)
})]
fn p(team: String, low: i64) {
    draw(low);
    draw(2);
}

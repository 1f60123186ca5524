kfp::import_component!(fn tool = "nowhere/component.yaml");

fn main() {}

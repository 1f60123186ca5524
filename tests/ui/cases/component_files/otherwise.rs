kfp::import_component!(tool = "component.yaml");

fn main() {}

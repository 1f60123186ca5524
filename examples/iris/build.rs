fn main() {
    kfp::build::emit!("src/pipelines.rs");
}

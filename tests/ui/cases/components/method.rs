use kfp::prelude::*;

struct Steps;

impl Steps {
    #[component]
    fn fetch(&self) {}
}

fn main() {}

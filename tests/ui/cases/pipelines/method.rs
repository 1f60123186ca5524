use kfp::prelude::*;

struct Train;

impl Train {
    #[pipeline]
    fn p(&self, rows: i64) {
        drop(rows);
    }
}

fn main() {}

//@ mistakes: 3
use kfp::prelude::*;

kfp::import_component! {
    fn find = r#"
        outputs: [{name: rows, type: {GCSPath: {data_type: CSV}}}, {name: model, type: {Forest: {trees: 3}}}]
        implementation:
          container:
            image: acme/find:1
            command: [find, {outputPath: model}]
            fileOutputs: {rows: /tmp/rows}
    "#;
    fn load = r#"
        inputs:
        - {name: rows, type: {GCSPath: {data_type: TSV}}}
        - {name: model, type: {Forest: {trees: 4}}}
        - {name: region, type: GCPRegion}
        implementation:
          container:
            image: acme/load:1
            command: [load, {inputValue: rows}, {inputPath: model}, {inputValue: region}]
    "#;
}

#[pipeline]
fn p(region: String) {
    let found = find();
    load(
        found.rows,
        found.model,
        region,
    );
}

fn main() {}

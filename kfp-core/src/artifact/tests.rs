use super::{Dataset, Input, Metric, Metrics, Output};
use std::io::{Read, Write};

#[test]
fn an_output_is_the_next_input() {
    let output = Output::<Dataset>::temp().unwrap();
    output.create().unwrap().write_all(b"a,b\n").unwrap();
    assert_eq!(output.read_to_string().unwrap(), "a,b\n");
    let input = output.to_input();
    let path = input.path().to_owned();
    drop(output);
    let mut text = String::new();
    input.open().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "a,b\n");
    drop(input);
    assert!(!path.parent().unwrap().exists());
}

#[test]
fn errors_name_the_file() {
    let input = Input::<Dataset>::from_path("no/such/table.csv");
    let message = input.read_to_string().unwrap_err().to_string();
    assert!(message.starts_with("cannot read `no/such/table.csv`: "), "{message}");
}

#[test]
fn metrics_are_those_of_kfp() {
    let output = Output::<Metrics>::temp().unwrap();
    output.write_metrics([Metric::percentage("accuracy", 0.9), Metric::raw("log-loss", 12.5)]).unwrap();
    assert_eq!(
        output.read_to_string().unwrap(),
        r#"{"metrics":[{"name":"accuracy","numberValue":0.9,"format":"PERCENTAGE"},{"name":"log-loss","numberValue":12.5,"format":"RAW"}]}"#
    );
    for refused in [Metric::raw("", 1.0), Metric::raw("a b", 1.0), Metric::raw("a-", 1.0), Metric::raw("a", f64::NAN)] {
        assert!(output.write_metrics([refused]).is_err());
    }
}

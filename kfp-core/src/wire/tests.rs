use super::{from_text, shape, to_text};
use crate::graph::Shape;
use proptest::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::fmt::Debug;

#[derive(Serialize, Deserialize, PartialEq, Clone, Copy, Debug)]
enum Side {
    Heads,
    #[serde(rename = "the other")]
    Tails,
}

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
enum Step {
    Stop,
    Go(u8),
    Turn { left: bool },
    Both(i64, String),
}

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
struct Meters(f64);

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
struct Name(String);

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
struct Fit {
    depth: i64,
    name: Option<String>,
    steps: Vec<Step>,
}

#[derive(Serialize, Deserialize, PartialEq, Clone, Debug)]
struct Nothing;

fn back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = to_text(value).unwrap();
    assert_eq!(&from_text::<T>(&text).unwrap(), value, "{text}");
}

#[track_caller]
fn both<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    assert_eq!(to_text(value).unwrap(), text);
    assert_eq!(&from_text::<T>(text).unwrap(), value);
}

#[track_caller]
fn refused<T: DeserializeOwned + Debug>(text: &str, message: &str) {
    assert_eq!(from_text::<T>(text).unwrap_err().to_string(), message);
}

#[test]
fn shapes() {
    assert_eq!(shape::<String>(), Shape::Text);
    assert_eq!(shape::<char>(), Shape::Text);
    assert_eq!(shape::<std::path::PathBuf>(), Shape::Text);
    assert_eq!(shape::<std::net::IpAddr>(), Shape::Text);
    assert_eq!(shape::<Name>(), Shape::Text);
    assert_eq!(shape::<Side>(), Shape::Text);
    assert_eq!(shape::<Box<Side>>(), Shape::Text);
    assert_eq!(shape::<bool>(), Shape::Bool);
    assert_eq!(shape::<u128>(), Shape::Integer);
    assert_eq!(shape::<i8>(), Shape::Integer);
    assert_eq!(shape::<f32>(), Shape::Float);
    assert_eq!(shape::<Meters>(), Shape::Float);
    assert_eq!(shape::<Step>(), Shape::Json);
    assert_eq!(shape::<Option<String>>(), Shape::Json);
    assert_eq!(shape::<Vec<String>>(), Shape::List);
    assert_eq!(shape::<BTreeMap<String, i64>>(), Shape::Map);
    assert_eq!(shape::<Fit>(), Shape::Map);
    assert_eq!(shape::<(i64, bool)>(), Shape::List);
    assert_eq!(shape::<()>(), Shape::Json);
    assert_eq!(shape::<Nothing>(), Shape::Json);
    assert_eq!(shape::<serde_json::Value>(), Shape::Json);
}

#[test]
fn texts() {
    both(&"a \"b\"\n".to_owned(), "a \"b\"\n");
    both(&'ü', "ü");
    both(&true, "true");
    both(&3_u8, "3");
    both(&0.25, "0.25");
    both(&2.0, "2.0");
    both(&Meters(1e300), "1e+300");
    both(&Name("null".to_owned()), "null");
    both(&Side::Tails, "the other");
    both(&Step::Stop, "\"Stop\"");
    both(&Step::Go(3), r#"{"Go":3}"#);
    both(&Some("a".to_owned()), "\"a\"");
    both(&None::<String>, "null");
    both(&Some(3), "3");
    both(&(), "null");
    both(&vec![Side::Heads], r#"["Heads"]"#);
    both(&serde_json::json!("5"), "\"5\"");
    both(&serde_json::json!(5), "5");
    both(&BTreeMap::from([(3, "a".to_owned())]), r#"{"3":"a"}"#);
}

#[test]
fn what_other_programs_write() {
    assert!(from_text::<bool>("True").unwrap());
    assert!(!from_text::<bool>(" False\n").unwrap());
    assert_eq!(from_text::<i64>("3.0").unwrap(), 3);
    assert_eq!(from_text::<i64>("-1e3").unwrap(), -1000);
    assert_eq!(from_text::<i64>("9223372036854775807.0").unwrap(), i64::MAX);
    assert_eq!(from_text::<u8>(" 7\n").unwrap(), 7);
    assert!((from_text::<f64>("3").unwrap() - 3.0).abs() < f64::EPSILON);
    assert_eq!(from_text::<Step>("Stop").unwrap(), Step::Stop);
    assert_eq!(from_text::<Side>("\"Heads\"").unwrap(), Side::Heads);
    assert_eq!(from_text::<Vec<i64>>(" [1, 2]\n").unwrap(), [1, 2]);
}

#[test]
fn floats_that_json_lacks() {
    both(&f64::INFINITY, "inf");
    both(&f32::NEG_INFINITY, "-inf");
    assert_eq!(to_text(&f64::NAN).unwrap(), "NaN");
    assert!(from_text::<f64>("NaN").unwrap().is_nan());
    let words = "JSON has no `NaN`, so it cannot stand inside a list or a struct";
    assert_eq!(to_text(&vec![1.0, f64::NAN]).unwrap_err().to_string(), words);
    assert_eq!(to_text(&Some(f64::NAN)).unwrap_err().to_string(), words);
    assert_eq!(to_text(&BTreeMap::from([("a".to_owned(), (1, f64::NAN))])).unwrap_err().to_string(), words);
}

#[test]
fn messages() {
    refused::<i64>("abc", "expected a whole number, found \"abc\"");
    refused::<i64>("", "expected a whole number, found \"\"");
    refused::<i64>("3.5", "expected a whole number, found \"3.5\"");
    refused::<i64>("-", "expected a whole number, found \"-\"");
    refused::<u8>("300", "expected a whole number from 0 to 255, found \"300\"");
    refused::<u8>("-1", "expected a whole number from 0 to 255, found \"-1\"");
    refused::<f64>("1,5", "expected a number, found \"1,5\"");
    refused::<bool>("yes", "expected `true` or `false`, found \"yes\"");
    refused::<char>("ab", "expected one character, found \"ab\"");
    refused::<Side>("Edge", "expected one of `Heads`, `the other`, found \"Edge\"");
    refused::<Option<String>>("abc", "expected `null` or JSON, found \"abc\": expected value at line 1 column 1");
    refused::<Vec<i64>>("[1,", "expected a JSON list, found \"[1,\": EOF while parsing a value at line 1 column 3");
    refused::<Vec<i64>>("[1,\"a\"]", "invalid type: string \"a\", expected i64 at line 1 column 6");
    let long = "x".repeat(1000);
    let shortened = format!("expected a number, found \"{}\".. (1000 bytes)", "x".repeat(60));
    refused::<f64>(&long, &shortened);
}

#[test]
fn keys_that_are_no_text() {
    assert!(to_text(&BTreeMap::from([(vec![1], 2)])).is_err());
}

prop_compose! {
    fn fit()(depth: i64, name: Option<String>, steps in proptest::collection::vec(step(), 0..4)) -> Fit {
        Fit { depth, name, steps }
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Stop),
        any::<u8>().prop_map(Step::Go),
        any::<bool>().prop_map(|left| Step::Turn { left }),
        any::<(i64, String)>().prop_map(|(a, b)| Step::Both(a, b)),
    ]
}

proptest! {
    #[test]
    fn any_string(text: String) {
        both(&text, &text);
    }

    #[test]
    fn any_value(
        integers: (i8, u8, i32, u32),
        large: (i64, u64),
        character: char,
        truth: bool,
        float in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL,
        option: Option<Option<u8>>,
        texts: Vec<Option<String>>,
        map: BTreeMap<String, Vec<i64>>,
        fit in fit(),
        step in step(),
    ) {
        back(&integers);
        back(&large.0);
        back(&large.1);
        back(&character);
        back(&truth);
        back(&float);
        back(&Meters(float));
        back(&vec![float]);
        // JSON has one `null`, so `Some(None)` reads as `None`.
        back(&option.filter(Option::is_some));
        back(&texts);
        back(&map);
        back(&fit);
        back(&step);
    }
}

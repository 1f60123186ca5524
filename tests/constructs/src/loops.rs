//! `for`: over constants, parameters, outputs, structs; nested, limited, collected.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{Scores, add, ask, draw, flip, join, numbers, print, score, sum, table, train};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize, Clone)]
struct Setting {
    rate: f64,
    name: String,
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Rated {
    rate: f64,
    name: String,
}

#[component(image = "steps:1")]
fn settings() -> Vec<Setting> {
    let setting = |rate, name: &str, note| Setting { rate, name: name.to_owned(), tags: vec!["t\"1".to_owned()], note };
    vec![setting(0.25, "first", None), setting(0.5, "[2]", Some("a note".to_owned()))]
}

#[component(image = "steps:1")]
fn count(flags: Vec<bool>) -> i64 {
    println!("flags {flags:?}");
    i64::try_from(flags.len()).unwrap_or(0)
}

#[component(image = "steps:1")]
fn best(scores: Vec<Setting>) -> Setting {
    println!("best is {}", scores[0].name);
    scores[0].clone()
}

#[component(image = "steps:1")]
fn note(text: Option<String>) {
    println!("note {text:?}");
}

#[pipeline]
fn loops(names: Vec<String>) {
    for name in names {
        print(name);
    }
    for number in numbers() {
        draw(number, 10);
    }
    for rate in [0.1, 0.2] {
        for name in names {
            print(format!("{name} at {rate}"));
        }
    }
    #[parallel(2)]
    for word in ["on", "no", "1e3"] {
        print(word);
    }
    for index in 0..3 {
        draw(index, 3);
    }
    for value in [add(1.0, 2.0).output, add(3.0, 4.0).output] {
        add(value, _);
    }
}

#[pipeline]
fn structs(given: Vec<Setting>) {
    for setting in settings() {
        add(setting.rate, _);
        print(setting.name);
        note(setting.note);
        for tag in setting.tags {
            print(format!("{tag} of {}", setting.name));
        }
    }
    let first = Setting { rate: 0.1, name: "first".to_owned(), tags: vec![], note: None };
    for setting in [first] {
        add(setting.rate, _);
    }
    for setting in given {
        if setting.rate > 0.5 {
            best([setting]);
        }
    }
    let coin = flip();
    for rated in [
        Rated { rate: 0.5, name: format!("a \"{}\"", coin) },
        Rated { name: "plain".to_owned(), rate: add(1.0, 2.0).output },
    ] {
        add(rated.rate, _);
        print(rated.name);
    }
}

#[pipeline]
fn collected(names: Vec<String>, rates: Vec<f64>) {
    let data = table(10);
    let scores = for rate in rates {
        train(data.table, rate).output
    };
    sum(scores);
    let words = for name in names {
        flip().after(data);
        name
    };
    join(words);
    let flags = #[parallel(3)]
    for name in names {
        ask(name)
    };
    count(flags);
    let nested = for rate in rates {
        let inner = for name in names {
            if name == "x" { add(rate, _).output } else { rate }
        };
        sum(inner)
    };
    sum(nested);
    let results = for rate in rates {
        score(train(data.table, rate).model).accuracy
    };
    sum(results);
    let kept = for _ in [1, 2] {
        settings()
    };
    for list in kept {
        best(list);
    }
}

/// Named by `serde`, with fields that are named as those of `Value` are.
#[derive(Outputs, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renamed {
    learn_rate: f64,
    #[serde(rename = "kind")]
    builder: String,
    #[serde(default)]
    id: i64,
}

#[component(image = "steps:1")]
fn renamed() -> Vec<Renamed> {
    Vec::new()
}

#[pipeline]
fn serde_names() {
    for item in renamed() {
        add(item.learn_rate, _);
        print(item.builder);
        draw(item.id, 1);
    }
}

#[pipeline]
fn loops_ranges(n: i64) {
    for i in 0..n {
        print(format!("{i} of {n}"));
    }
    let drawn = draw(2, n);
    let sums = for i in n..drawn {
        for j in 0..i {
            print(format!("{i}.{j}"));
        }
        add(1.0, _).output
    };
    sum(sums);
    for k in 2..4 {
        print(format!("{k}"));
    }
}

#[test]
fn over_numbers_up_to_a_value() {
    check(
        "loops_ranges",
        &[
            "print(I of N) for each I below N; draw; for each I from N to before what was drawn, print-2(I.J) for each J below I, and add(1, 1); sum",
            "print-3 of 2 and 3",
        ],
        loops_ranges::workflow(),
    );
}

#[test]
fn over_structs_with_names_of_serde() {
    check("loops_serde_names", &["for each: add its learnRate, print its kind, draw its id"], serde_names::workflow());
}

#[test]
fn over_constants_parameters_and_outputs() {
    check(
        "loops",
        &[
            "print each of names; draw(n, 10) for each of numbers; print NAME at RATE for every pair",
            "print on, no and 1e3, two at once; draw(0..3, 3); add to both of two sums",
        ],
        loops::workflow(),
    );
}

#[test]
fn over_structs_by_field() {
    check(
        "loops_structs",
        &[
            "settings; for each its rate, name, note (JSON or null) and tags; then the constant one",
            "best([setting]) for those of the parameter whose rate is over 0.5",
            "flip; for 0.5 and `a \"COIN\"`, and for add's output and `plain`: add and print",
        ],
        structs::workflow(),
    );
}

#[test]
fn collect_values() {
    let _: Option<Scores> = None;
    check(
        "loops_collected",
        &[
            "train once a rate and sum the numbers [..]; join the names; count the booleans [true,..], three asks at once",
            "for each rate sum add's output or the rate itself over all names, then sum those sums",
            "sum the accuracies; settings twice, best of each list",
        ],
        collected::workflow(),
    );
}

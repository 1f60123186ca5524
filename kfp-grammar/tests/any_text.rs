//! No text makes a reader panic, and every place that a mistake names is a piece of the text.

use kfp_grammar::{Mistake, condition, cron, duration, image, iso8601, jsonpath, label, name, quantity};
use proptest::prelude::*;

fn pieces() -> impl Strategy<Value = String> {
    // Signs of all the languages, so that texts often come close to being right.
    let sign = prop::sample::select(vec![
        "a", "Ki", "m", "e", "E", "1", "0", "9", ".", "..", "-", "+", ":", "@", "/", "{", "}", "[", "]", "[?(", ")]",
        "(", ")", "!", "=", ">", "<", ",", " ", "in", "notin", "'", "\"", "\\", "$", "*", "P", "T", "D", "h", "s",
        "sha256:", "é", "\n", "_", "🦀",
    ]);
    prop_oneof![prop::collection::vec(sign, 0..12).prop_map(|signs| signs.concat()), any::<String>()]
}

fn fits(text: &str, mistake: Option<Mistake>) {
    let Some(mistake) = mistake else { return };
    assert!(text.get(mistake.at.clone()).is_some(), "{text:?}: {mistake:?}");
    assert!(!mistake.message.is_empty() && !mistake.code.title().is_empty(), "{mistake:?}");
}

proptest! {
    #[test]
    fn nothing_panics(text in pieces()) {
        fits(&text, quantity::parse(&text).err());
        fits(&text, quantity::parse_for("memory", &text).err());
        fits(&text, label::parse(&text).err());
        fits(&text, label::annotation(&text).err());
        fits(&text, label::value(&text).err());
        fits(&text, duration::parse(&text).err());
        fits(&text, duration::parse_or_seconds(&text).err());
        fits(&text, iso8601::parse(&text).err());
        fits(&text, cron::parse(&text).err());
        fits(&text, cron::time_zone(&text).err());
        fits(&text, image::parse(&text).err());
        fits(&text, condition::parse(&text).err());
        fits(&text, jsonpath::parse(&text).err());
        fits(&text, name::label(&text).err());
        fits(&text, name::subdomain(&text).err());
    }

    #[test]
    fn kebab_case_is_a_name(text in any::<String>()) {
        let kebab = name::to_kebab(&text);
        prop_assert!(kebab.is_empty() || kebab.len() > name::LABEL_MAX || name::label(&kebab).is_ok(), "{kebab}");
        prop_assert_eq!(name::to_kebab(&kebab), kebab);
    }

    // The grammars as their owners publish them.
    #[test]
    fn quantities(text in "[+-]?([0-9]{1,12}|[0-9]{1,9}\\.[0-9]{0,9}|\\.[0-9]{1,9})(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,3})?") {
        prop_assert!(quantity::parse(&text).is_ok());
    }

    #[test]
    fn durations(text in "([0-9]{1,4}(\\.[0-9]{0,9})?(ns|us|µs|ms|s|m|h)){1,4}") {
        prop_assert!(duration::parse(&text).is_ok());
    }

    #[test]
    fn images(text in "([a-z0-9]{1,8}(\\.[a-z]{2,3}|:[0-9]{2,4})/)?[a-z0-9]{1,8}((\\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,20})?(@sha256:[a-f0-9]{64})?") {
        prop_assert!(image::parse(&text).is_ok());
    }

    #[test]
    fn label_values(text in "(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?") {
        prop_assert!(label::value(&text).is_ok());
    }

    #[test]
    fn quantities_of_integers_compare_as_integers(a in any::<i64>(), b in any::<i64>()) {
        let read = |n: i64| quantity::parse(&n.to_string()).unwrap();
        prop_assert_eq!(read(a).cmp(&read(b)), a.cmp(&b));
    }
}

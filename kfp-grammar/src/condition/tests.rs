use super::*;

fn read(text: &str) -> Vec<Requirement<'_>> {
    parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
}

fn one<'a>(key: &'a str, operator: Operator, values: &[&'a str]) -> Requirement<'a> {
    Requirement { key, operator, values: values.to_vec() }
}

#[test]
fn what_argos_examples_say() {
    assert_eq!(read("status.phase == Running"), [one("status.phase", Operator::Equals, &["Running"])]);
    assert_eq!(
        read("status.succeeded > 0, status.failed<3"),
        [one("status.succeeded", Operator::GreaterThan, &["0"]), one("status.failed", Operator::LessThan, &["3"]),]
    );
    assert_eq!(
        read("status.state in (Done, Ended),!status.error"),
        [one("status.state", Operator::In, &["Done", "Ended"]), one("status.error", Operator::DoesNotExist, &[]),]
    );
}

// From the tables of Kubernetes' own tests of its selectors.
#[test]
fn what_kubernetes_reads() {
    for (text, requirements) in [
        ("", vec![]),
        ("  ", vec![]),
        ("x", vec![one("x", Operator::Exists, &[])]),
        ("!x", vec![one("x", Operator::DoesNotExist, &[])]),
        (
            "x=a,y=b,z=c",
            vec![
                one("x", Operator::Equals, &["a"]),
                one("y", Operator::Equals, &["b"]),
                one("z", Operator::Equals, &["c"]),
            ],
        ),
        ("x!=a, y=b", vec![one("x", Operator::NotEquals, &["a"]), one("y", Operator::Equals, &["b"])]),
        ("x=", vec![one("x", Operator::Equals, &[""])]),
        ("x= ,z= ", vec![one("x", Operator::Equals, &[""]), one("z", Operator::Equals, &[""])]),
        ("x>1", vec![one("x", Operator::GreaterThan, &["1"])]),
        ("x in (a)", vec![one("x", Operator::In, &["a"])]),
        ("x in(a,)", vec![one("x", Operator::In, &["a", ""])]),
        ("x notin ()", vec![one("x", Operator::NotIn, &[""])]),
        ("x notin (a,b)\t,\ny", vec![one("x", Operator::NotIn, &["a", "b"]), one("y", Operator::Exists, &[])]),
        ("in in (in, notin)", vec![one("in", Operator::In, &["in", "notin"])]),
        ("x = in", vec![one("x", Operator::Equals, &["in"])]),
        ("notin,in", vec![one("notin", Operator::Exists, &[]), one("in", Operator::Exists, &[])]),
        ("status.conditions.0.type == Ready", vec![one("status.conditions.0.type", Operator::Equals, &["Ready"])]),
    ] {
        assert_eq!(read(text), requirements, "{text}");
    }
}

#[test]
fn what_kubernetes_refuses() {
    for (text, at, help) in [
        ("x=a||y=b", 3..4, None),
        ("x==a==b", 4..6, None),
        ("!x=a", 2..3, None),
        ("x<a", 2..3, None),
        ("x > 1.5", 4..7, None),
        ("x > ", 4..4, None),
        (",x", 0..1, None),
        ("x,", 2..2, None),
        ("x in a", 5..6, None),
        ("x in (a", 7..7, None),
        ("x in (a b)", 8..9, None),
        ("x notin", 7..7, None),
        ("x y", 2..3, None),
        ("x >= 3", 3..4, Some("there is no `>=`")),
        ("status.a == b && c", 14..16, Some("`,` stands")),
        ("status.a == b or c", 14..16, Some("there is no or")),
        ("status.phase == \"Running\"", 16..17, Some("nothing is quoted here; write `Running`")),
        ("status.conditions[0].type == a", 17..18, Some("an index is a name")),
        ("{.status.phase} == a", 0..1, Some("write the bare path")),
        ("état == a", 0..2, None),
    ] {
        let mistake = parse(text).expect_err(text);
        assert_eq!(mistake.code, CODE, "{text}");
        assert_eq!(mistake.at.start, at.start, "{text}: {}", mistake.message);
        assert!(text.get(mistake.at.clone()).is_some(), "{text}: a place that cuts a character");
        if let Some(help) = help {
            let said = mistake.help.unwrap_or_default();
            assert!(said.starts_with(help), "{text}: {said}");
        }
    }
}

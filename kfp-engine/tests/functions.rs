//! Every function that Argo's expressions have: what it gives, or that it is refused before the run starts.

mod support;

use kfp_engine::expr::{ExprError, Expression, evaluate};
use serde_json::{Map, Value};
use support::Trial;

/// Functions of the language (expr 1.17).
const BUILTINS: &str = "all none any one filter map find findIndex findLast findLastIndex count sum groupBy sortBy reduce len \
    type abs ceil floor round int float string trim trimPrefix trimSuffix upper lower split splitAfter replace repeat join \
    indexOf lastIndexOf hasPrefix hasSuffix max min mean median toJSON fromJSON toBase64 fromBase64 first last get take keys \
    values toPairs fromPairs reverse uniq concat flatten sort bitand bitor bitxor bitnand bitnot bitshl bitshr bitushr \
    now duration date timezone asInt asFloat toJson jsonpath";

/// Functions of sprig, all that Argo has.
const SPRIG: &str = "hello ago date date_in_zone date_modify must_date_modify push mustPush dateInZone dateModify duration durationRound htmlDate htmlDateInZone mustDateModify mustToDate now \
    toDate unixEpoch abbrev abbrevboth trunc trim upper lower title untitle substr repeat trimall trimAll trimSuffix \
    trimPrefix nospace initials randAlphaNum randAlpha randAscii randNumeric swapcase shuffle snakecase camelcase \
    kebabcase wrap wrapWith contains hasPrefix hasSuffix quote squote cat indent nindent replace plural sha1sum \
    sha256sum sha512sum adler32sum toString atoi int64 int float64 seq toDecimal split splitList splitn toStrings until \
    untilStep add1 add sub div mod mul randInt add1f addf subf divf mulf biggest max min maxf minf ceil floor round \
    join sortAlpha default empty coalesce all any compact mustCompact fromJson toJson toPrettyJson toRawJson \
    mustFromJson mustToJson mustToPrettyJson mustToRawJson ternary deepCopy mustDeepCopy typeOf typeIs typeIsLike \
    kindOf kindIs deepEqual getHostByName base dir clean ext isAbs osBase osClean osDir osExt osIsAbs b64enc b64dec \
    b32enc b32dec tuple list dict get set unset hasKey pluck keys pick omit merge mergeOverwrite mustMerge \
    mustMergeOverwrite values append mustAppend prepend mustPrepend first mustFirst rest mustRest last mustLast initial \
    mustInitial reverse mustReverse uniq mustUniq without mustWithout has mustHas slice mustSlice concat dig chunk \
    mustChunk bcrypt htpasswd genPrivateKey derivePassword buildCustomCert genCA genCAWithKey genSelfSignedCert \
    genSelfSignedCertWithKey genSignedCert genSignedCertWithKey encryptAES decryptAES randBytes uuidv4 semver \
    semverCompare fail regexMatch mustRegexMatch regexFindAll mustRegexFindAll regexFind mustRegexFind regexReplaceAll \
    mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit mustRegexSplit regexQuoteMeta \
    urlParse urlJoin";

/// Those that are refused: they make keys and certificates.
const REFUSED_SPRIG: &str = "genPrivateKey buildCustomCert genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert \
    genSignedCertWithKey";

/// What Argo's own library gives, as JSON.
const RESULTS: &[(&str, &str)] = &[
    ("sprig.swapcase('aBc dE')", r#""AbC De""#),
    ("sprig.initials('First Try now')", r#""FTn""#),
    ("sprig.trimall('$', '$5.00$')", r#""5.00""#),
    ("sprig.abbrev(5, 'hello world')", r#""he...""#),
    ("sprig.abbrev(3, 'hello')", r#""hello""#),
    ("sprig.splitn('$', 2, 'foo$bar$baz')", r#"{"_0":"foo","_1":"bar$baz"}"#),
    (
        "sprig.sha512sum('a')",
        r#""1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f5302860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b2652fe9a75""#,
    ),
    ("sprig.adler32sum('hello')", r#""103547413""#),
    ("sprig.base('a/b.txt')", r#""b.txt""#),
    ("sprig.dir('a/b.txt')", r#""a""#),
    ("sprig.ext('a/b.tar.gz')", r#"".gz""#),
    ("sprig.clean('a//b/../c')", r#""a/c""#),
    ("sprig.isAbs('/a')", "true"),
    ("sprig.regexFindAll('[2,4,6,8]', '123456789', -1)", r#"["2","4","6","8"]"#),
    ("sprig.regexFindAll('[0-9]', '123', 2)", r#"["1","2"]"#),
    ("sprig.regexSplit('z+', 'pizza', -1)", r#"["pi","a"]"#),
    ("sprig.regexSplit('z', 'pizza', 2)", r#"["pi","za"]"#),
    ("sprig.regexQuoteMeta('1.2.3')", r#""1\\.2\\.3""#),
    ("sprig.regexReplaceAllLiteral('a(x*)b', '-ab-axxb-', '${1}')", r#""-${1}-${1}-""#),
    ("sprig.regexReplaceAll('a(x*)b', '-ab-axxb-', '${1}W')", r#""-W-xxW-""#),
    ("sprig.mustRegexMatch('^a', 'abc')", "true"),
    ("sprig.toPrettyJson([1,{'a':2}])", r#""[\n  1,\n  {\n    \"a\": 2\n  }\n]""#),
    ("sprig.toRawJson(['<a>'])", r#""[\"<a>\"]""#),
    ("sprig.toJson(['<a>'])", r#""[\"\\u003ca\\u003e\"]""#),
    ("sprig.add1f(1.5)", "2.5"),
    ("sprig.addf(1.5, 2, 3)", "6.5"),
    ("sprig.subf(7.5, 2, 3)", "2.5"),
    ("sprig.mulf(1.5, 2, 2)", "6"),
    ("sprig.divf(10, 2, 4)", "1.25"),
    ("sprig.maxf(1, 2.5, 3)", "3"),
    ("sprig.minf(1.5, 2, 3)", "1.5"),
    ("sprig.biggest(1, 5, 2)", "5"),
    ("sprig.append([1,2], 3)", "[1,2,3]"),
    ("sprig.prepend([1,2], 0)", "[0,1,2]"),
    ("sprig.concat([1], [2,3], ['a'])", r#"[1,2,3,"a"]"#),
    ("sprig.reverse([1,2,3])", "[3,2,1]"),
    ("sprig.without([1,2,3,2], 2)", "[1,3]"),
    ("sprig.compact([1,0,'',nil,'a'])", r#"[1,"a"]"#),
    ("sprig.slice([1,2,3,4], 1, 3)", "[2,3]"),
    ("sprig.slice([1,2,3,4], 2)", "[3,4]"),
    ("sprig.chunk(2, [1,2,3])", "[[1,2],[3]]"),
    ("sprig.sortAlpha(['b','a'])", r#"["a","b"]"#),
    ("sprig.sortAlpha([3,20,1])", r#"["1","20","3"]"#),
    ("sprig.values({'a':1})", "[1]"),
    ("sprig.pick({'a':1,'b':2}, 'a', 'c')", r#"{"a":1}"#),
    ("sprig.omit({'a':1,'b':2}, 'a')", r#"{"b":2}"#),
    ("sprig.merge({'a':1}, {'a':2,'b':3})", r#"{"a":1,"b":3}"#),
    ("sprig.mergeOverwrite({'a':1}, {'a':2,'b':3})", r#"{"a":2,"b":3}"#),
    ("sprig.set({'a':1}, 'b', 2)", r#"{"a":1,"b":2}"#),
    ("sprig.unset({'a':1,'b':2}, 'a')", r#"{"b":2}"#),
    ("sprig.pluck('a', {'a':1}, {'b':2}, {'a':3})", "[1,3]"),
    ("sprig.dig('a', 'b', 'none', {'a':{'b':1}})", "1"),
    ("sprig.dig('a', 'c', 'none', {'a':{'b':1}})", r#""none""#),
    ("sprig.all(1, 'a', true)", "true"),
    ("sprig.all(1, '')", "false"),
    ("sprig.any(0, '', 2)", "true"),
    ("sprig.any()", "false"),
    ("sprig.tuple(1, 'a')", r#"[1,"a"]"#),
    ("sprig.deepEqual([1], [1])", "true"),
    ("sprig.deepEqual({'a':1}, {'a':2})", "false"),
    ("sprig.mustAppend([1], 2)", "[1,2]"),
    ("sprig.mustFirst([1,2])", "1"),
    ("sprig.mustHas(1, [1,2])", "true"),
    ("sprig.mustUniq([1,1,2])", "[1,2]"),
    ("sprig.mustToJson({'a':1})", r#""{\"a\":1}""#),
    ("sprig.wrap(5, 'hello wide world')", r#""hello\nwide\nworld""#),
    ("sprig.wrapWith(5, '|', 'hello wide world')", r#""hello|wide|world""#),
    ("sprig.hello()", r#""Hello!""#),
    ("sprig.osBase('a/b')", r#""b""#),
    ("sprig.toString(5)", r#""5""#),
    ("sprig.deepCopy([1])", "[1]"),
    ("sprig.round(2.5, 0)", "3"),
    ("sprig.cat('a', 1, 'b')", r#""a 1 b""#),
];

#[test]
fn results_are_those_of_go() {
    for (source, wanted) in RESULTS {
        let found = evaluate(source, &Map::new()).unwrap_or_else(|error| panic!("{source}: {error}"));
        let wanted: Value = serde_json::from_str(wanted).expect("JSON");
        let is_same = found == wanted || found.as_f64().zip(wanted.as_f64()).is_some_and(|(a, b)| (a - b).abs() < 1e-9);
        assert!(is_same, "{source}: {found}, not {wanted}");
    }
}

fn is_known(call: &str) -> bool {
    match Expression::parse(call) {
        Ok(_) => true,
        Err(error) => !matches!(error, ExprError::Unknown(_)),
    }
}

#[test]
fn every_function_is_known_or_refused() {
    let refused = |list: &str, name: &str| list.split_whitespace().any(|other| other == name);
    for name in BUILTINS.split_whitespace() {
        assert!(is_known(&format!("{name}([1])")), "{name}");
    }
    for name in SPRIG.split_whitespace() {
        assert_eq!(is_known(&format!("sprig.{name}(1)")), !refused(REFUSED_SPRIG, name), "sprig.{name}");
    }
    for name in REFUSED_SPRIG.split_whitespace().chain(["env", "expandenv"]).map(|name| format!("sprig.{name}")) {
        let text =
            format!("  - name: main\n    container: {{image: busybox, command: [echo, '{{{{={name}(1)}}}}']}}\n");
        let refusal = Trial::new(&text).refusal();
        assert!(refusal.contains("[KFP601]") && refusal.contains(&name), "{refusal}");
    }
}

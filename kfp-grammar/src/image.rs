//! Image references: `name[:tag][@digest]`, with a registry before the name or without.

use crate::mistake::char_at;
use crate::{Code, Mistake};

/// A reference to an image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Image<'a> {
    /// The registry's host, with its port; none is the cluster's default, Docker Hub.
    pub registry: Option<&'a str>,
    /// The repository in it, `library/alpine`.
    pub repository: &'a str,
    /// The tag; none is `latest`, unless there is a digest.
    pub tag: Option<&'a str>,
    /// The digest, `sha256:..`.
    pub digest: Option<&'a str>,
}

const CODE: Code = Code(320);
const HELP: &str = "write it as `alpine:3.20` or `ghcr.io/acme/iris:1.4`";

/// Reads a reference to an image, as the container runtimes do.
pub fn parse(text: &str) -> Result<Image<'_>, Mistake> {
    if text.is_empty() {
        return Err(Mistake::new(CODE, 0..0, "the image has no name").help(HELP));
    }
    if let Some(at) = text.find(char::is_whitespace) {
        let message = format!("the image `{text}` has white space in it");
        return Err(Mistake::new(CODE, char_at(text, at), message).help(HELP));
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let message = format!("an image has no `{scheme}://` before it");
        return Err(Mistake::new(CODE, 0..scheme.len() + 3, message).help(format!("write `{rest}`")));
    }
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    // A `:` before a `/` is a port's.
    let (name, tag) = match rest.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (rest, None),
    };
    let (registry, repository) = split_registry(name);
    if let Some(registry) = registry {
        check_registry(registry)?;
    }
    check_repository(repository).map_err(|mistake| mistake.shifted(name.len() - repository.len()))?;
    if let Some(tag) = tag {
        check_tag(tag).map_err(|mistake| mistake.shifted(name.len() + 1))?;
    }
    if let Some(digest) = digest {
        check_digest(digest).map_err(|mistake| mistake.shifted(rest.len() + 1))?;
    }
    Ok(Image { registry, repository, tag, digest })
}

/// The first part is a registry if nothing else could look like it: it has a `.`, a port or a capital, or is
/// `localhost`.
fn split_registry(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((host, rest))
            if host.contains(['.', ':']) || host == "localhost" || host.contains(|c: char| c.is_ascii_uppercase()) =>
        {
            (Some(host), rest)
        }
        _ => (None, name),
    }
}

fn check_registry(registry: &str) -> Result<(), Mistake> {
    let fail = |message: String| Err(Mistake::new(CODE, 0..registry.len(), message).help(HELP));
    let (host, port) = match registry.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (registry, None),
    };
    if let Some(port) = port
        && (port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()))
    {
        return fail(format!("`{port}` is no port of the registry `{host}`"));
    }
    if let Some(address) = host.strip_prefix('[') {
        let legal = address.strip_suffix(']').is_some_and(|a| a.parse::<std::net::Ipv6Addr>().is_ok());
        return if legal { Ok(()) } else { fail(format!("`{host}` is no address of a registry")) };
    }
    let label = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if host.split('.').all(label) { Ok(()) } else { fail(format!("`{host}` is no host name of a registry")) }
}

fn check_repository(repository: &str) -> Result<(), Mistake> {
    if repository.len() > 255 {
        return Err(Mistake::new(CODE, 0..repository.len(), "the name of an image has at most 255 characters"));
    }
    let mut start = 0;
    for part in repository.split('/') {
        check_part(repository, part).map_err(|mistake| mistake.shifted(start))?;
        start += part.len() + 1;
    }
    if repository.len() == 64 && repository.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f')) {
        let message = "an image cannot be named like an image's identifier, 64 hexadecimal digits";
        return Err(Mistake::new(CODE, 0..64, message).help("to name a digest, write `NAME@sha256:..`"));
    }
    Ok(())
}

/// Lower-case letters and digits, with `.`, `_`, `__` or any number of `-` in between.
fn check_part(repository: &str, part: &str) -> Result<(), Mistake> {
    if part.is_empty() {
        let message = format!("the image's name `{repository}` has an empty part");
        return Err(Mistake::new(CODE, 0..0, message).help(HELP));
    }
    let mut separator = 0..0;
    for (at, c) in part.char_indices().chain([(part.len(), '/')]) {
        if matches!(c, '.' | '_' | '-') {
            separator.end = at + 1;
            continue;
        }
        if !separator.is_empty() {
            let between = separator.start > 0 && at < part.len();
            let text = &part[separator.clone()];
            if !between || !(text == "." || text == "_" || text == "__" || text.bytes().all(|b| b == b'-')) {
                let message = format!("`{text}` cannot stand there in the image's name `{repository}`");
                return Err(
                    Mistake::new(CODE, separator, message).help("letters or digits stand around `.`, `_` and `-`")
                );
            }
        }
        separator = at + c.len_utf8()..at + c.len_utf8();
        if at < part.len() && !c.is_ascii_lowercase() && !c.is_ascii_digit() {
            let mistake = Mistake::new(CODE, char_at(part, at), format!("the image's name cannot hold `{c}`"));
            return Err(if c.is_ascii_uppercase() {
                mistake.help(format!("it is lower-case; write `{}`", repository.to_ascii_lowercase()))
            } else {
                mistake.help(HELP)
            });
        }
    }
    Ok(())
}

fn check_tag(tag: &str) -> Result<(), Mistake> {
    if tag.is_empty() {
        return Err(Mistake::new(CODE, 0..0, "the image's tag is empty").help("write a tag, or leave the `:` out"));
    }
    for (at, c) in tag.char_indices() {
        let legal = c.is_ascii_alphanumeric() || c == '_' || (at > 0 && matches!(c, '.' | '-'));
        if !legal {
            let message = format!("the image's tag `{tag}` cannot hold `{c}` there");
            return Err(Mistake::new(CODE, char_at(tag, at), message)
                .help("a tag has letters, digits, `_`, and after the first also `.` and `-`"));
        }
    }
    if tag.len() > 128 {
        return Err(Mistake::new(CODE, 0..tag.len(), "the image's tag has more than 128 characters"));
    }
    Ok(())
}

fn check_digest(digest: &str) -> Result<(), Mistake> {
    let fail = |message: String| {
        Err(Mistake::new(CODE, 0..digest.len(), message).help("write `sha256:` and its 64 hexadecimal digits"))
    };
    let Some((algorithm, hex)) = digest.split_once(':') else {
        return fail(format!("`{digest}` is no digest of an image"));
    };
    let digits = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return fail(format!("`{algorithm}` is no algorithm of an image's digest")),
    };
    if hex.len() == digits && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Ok(());
    }
    fail(format!("a digest of {algorithm} has {digits} hexadecimal digits, lower-case"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    fn image<'a>(registry: Option<&'a str>, repository: &'a str, tag: Option<&'a str>) -> Image<'a> {
        Image { registry, repository, tag, digest: None }
    }

    #[test]
    fn what_runtimes_read() {
        for (text, read) in [
            ("alpine", image(None, "alpine", None)),
            ("alpine:3.20", image(None, "alpine", Some("3.20"))),
            ("test:5000", image(None, "test", Some("5000"))),
            ("test.com:tag", image(None, "test.com", Some("tag"))),
            ("library/alpine", image(None, "library/alpine", None)),
            ("localhost/test", image(Some("localhost"), "test", None)),
            ("test:5000/repo", image(Some("test:5000"), "repo", None)),
            ("test:5000/repo:tag", image(Some("test:5000"), "repo", Some("tag"))),
            ("ghcr.io/acme/iris:1.4", image(Some("ghcr.io"), "acme/iris", Some("1.4"))),
            ("Uppercase/lowercase:tag", image(Some("Uppercase"), "lowercase", Some("tag"))),
            (
                "sub-dom1.foo.com/bar/baz/quux:some-long-tag",
                image(Some("sub-dom1.foo.com"), "bar/baz/quux", Some("some-long-tag")),
            ),
            (
                "b.gcr.io/test.example.com/my-app:test.example.com",
                image(Some("b.gcr.io"), "test.example.com/my-app", Some("test.example.com")),
            ),
            ("foo_bar.com:8080", image(None, "foo_bar.com", Some("8080"))),
            ("foo/foo_bar.com:8080", image(None, "foo/foo_bar.com", Some("8080"))),
            ("a__b/c---d/e.f", image(None, "a__b/c---d/e.f", None)),
            ("192.168.1.1:5000/x", image(Some("192.168.1.1:5000"), "x", None)),
            ("[2001:db8::1]:5000/repo", image(Some("[2001:db8::1]:5000"), "repo", None)),
            ("[2001:db8::1]/repo", image(Some("[2001:db8::1]"), "repo", None)),
            ("xn--n3h.com/myimage:xn--n3h.com", image(Some("xn--n3h.com"), "myimage", Some("xn--n3h.com"))),
        ] {
            assert_eq!(parse(text), Ok(read), "{text}");
        }
        let both = format!("test:5000/repo:tag@{SHA}");
        let read = parse(&both).unwrap();
        assert_eq!(read, Image { digest: Some(SHA), ..image(Some("test:5000"), "repo", Some("tag")) });
    }

    #[test]
    fn what_runtimes_refuse() {
        for (text, at) in [
            ("", 0..0),
            (":tag", 0..0),
            ("@sha256:ff", 0..0),
            ("repo@sha256:ff", 5..14),
            ("validname@invaliddigest:ff", 10..26),
            ("validname@sha256", 10..16),
            ("Uppercase:tag", 0..1),
            ("test:5000/Uppercase/lowercase:tag", 10..11),
            ("aa/asdf$$^/aa", 7..8),
            ("foo//bar", 4..4),
            ("foo/", 4..4),
            ("-foo", 0..1),
            ("foo-", 3..4),
            ("foo._bar", 3..5),
            ("foo___bar", 3..6),
            ("foo:", 4..4),
            ("foo:.x", 4..5),
            ("foo:a b", 5..6),
            ("foo:a:b", 3..4),
            ("repo:5x/a", 0..7),
            ("-foo.com/a", 0..8),
            ("[fe80::1%eth0]/a", 0..14),
            ("https://ghcr.io/a", 0..8),
            ("docker://alpine", 0..9),
            ("bücher/x", 1..3),
        ] {
            let mistake = parse(text).expect_err(text);
            assert_eq!((mistake.code, mistake.at), (CODE, at), "{text}: {}", mistake.message);
        }
        assert!(parse(&"a".repeat(64)).is_err() && parse(&"g".repeat(64)).is_ok());
        assert!(parse(&"a".repeat(256)).is_err() && parse(&"a".repeat(255)).is_ok());
        assert!(parse(&format!("a:{}", "b".repeat(129))).is_err());
        assert_eq!(parse("Alpine:3").unwrap_err().help.as_deref(), Some("it is lower-case; write `alpine`"));
        assert_eq!(parse("https://ghcr.io/a").unwrap_err().help.as_deref(), Some("write `ghcr.io/a`"));
    }
}

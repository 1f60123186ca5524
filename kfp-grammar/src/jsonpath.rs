//! JSONPath as kubectl has it: `{.metadata.name}`, `{.status.conditions[0].type}`.

use crate::mistake::char_at;
use crate::{Code, Mistake};

/// A piece of a JSONPath template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part<'a> {
    /// Text that is printed as it is.
    Text(&'a str),
    /// What stands between `{` and `}`.
    Action(&'a str),
}

const CODE: Code = Code(335);

/// Reads a JSONPath template with at least one `{..}` in it; without any, kubectl prints the text itself.
pub fn parse(text: &str) -> Result<Vec<Part<'_>>, Mistake> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{') {
        if open > 0 {
            parts.push(Part::Text(&text[at..at + open]));
        }
        let start = at + open + 1;
        let end = Scanner { text, at: start, opened: start - 1 }.action()?;
        parts.push(Part::Action(&text[start..end]));
        at = end + 1;
    }
    if !parts.iter().any(|part| matches!(part, Part::Action(_))) {
        let mistake = Mistake::new(CODE, 0..text.len(), format!("`{text}` would be taken as text, not as a path"));
        let path = text.trim().trim_start_matches(['$', '.']);
        let proposal = format!("{{.{path}}}");
        let help = if path.is_empty() || parse(&proposal).is_err() {
            "write a path in braces: `{.metadata.name}`".to_owned()
        } else {
            format!("write `{proposal}`")
        };
        return Err(mistake.help(help));
    }
    if at < text.len() {
        parts.push(Part::Text(&text[at..]));
    }
    Ok(parts)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the `{` is.
    opened: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Reads an action up to its `}`, and says where that is.
    fn action(mut self) -> Result<usize, Mistake> {
        let mut recursive = false;
        loop {
            let Some(c) = self.rest().chars().next().filter(|c| *c != '\n' && *c != '\r') else {
                return Err(self.unclosed("{", "}", self.opened));
            };
            let was_recursive = std::mem::replace(&mut recursive, false);
            match c {
                '}' => return Ok(self.at),
                ' ' | '@' | '$' => self.at += 1,
                '[' if self.rest().starts_with("[?(") => self.filter()?,
                '[' => self.index()?,
                '"' | '\'' => self.quoted(c)?,
                '.' if self.rest().starts_with("..") => {
                    if was_recursive {
                        return Err(self.wrong("`..` cannot follow `..`"));
                    }
                    recursive = true;
                    self.at += 2;
                    self.name();
                }
                '.' => {
                    self.at += 1;
                    self.name();
                }
                c if c.is_alphanumeric() || matches!(c, '+' | '-' | '_' | '*') => self.word(c)?,
                _ => return Err(self.wrong(&format!("a JSONPath cannot hold `{c}` here"))),
            }
        }
    }

    /// A name, in which `\` takes away the meaning of the character after it.
    fn name(&mut self) {
        let mut escaped = false;
        let end = self.rest().find(|c: char| {
            let ends = !escaped && (c.is_whitespace() || matches!(c, '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}'));
            escaped = !escaped && c == '\\';
            ends
        });
        self.at += end.unwrap_or(self.rest().len());
    }

    /// `range`, `end`, `true`, or a number.
    fn word(&mut self, first: char) -> Result<(), Mistake> {
        let start = self.at;
        self.name();
        let number = first.is_ascii_digit() || matches!(first, '+' | '-');
        if first == '*' || (number && self.text[start..self.at].parse::<f64>().is_err()) {
            self.at = start;
            return Err(self.wrong(&format!("a JSONPath cannot hold `{first}` here")));
        }
        Ok(())
    }

    fn quoted(&mut self, quote: char) -> Result<(), Mistake> {
        let start = self.at;
        let mut escaped = false;
        for (offset, c) in self.rest().char_indices().skip(1) {
            match c {
                '\n' => break,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                c if c == quote => {
                    self.at += offset + 1;
                    return Ok(());
                }
                _ => {}
            }
        }
        Err(self.unclosed(&quote.to_string(), &quote.to_string(), start))
    }

    fn index(&mut self) -> Result<(), Mistake> {
        let inner = &self.rest()[1..];
        let Some(length) = inner.find(']').filter(|end| !inner[..*end].contains('\n')) else {
            return Err(self.unclosed("[", "]", self.at));
        };
        for piece in inner[..length].split(',') {
            let piece = piece.trim();
            let key = piece.len() >= 2 && piece.starts_with('\'') && piece.ends_with('\'');
            let slice = piece.split(':').count() <= 3
                && piece.split(':').all(|n| n.is_empty() || n.parse::<i64>().is_ok_and(|_| !n.starts_with('+')));
            if !(piece == "*" || key || (slice && !piece.is_empty())) {
                let place = self.at + 1..self.at + 1 + length;
                return Err(Mistake::new(CODE, place, format!("`[{piece}]` is no index of a JSONPath"))
                    .help("write a number, `*`, or a name in single quotes: `['app']`"));
            }
        }
        self.at += length + 2;
        Ok(())
    }

    fn filter(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        self.at += "[?(".len();
        loop {
            match self.rest().chars().next() {
                None | Some('\n') => return Err(self.unclosed("[?(", ")]", start)),
                Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
                Some(')') if self.rest().starts_with(")]") => {
                    if self.at == start + "[?(".len() {
                        return Err(self.wrong("a filter of a JSONPath is empty"));
                    }
                    self.at += ")]".len();
                    return Ok(());
                }
                Some(c) => self.at += c.len_utf8(),
            }
        }
    }

    fn wrong(&self, message: &str) -> Mistake {
        Mistake::new(CODE, char_at(self.text, self.at), message)
    }

    fn unclosed(&self, open: &str, close: &str, at: usize) -> Mistake {
        Mistake::new(CODE, at..at + open.len(), format!("`{open}` is never closed in the JSONPath `{}`", self.text))
            .help(format!("add the `{close}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kubectl_reads() {
        for text in [
            "{.metadata.name}",
            "{}",
            "{.}",
            "{..}",
            "{$}",
            "{$.spec}",
            "{@}",
            "{.a[0]}",
            "{.a[-1]}",
            "{.a[0:2]}",
            "{.a[:2]}",
            "{.a[::2]}",
            "{.a[*].b}",
            "{.a.*}",
            "{..a}",
            "{['a']}",
            "{.a['b','c']}",
            "{.a[0,1]}",
            "{.status.conditions[?(@.type==\"Ready\")].status}",
            "{.a[?(@.b)].c}",
            "{.a[?(@.b<10)]}",
            "{.metadata.labels.app\\.kubernetes\\.io/name}",
            "{range .items[*]}{.metadata.name}{\"\\n\"}{end}",
            "hello {.a} and {\"}\"} bye",
            "{.a}{.b}",
        ] {
            let parts = parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}"));
            let back: String = parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => (*text).to_owned(),
                    Part::Action(text) => format!("{{{text}}}"),
                })
                .collect();
            assert_eq!(back, text);
        }
    }

    #[test]
    fn what_kubectl_refuses_or_takes_as_text() {
        for (text, at, help) in [
            ("", 0..0, "write a path in braces: `{.metadata.name}`"),
            (".metadata.name", 0..14, "write `{.metadata.name}`"),
            ("$.status.phase", 0..14, "write `{.status.phase}`"),
            ("metadata.name", 0..13, "write `{.metadata.name}`"),
            ("{.metadata.name", 0..1, "add the `}`"),
            ("{.a[0}", 3..4, "add the `]`"),
            ("{.a[x]}", 4..5, "write a number, `*`, or a name in single quotes: `['app']`"),
            ("{.a[]}", 4..4, "write a number, `*`, or a name in single quotes: `['app']`"),
            ("{\"x}", 1..2, "add the `\"`"),
            ("{.a[?(@.b}", 3..6, "add the `)]`"),
        ] {
            let mistake = parse(text).expect_err(text);
            assert_eq!((mistake.code, mistake.at, mistake.help.as_deref()), (CODE, at, Some(help)), "{text}");
        }
        for text in ["{.a,.b}", "{....a}", "{*}", "{{.a}}", "{.a[?()]}", "{1x}", "{é€}{§}"] {
            let mistake = parse(text).expect_err(text);
            assert!(text.get(mistake.at).is_some(), "{text}: a place that cuts a character");
        }
    }
}

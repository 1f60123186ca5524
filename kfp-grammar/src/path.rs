//! Paths in a container.

use crate::mistake::char_at;
use crate::{Code, Mistake};

const CODE: Code = Code(351);

/// Checks where something is mounted: an absolute path, without `:`.
pub fn mount(text: &str) -> Result<(), Mistake> {
    if !text.starts_with('/') {
        let message = format!("the path `{text}` in a container is not absolute");
        let mistake = Mistake::new(CODE, if text.is_empty() { 0..0 } else { char_at(text, 0) }, message);
        return Err(mistake.help(format!("write `/{}`", text.trim_start_matches("./"))));
    }
    match text.find(':') {
        Some(at) => {
            let message = format!("the path `{text}` in a container has a `:`");
            Err(Mistake::new(CODE, char_at(text, at), message).help("choose another path"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounts_are_at_absolute_paths() {
        assert!(mount("/data/a b").is_ok());
        let relative = mount("data").unwrap_err();
        assert_eq!((relative.code, relative.help.as_deref()), (CODE, Some("write `/data`")));
        assert_eq!(mount("/a:b").unwrap_err().at, 2..3);
        assert_eq!(mount("").unwrap_err().at, 0..0);
        assert_eq!(mount("é").unwrap_err().at, 0..2);
    }
}

/// A `Result` whose error may be any.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

/// One call: `--INPUT VALUE .. -- --OUTPUT PATH ..`
pub struct Call {
    component: &'static str,
    inputs: Vec<(String, String)>,
    outputs: Vec<(String, String)>,
    files: Vec<(&'static str, String)>,
}

impl Call {
    pub fn new(component: &'static str) -> Self {
        let (mut inputs, mut outputs, mut behind) = (Vec::new(), Vec::new(), false);
        let mut args = std::env::args().skip(1);
        while let Some(flag) = args.next() {
            if flag == "--" && !behind {
                behind = true;
                continue;
            }
            let list = if behind { &mut outputs } else { &mut inputs };
            list.push((flag[2..].to_owned(), args.next().unwrap_or_default()));
        }
        Self { component, inputs, outputs, files: Vec::new() }
    }

    fn end(&self, code: i32, what: std::fmt::Arguments<'_>) -> ! {
        eprintln!("error: component `{}`{what}", self.component);
        std::process::exit(code)
    }

    fn find(&self, list: &[(String, String)], name: &str) -> String {
        match list.iter().find(|(known, _)| known == name) {
            Some((_, value)) => value.clone(),
            None => self.end(2, format_args!(": `{name}` is not among the arguments")),
        }
    }

    pub fn text(&self, name: &str) -> String {
        self.find(&self.inputs, name)
    }

    pub fn value<T: Value>(&self, name: &str) -> T {
        let text = self.text(name);
        let wrong = || self.end(2, format_args!(": input `{name}`: expected {}, found {text:?}", T::WHAT));
        T::from_text(&text).unwrap_or_else(wrong)
    }

    pub fn read<T, E: std::fmt::Display>(&self, name: &str, read: std::result::Result<T, E>) -> T {
        read.unwrap_or_else(|error| self.end(2, format_args!(": input `{name}`: {error}")))
    }

    pub fn place(&self, name: &str) -> String {
        let path = self.find(&self.outputs, name);
        if let Some(folder) = std::path::Path::new(&path).parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        path
    }

    pub fn ended<T, E: std::fmt::Display>(&self, returned: std::result::Result<T, E>) -> T {
        returned.unwrap_or_else(|error| self.end(1, format_args!(" failed: {error:#}")))
    }

    pub fn write<E: std::fmt::Display>(&self, name: &str, text: std::result::Result<String, E>) {
        let text = text.unwrap_or_else(|error| self.end(1, format_args!(": output `{name}`: {error}")));
        if let Err(error) = std::fs::write(self.place(name), text) {
            self.end(1, format_args!(": output `{name}`: {error}"));
        }
    }

    pub fn finish(&self) {
        if let Some((name, _)) = self.files.iter().find(|(_, path)| !std::path::Path::new(path).exists()) {
            self.end(1, format_args!(": output `{name}`: the function ended without writing it"));
        }
    }
}

/// A value and its text.
pub trait Value: Sized {
    const WHAT: &'static str;
    fn from_text(text: &str) -> Option<Self>;
    fn to_text(&self) -> std::result::Result<String, String>;
}

impl Value for String {
    const WHAT: &'static str = "a text";
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
    fn to_text(&self) -> std::result::Result<String, String> {
        Ok(self.clone())
    }
}

impl Value for bool {
    const WHAT: &'static str = "`true` or `false`";
    fn from_text(text: &str) -> Option<Self> {
        match text.trim() {
            "true" | "True" => Some(true),
            "false" | "False" => Some(false),
            _ => None,
        }
    }
    fn to_text(&self) -> std::result::Result<String, String> {
        Ok(self.to_string())
    }
}

macro_rules! scalar {
    ($type:ty, $what:literal, $text:ident => $read:expr, $value:ident => $write:expr) => {
        impl Value for $type {
            const WHAT: &'static str = $what;
            fn from_text($text: &str) -> Option<Self> {
                $read
            }
            fn to_text(&self) -> std::result::Result<String, String> {
                let $value = self;
                Ok($write)
            }
        }
    };
}

/// `3.0` and `1e3` are whole as well: Argo's expressions know floats only.
fn digits(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then(|| number.to_string())
}

macro_rules! whole {
    ($type:ty) => {
        scalar!($type, "a whole number in range", text => {
            let text = text.trim();
            text.parse().ok().or_else(|| digits(text)?.parse().ok())
        }, value => value.to_string());
    };
}

whole!(i8);
whole!(i16);
whole!(i32);
whole!(i64);
whole!(i128);
whole!(isize);
whole!(u8);
whole!(u16);
whole!(u32);
whole!(u64);
whole!(u128);
whole!(usize);

fn float(value: String, debug: String) -> String {
    if value.ends_with(char::is_alphabetic) { value } else { debug }
}

scalar!(f32, "a number", text => text.trim().parse().ok(), value => float(value.to_string(), format!("{value:?}")));
scalar!(f64, "a number", text => text.trim().parse().ok(), value => float(value.to_string(), format!("{value:?}")));
scalar!(char, "one character", text => text.parse().ok(), value => value.to_string());

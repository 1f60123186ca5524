//! The functions of sprig that draw lots, and those that ask the network.

use super::chance::Chance;
use super::operators::whole;
use super::sprig_ciphers;
use super::{Result, failed};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use std::net::ToSocketAddrs;

const NAMES: [&str; 12] = [
    "randAlphaNum",
    "randAlpha",
    "randNumeric",
    "randAscii",
    "randBytes",
    "randInt",
    "shuffle",
    "uuidv4",
    "bcrypt",
    "htpasswd",
    "encryptAES",
    "getHostByName",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

/// More than this many characters are a mistake.
const MOST: i64 = 1_000_000;

pub(super) fn call(name: &str, arguments: &[Value], chance: &Chance<'_>) -> Result<Value> {
    match (name, arguments) {
        ("randInt", [from, to]) => match (whole(from), whole(to)) {
            (Some(from), Some(to)) if from < to => {
                let drawn = chance.below(to.abs_diff(from));
                Ok(from.wrapping_add_unsigned(drawn).into())
            }
            _ => failed("`sprig.randInt` takes a number and a larger one"),
        },
        ("randBytes", [count]) => {
            let mut bytes = vec![0; size(name, count)?];
            chance.fill(&mut bytes);
            Ok(BASE64_STANDARD.encode(bytes).into())
        }
        (_, [count]) if name.starts_with("rand") => {
            let wanted: fn(&char) -> bool = match name {
                "randAlphaNum" => char::is_ascii_alphanumeric,
                "randAlpha" => char::is_ascii_alphabetic,
                "randNumeric" => char::is_ascii_digit,
                _ => |_| true,
            };
            let all: Vec<char> = (' '..='~').filter(wanted).collect();
            Ok((0..size(name, count)?).map(|_| all[index(chance, all.len())]).collect::<String>().into())
        }
        ("shuffle", [Value::String(text)]) => {
            let mut letters: Vec<char> = text.chars().collect();
            for last in (1..letters.len()).rev() {
                letters.swap(last, index(chance, last + 1));
            }
            Ok(letters.into_iter().collect::<String>().into())
        }
        ("uuidv4", []) => {
            let mut bytes = [0; 16];
            chance.fill(&mut bytes);
            Ok(uuid(bytes).into())
        }
        ("bcrypt", [Value::String(password)]) => Ok(sprig_ciphers::bcrypt(password, chance).into()),
        ("htpasswd", [Value::String(user), Value::String(_)]) if user.contains(':') => {
            Ok(format!("invalid username: {user}").into())
        }
        ("htpasswd", [Value::String(user), Value::String(password)]) => {
            Ok(format!("{user}:{}", sprig_ciphers::bcrypt(password, chance)).into())
        }
        ("encryptAES", [Value::String(password), Value::String(text)]) => {
            Ok(sprig_ciphers::encrypt(password, text, chance).into())
        }
        ("getHostByName", [Value::String(host)]) => address(host, chance),
        _ => failed(format!("`sprig.{name}` is called with the wrong arguments")),
    }
}

fn index(chance: &Chance<'_>, length: usize) -> usize {
    usize::try_from(chance.below(length as u64)).unwrap_or_default()
}

fn size(name: &str, count: &Value) -> Result<usize> {
    let count = whole(count).filter(|count| *count <= MOST).map(|count| usize::try_from(count).unwrap_or(0));
    count.map_or_else(|| failed(format!("`sprig.{name}` takes a number of at most a million")), Ok)
}

fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = super::sprig::hex(&bytes);
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// One of the addresses of a host.
fn address(host: &str, chance: &Chance<'_>) -> Result<Value> {
    let ask = || {
        let found = (host, 0).to_socket_addrs().into_iter().flatten();
        let mut all: Vec<String> = found.map(|address| address.ip().to_string()).collect();
        all.sort();
        all.dedup();
        if all.is_empty() { String::new() } else { all.swap_remove(index(chance, all.len())) }
    };
    let found = chance.decided(&format!("host {host}"), &ask);
    if found.is_empty() { failed(format!("the host `{host}` has no address")) } else { Ok(found.into()) }
}

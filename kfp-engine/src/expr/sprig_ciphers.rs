//! The cryptography of sprig.

use super::chance::Chance;
use super::sprig::hex;
use super::{ExprError, Result, failed};
use aes::Aes256;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockDecryptMut, BlockEncryptMut, KeyIvInit};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bcrypt::Version;
use hmac::{Hmac, Mac};
use scrypt::{Params, scrypt};
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256};

pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "sha1sum" | "decryptAES" | "derivePassword")
}

pub(super) fn call(name: &str, arguments: &[Value]) -> Result<Value> {
    match (name, arguments) {
        ("sha1sum", [Value::String(text)]) => Ok(hex(&Sha1::digest(text)).into()),
        ("decryptAES", [Value::String(password), Value::String(text)]) => decrypt(password, text).map(Value::from),
        ("derivePassword", [counter, Value::String(kind), password, user, site]) => {
            let texts = [password, user, site].map(|value| value.as_str());
            let counter = counter.as_u64().and_then(|counter| u32::try_from(counter).ok());
            match (counter, texts) {
                (Some(counter), [Some(password), Some(user), Some(site)]) => {
                    derived(counter, kind, password, user, site).map(Value::from)
                }
                _ => failed("`sprig.derivePassword` takes a number and four texts"),
            }
        }
        _ => failed(format!("`sprig.{name}` is called with the wrong arguments")),
    }
}

/// As often as `bcrypt` hashes: two to this.
const COST: u32 = 10;

pub(super) fn bcrypt(password: &str, chance: &Chance<'_>) -> String {
    let mut salt = [0; 16];
    chance.fill(&mut salt);
    if password.len() > 72 {
        return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes".to_owned();
    }
    match bcrypt::hash_with_salt(password, COST, salt) {
        Ok(hash) => hash.format_for_version(Version::TwoA),
        Err(error) => format!("failed to encrypt string with bcrypt: {error}"),
    }
}

/// The password as a key: cut, or filled with zeros.
fn key(password: &str) -> [u8; 32] {
    let mut key = [0; 32];
    key.iter_mut().zip(password.bytes()).for_each(|(to, byte)| *to = byte);
    key
}

pub(super) fn encrypt(password: &str, text: &str, chance: &Chance<'_>) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut start = [0; 16];
    chance.fill(&mut start);
    let cipher = cbc::Encryptor::<Aes256>::new(&key(password).into(), &start.into());
    let encrypted = cipher.encrypt_padded_vec_mut::<Pkcs7>(text.as_bytes());
    BASE64_STANDARD.encode([&start[..], &encrypted].concat())
}

fn decrypt(password: &str, text: &str) -> Result<String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let wrong = |why: &str| ExprError::Run(format!("`sprig.decryptAES`: {why}"));
    let bytes = BASE64_STANDARD.decode(text).map_err(|error| wrong(&error.to_string()))?;
    let (start, encrypted) = bytes.split_first_chunk::<16>().ok_or_else(|| wrong("the text is too short"))?;
    let cipher = cbc::Decryptor::<Aes256>::new(&key(password).into(), &(*start).into());
    let plain = cipher.decrypt_padded_vec_mut::<Pkcs7>(encrypted);
    let plain = plain.map_err(|_| wrong("it was not encrypted with this password"))?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

/// What every kind of derived password may look like, a letter for each class of characters.
const LOOKS: [(&str, &[&str]); 6] = [
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

fn class(letter: char) -> &'static [u8] {
    match letter {
        'V' => b"AEIOU",
        'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        'v' => b"aeiou",
        'c' => b"bcdfghjklmnpqrstvwxyz",
        'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        'n' => b"0123456789",
        'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// The password for a site, of the algorithm of Master Password.
fn derived(counter: u32, kind: &str, password: &str, user: &str, site: &str) -> Result<String> {
    const SCOPE: &str = "com.lyndir.masterpassword";
    let Some((_, looks)) = LOOKS.iter().find(|(name, _)| *name == kind) else {
        return Ok(format!("cannot find password template {kind}"));
    };
    let salted = |text: &str| {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
        [SCOPE.as_bytes(), &length, text.as_bytes()].concat()
    };
    let wrong = |error: String| ExprError::Run(format!("failed to derive password: {error}"));
    let mut key = [0; 64];
    let params = Params::new(15, 8, 2, key.len()).map_err(|error| wrong(error.to_string()))?;
    scrypt(password.as_bytes(), &salted(user), &params, &mut key).map_err(|error| wrong(error.to_string()))?;
    let mut seed = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| wrong(error.to_string()))?;
    seed.update(&[&salted(site)[..], &counter.to_be_bytes()].concat());
    let seed = seed.finalize().into_bytes();
    let look = looks[usize::from(seed[0]) % looks.len()];
    let letters = look.chars().zip(&seed[1..]).map(|(letter, byte)| {
        let all = class(letter);
        char::from(all[usize::from(*byte) % all.len()])
    });
    Ok(letters.collect())
}

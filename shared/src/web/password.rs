//! Passwords: argon2id by OWASP's and RFC 9106's advice (64 MiB, three passes), and the few rules that help: long, and not one that
//! everybody tries first. Never kept, logged or shown.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::Rng;

const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
pub const LEAST_CHARACTERS: usize = 12;
/// Longer than any phrase, short enough to hash without harm.
const MOST_CHARACTERS: usize = 256;

/// The key of the one sentence for a wrong login, a wrong password and a wrong code: nobody learns which it was.
pub const WRONG: &str = "error-login";

/// Why a new password is not accepted; the code is the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    #[error("shorter than {LEAST_CHARACTERS} characters")]
    Short,
    #[error("longer than {MOST_CHARACTERS} characters")]
    Long,
    #[error("among the passwords that are tried first")]
    Common,
}

impl Weak {
    pub fn text_key(self) -> &'static str {
        match self {
            Weak::Short => "error-password-short",
            Weak::Long => "error-password-long",
            Weak::Common => "error-password-common",
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashError(String);

/// Whether a new password is good enough for this login name.
pub fn check(password: &str, login: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < LEAST_CHARACTERS {
        return Err(Weak::Short);
    }
    if length > MOST_CHARACTERS {
        return Err(Weak::Long);
    }
    let folded = password.to_lowercase();
    let login = login.trim().to_lowercase();
    let rest: String = folded.replace(&login, "").chars().filter(|c| c.is_alphabetic()).collect();
    let distinct: std::collections::BTreeSet<char> = folded.chars().collect();
    let listed = COMMON.lines().any(|common| common == folded);
    if listed || distinct.len() < 5 || (!login.is_empty() && folded.contains(&login) && rest.len() < 6) {
        return Err(Weak::Common);
    }
    Ok(())
}

/// The hash to keep, as a PHC string. Takes a noticeable moment and 64 MiB: call it off the async threads.
pub fn hash(password: &str, rng: &mut impl Rng) -> Result<String, HashError> {
    let mut salt = [0_u8; 16];
    rng.fill_bytes(&mut salt);
    let hash = argon()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| HashError(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether the password is the kept one. Without a kept hash (nobody of that name) it takes as long and says no.
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let Ok(argon) = argon() else { return false };
    match kept {
        Some(hash) => argon.verify_password(password.as_bytes(), hash).is_ok(),
        None => {
            let mut ignored = [0; 32];
            let _ = argon.hash_password_into(password.as_bytes(), &[0; 16], &mut ignored);
            false
        }
    }
}

fn argon() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The long ones among the most used passwords, and their kin in our languages; what is shorter is refused anyway.
const COMMON: &str = include_str!("common_passwords.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other() {
        let hash = hash("fire blå båter på vannet", &mut rand::rng()).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
        assert!(verify("fire blå båter på vannet", Some(&hash)));
        assert!(!verify("fire blå båter på vann", Some(&hash)));
        assert!(!verify("fire blå båter på vannet", None));
        assert!(!verify("x", Some("not a hash")));
    }

    #[test]
    fn weak_ones_are_named() {
        assert_eq!(check("kort", "kari"), Err(Weak::Short));
        assert_eq!(check(&"ab c".repeat(100), "kari"), Err(Weak::Long));
        assert_eq!(check("Password1234", "kari"), Err(Weak::Common));
        assert_eq!(check("aaaaaaaaaaaaaa", "kari"), Err(Weak::Common));
        assert_eq!(check("kari.nordmann2026", "kari.nordmann"), Err(Weak::Common));
        assert_eq!(check("ekorn under brygga", "kari"), Ok(()));
    }
}

//! Codes that an app shows and that change every half minute (TOTP, RFC 6238: SHA-1, six digits, 30 seconds, which is
//! what every app knows).

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use totp_rs::Builder;
use zeroize::Zeroizing;

const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;

/// What the app and the program share: 160 random bits, as RFC 4226 advises.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 20]>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A code that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    /// Which half minute it is of, since 1970.
    pub(super) step: i64,
    /// Of the one before this: a clock goes wrong.
    pub(super) late: bool,
}

impl Secret {
    pub fn random(rng: &mut impl rand::Rng) -> Self {
        let mut bytes = Zeroizing::new([0; 20]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// For who cannot take a picture: base 32, in groups of four.
    pub fn to_text(&self) -> Zeroizing<String> {
        let text = Zeroizing::new(BASE32_NOPAD.encode(self.as_bytes()));
        let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..at + 4]).collect();
        Zeroizing::new(groups.join(" "))
    }

    /// What [`Secret::to_text`] gives, spaced as anybody likes: what an app does with it.
    pub fn from_text(text: &str) -> Option<Self> {
        let letters: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|letter| !letter.is_whitespace()).collect());
        let bytes = Zeroizing::new(BASE32_NOPAD.decode(letters.as_bytes()).ok()?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// What the picture says to the app: `otpauth://totp/issuer:login?secret=…`.
    pub fn url(&self, issuer: &str, login: &str) -> Zeroizing<String> {
        let (issuer, login) = (encoded(issuer), encoded(login));
        let secret = Zeroizing::new(BASE32_NOPAD.encode(self.as_bytes()));
        Zeroizing::new(format!("otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}", secret.as_str()))
    }

    /// The code of this moment.
    pub fn code(&self, now: DateTime<Utc>) -> String {
        self.code_of(now.timestamp().div_euclid(STEP_SECONDS))
    }

    fn code_of(&self, step: i64) -> String {
        let totp = Builder::new().with_secret(*self.0).with_skew(0).build_noncompliant();
        totp.generate(u64::try_from(step * STEP_SECONDS).unwrap_or_default()).to_string()
    }

    /// Whether this is the code of now, or of the half minute before; never of one that is not after `last`.
    pub(super) fn fit(&self, typed: &str, now: DateTime<Utc>, last: i64) -> Option<Fit> {
        use subtle::ConstantTimeEq;
        let step = now.timestamp().div_euclid(STEP_SECONDS);
        let steps = [Fit { step, late: false }, Fit { step: step - 1, late: true }];
        steps.into_iter().find(|fit| {
            let same: bool = self.code_of(fit.step).as_bytes().ct_eq(typed.as_bytes()).into();
            same && fit.step > last
        })
    }
}

/// The six digits, if that is what was typed; people put a space in their middle.
pub(super) fn digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    (digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

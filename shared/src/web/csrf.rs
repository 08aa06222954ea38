//! The token that every form carries, so that no other site can post in a visitor's name.
//!
//! It is derived from the visitor's secret cookie, so there is nothing to keep. Only [`Submitted`](super::Submitted) and
//! [`Upload`](super::Upload) open a form, and both check it first: a handler cannot forget. It comes on top of the strict cookie and
//! of the origin check in [`guard`](super::guard).

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::session::SecretId;

/// The name of the hidden field.
pub const FIELD: &str = "csrf";

/// The token of one visitor's forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    pub fn of(visitor: &SecretId) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"helhet form token 1");
        hash.update(visitor.as_bytes());
        Self(HEXLOWER.encode(&hash.finalize()[..16]))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn matches(&self, sent: &str) -> bool {
        self.0.as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

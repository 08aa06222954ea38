//! Revoked: the one thing that a revoked device still gets.

use minicbor::{Decode, Encode};

use crate::identity::Signed;
use crate::log::Revocation;

/// "You are out." The session closes after it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Revoked {
    /// Signed by the chapter's key.
    #[n(0)]
    pub revocation: Signed<Revocation>,
}

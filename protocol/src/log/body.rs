//! What a change says, as it is sent.

use std::fmt;

use minicbor::{Decode, Encode};

use super::{Hash, chunk};

/// A change's body as the wire carries it. `Debug` shows its size only.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Readable by who may hold the zone.
    Open(Vec<u8>),
    /// Ciphertext.
    Sealed(Vec<u8>),
    /// Removed or refused: its commitment alone remains.
    Absent {
        /// See [`Change::commitment`].
        commitment: Hash,
    },
}

impl Body {
    /// In bytes; nothing when absent.
    pub fn len(&self) -> usize {
        match self {
            Self::Open(body) | Self::Sealed(body) => body.len(),
            Self::Absent { .. } => 0,
        }
    }

    /// True when there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A body of one of these forms is on the wire as `[form, bytes]`.
mod form {
    pub(super) const OPEN: u8 = 0;
    pub(super) const SEALED: u8 = 1;
    pub(super) const ABSENT: u8 = 2;
    /// Open, and without the beginning that its rest implies.
    pub(super) const CHUNK: u8 = 3;
}

impl<C> Encode<C> for Body {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let (form, bytes) = match self {
            Self::Open(body) => match chunk::without_beginning(body) {
                Some(rest) => (form::CHUNK, rest),
                None => (form::OPEN, body.as_slice()),
            },
            Self::Sealed(body) => (form::SEALED, body.as_slice()),
            Self::Absent { commitment } => (form::ABSENT, commitment.as_slice()),
        };
        e.array(2)?.u8(form)?.bytes(bytes)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Body {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let wrong = || minicbor::decode::Error::message("a body is a form and bytes");
        let fields = d.array()?.filter(|fields| *fields >= 2).ok_or_else(wrong)?;
        let (form, bytes) = (d.u8()?, d.bytes()?);
        // Of a newer version.
        (2..fields).try_for_each(|_| d.skip())?;
        Ok(match form {
            form::OPEN => Self::Open(bytes.to_vec()),
            form::SEALED => Self::Sealed(bytes.to_vec()),
            form::ABSENT => Self::Absent { commitment: bytes.try_into().map_err(|_| wrong())? },
            form::CHUNK => Self::Open(chunk::with_beginning(bytes)),
            _ => return Err(wrong()),
        })
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(body) => write!(f, "Open({} bytes)", body.len()),
            Self::Sealed(body) => write!(f, "Sealed({} bytes)", body.len()),
            Self::Absent { .. } => f.write_str("Absent"),
        }
    }
}

//! Length-prefixed frames with a hard limit: `length: u32 (big-endian) ‖ type: u8 ‖ payload`, where the length counts
//! type and payload.
//!
//! The payloads of Hello and Entries are compressed ([`crate::packed`]).

pub use crate::packed::INFLATED_BYTES_MAX;
use crate::packed::{self, PackedError};
use crate::v1::{Malformed, Message, is_compressed};

/// The largest frame: type and payload, in bytes.
pub const FRAME_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A message as bytes for the stream.
///
/// # Errors
/// When it would be larger than a frame may be.
pub fn encode(message: &Message) -> Result<Vec<u8>, FrameError> {
    let cbor = message.to_cbor();
    let payload = if is_compressed(message.kind()) { packed::compress(&cbor)? } else { cbor };
    let size = payload.len() + 1;
    let length = u32::try_from(size).ok().filter(|_| size <= FRAME_BYTES_MAX);
    let length = length.ok_or(FrameError::TooLarge { size })?;
    let mut frame = Vec::with_capacity(4 + size);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.push(message.kind());
    frame.extend_from_slice(&payload);
    Ok(frame)
}

/// Cuts messages out of a stream of bytes that arrives in any portions.
#[derive(Debug, Default)]
pub struct FrameReader {
    buffer: Vec<u8>,
    read: usize,
}

impl FrameReader {
    /// Takes the next portion.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..std::mem::take(&mut self.read));
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole message, or `None` until more bytes have arrived.
    ///
    /// # Errors
    /// When a frame is empty or too large, or its message cannot be read; the stream is then of no more use.
    pub fn next_message(&mut self) -> Result<Option<Message>, FrameError> {
        let rest = self.buffer.get(self.read..).unwrap_or_default();
        let Some((length, rest)) = rest.split_first_chunk::<4>() else { return Ok(None) };
        let size = u32::from_be_bytes(*length) as usize;
        if size == 0 || size > FRAME_BYTES_MAX {
            return Err(FrameError::TooLarge { size });
        }
        let Some((kind, payload)) = rest.get(..size).and_then(<[u8]>::split_first) else { return Ok(None) };
        let message = decode(*kind, payload)?;
        self.read += 4 + size;
        Ok(Some(message))
    }
}

/// Reads one message from its type and payload.
///
/// # Errors
/// As [`FrameReader::next_message`].
pub fn decode(kind: u8, payload: &[u8]) -> Result<Message, FrameError> {
    if is_compressed(kind) {
        return Ok(Message::from_cbor(kind, &packed::inflate(payload)?)?);
    }
    Ok(Message::from_cbor(kind, payload)?)
}

/// Why a frame is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Empty, or above the limit.
    #[error(
        "a frame of {size} bytes is none: 1 to {FRAME_BYTES_MAX} are allowed, inflated {INFLATED_BYTES_MAX}"
    )]
    TooLarge { size: usize },
    /// The compressed payload is broken.
    #[error("a frame's compressed payload cannot be read")]
    Compressed,
    /// The message is.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

impl From<PackedError> for FrameError {
    fn from(error: PackedError) -> Self {
        match error {
            PackedError::TooLarge { size } => Self::TooLarge { size },
            PackedError::Broken => Self::Compressed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::{CaughtUp, Close, CloseCode, Entries};

    fn read_all(bytes: &[u8], portion: usize) -> Result<Vec<Message>, FrameError> {
        let mut reader = FrameReader::default();
        let mut messages = Vec::new();
        for part in bytes.chunks(portion) {
            reader.push(part);
            while let Some(message) = reader.next_message()? {
                messages.push(message);
            }
        }
        Ok(messages)
    }

    #[test]
    fn messages_come_out_as_they_went_in_whatever_the_portions() {
        let messages = vec![
            Message::CaughtUp(CaughtUp {}),
            Message::Entries(Entries::whole(1, vec![])),
            Message::Close(Close { code: CloseCode::Done }),
        ];
        let bytes: Vec<u8> = messages.iter().flat_map(|message| encode(message).unwrap()).collect();
        for portion in 1..bytes.len() {
            assert_eq!(read_all(&bytes, portion).unwrap(), messages);
        }
    }

    #[test]
    fn a_frame_outside_the_limits_is_refused_before_it_is_read() {
        let too_large = (FRAME_BYTES_MAX as u32 + 1).to_be_bytes();
        assert!(matches!(read_all(&too_large, 4), Err(FrameError::TooLarge { .. })));
        assert!(matches!(read_all(&[0; 4], 4), Err(FrameError::TooLarge { size: 0 })));
        let unknown = [&2u32.to_be_bytes()[..], &[99, 0x80]].concat();
        assert!(matches!(read_all(&unknown, 6), Err(FrameError::Malformed(_))));
        let ignorable = [&2u32.to_be_bytes()[..], &[200, 0xff]].concat();
        assert_eq!(read_all(&ignorable, 6), Ok(vec![Message::Ignorable(200)]));
    }
}

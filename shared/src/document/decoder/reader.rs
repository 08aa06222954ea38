//! Reads bytes from the front of a slice, never past its end and never copying more than it was given.

use super::DecodeError;

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, DecodeError> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A length or count that must not exceed `limit`.
    pub(super) fn count(&mut self, limit: usize, over: DecodeError) -> Result<usize, DecodeError> {
        match usize::try_from(self.unsigned()?) {
            Ok(count) if count <= limit => Ok(count),
            _ => Err(over),
        }
    }

    /// Bytes behind their own length.
    pub(super) fn prefixed(&mut self) -> Result<&'a [u8], DecodeError> {
        let length = self.count(self.0.len(), DecodeError::Truncated)?;
        self.take(length)
    }

    /// An unsigned LEB128 number in its shortest form.
    pub(super) fn unsigned(&mut self) -> Result<u64, DecodeError> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(DecodeError::Number);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return if byte == 0 && shift > 0 { Err(DecodeError::Number) } else { Ok(number) };
            }
        }
        Err(DecodeError::Number)
    }

    /// A signed LEB128 number in its shortest form.
    pub(super) fn signed(&mut self) -> Result<i64, DecodeError> {
        let mut number = 0i64;
        let mut sign_before = None;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 != 0 {
                sign_before = Some(byte & 0x40 != 0);
                continue;
            }
            let repeats_the_sign = matches!((byte, sign_before), (0x00, Some(false)) | (0x7f, Some(true)));
            let too_large = shift == 63 && byte != 0x00 && byte != 0x7f;
            if repeats_the_sign || too_large {
                return Err(DecodeError::Number);
            }
            if byte & 0x40 != 0 && shift + 7 < 64 {
                number |= -1i64 << (shift + 7);
            }
            return Ok(number);
        }
        Err(DecodeError::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsigned(bytes: &[u8]) -> Option<u64> {
        Reader::new(bytes).unsigned().ok()
    }

    fn signed(bytes: &[u8]) -> Option<i64> {
        Reader::new(bytes).signed().ok()
    }

    #[test]
    fn unsigned_numbers_have_one_form() {
        assert_eq!(unsigned(&[0x00]), Some(0));
        assert_eq!(unsigned(&[0x80, 0x01]), Some(128));
        assert_eq!(unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), Some(u64::MAX));
        assert_eq!(unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]), None);
        assert_eq!(unsigned(&[0x81, 0x00]), None, "overlong");
        assert_eq!(unsigned(&[0x80]), None, "cut");
        assert_eq!(unsigned(&[0x80; 20]), None, "endless");
    }

    #[test]
    fn signed_numbers_have_one_form() {
        assert_eq!(signed(&[0x7f]), Some(-1));
        assert_eq!(signed(&[0x40]), Some(-64));
        assert_eq!(signed(&[0x80, 0x40]), Some(-8192));
        assert_eq!(signed(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00]), Some(i64::MAX));
        assert_eq!(signed(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]), Some(i64::MIN));
        assert_eq!(signed(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7e]), None);
        assert_eq!(signed(&[0xbf, 0x00]), None, "overlong");
        assert_eq!(signed(&[0x81, 0xff, 0x7f]), None, "overlong");
        assert_eq!(signed(&[0x80; 20]), None, "endless");
    }
}

//! Reads columns: many values of one kind, with runs of equal ones written once.
//!
//! A run of a billion fits in six bytes, so nothing is expanded beyond the number of values that the caller expects.

use super::{DecodeError, reader::Reader};

/// The columns of a change, by what they hold. Absent ones are empty.
#[derive(Default)]
pub(super) struct Columns<'a> {
    pub(super) key: &'a [u8],
    pub(super) insert: &'a [u8],
    pub(super) action: &'a [u8],
    pub(super) value_kind: &'a [u8],
    pub(super) value_bytes: &'a [u8],
    pub(super) predecessor_count: &'a [u8],
    pub(super) predecessor_actor: &'a [u8],
    pub(super) predecessor_counter: &'a [u8],
}

/// The bit of a column's specification that says "deflated".
const DEFLATED: u64 = 0b1000;

impl<'a> Columns<'a> {
    /// Reads the table of columns and cuts the data behind it. Columns of nested objects, lists and marks, unknown
    /// ones, empty ones and deflated ones are refused.
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Columns<'a>, DecodeError> {
        let count = reader.count(8, DecodeError::UnknownColumn)?;
        let mut table = Vec::with_capacity(count);
        for _ in 0..count {
            table.push((reader.unsigned()?, reader.count(u32::MAX as usize, DecodeError::Truncated)?));
        }
        if table.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return Err(DecodeError::NotCanonical);
        }
        let mut columns = Columns::default();
        for (specification, length) in table {
            let column = match specification {
                0x15 => &mut columns.key,
                0x34 => &mut columns.insert,
                0x42 => &mut columns.action,
                0x56 => &mut columns.value_kind,
                0x57 => &mut columns.value_bytes,
                0x70 => &mut columns.predecessor_count,
                0x71 => &mut columns.predecessor_actor,
                0x73 => &mut columns.predecessor_counter,
                deflated if deflated & DEFLATED != 0 => return Err(DecodeError::Compressed),
                _ => return Err(DecodeError::UnknownColumn),
            };
            *column = match reader.take(length)? {
                [] => return Err(DecodeError::NotCanonical),
                bytes => bytes,
            };
        }
        Ok(columns)
    }
}

/// Reads a run-length column of at most `limit` values, none of them absent, written in the one way that automerge
/// writes it: equal neighbours always stand in a run, and those that differ in as few stretches as can be.
pub(super) fn runs<'a, T: Copy + PartialEq>(
    bytes: &'a [u8],
    limit: usize,
    mut read: impl FnMut(&mut Reader<'a>) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let mut reader = Reader::new(bytes);
    let mut values: Vec<T> = Vec::new();
    let mut after_stretch = false;
    while !reader.is_empty() {
        let run = reader.signed()?;
        let length = usize::try_from(run.unsigned_abs()).map_err(|_| DecodeError::TooManyOperations)?;
        if length > limit - values.len() {
            return Err(DecodeError::TooManyOperations);
        }
        match run {
            0 => return Err(DecodeError::MissingValue),
            1.. => {
                let value = read(&mut reader)?;
                if length == 1 || values.last() == Some(&value) {
                    return Err(DecodeError::NotCanonical);
                }
                values.resize(values.len() + length, value);
                after_stretch = false;
            }
            _ => {
                if after_stretch {
                    return Err(DecodeError::NotCanonical);
                }
                for _ in 0..length {
                    let value = read(&mut reader)?;
                    if values.last() == Some(&value) {
                        return Err(DecodeError::NotCanonical);
                    }
                    values.push(value);
                }
                after_stretch = true;
            }
        }
    }
    Ok(values)
}

/// Reads a column of `count` differences and gives the sums.
pub(super) fn deltas(bytes: &[u8], limit: usize) -> Result<Vec<i64>, DecodeError> {
    let mut values = runs(bytes, limit, Reader::signed)?;
    let mut sum = 0i64;
    for value in &mut values {
        sum = sum.checked_add(*value).ok_or(DecodeError::Number)?;
        *value = sum;
    }
    Ok(values)
}

/// Whether this is a yes/no column of exactly `count` times no.
pub(super) fn is_all_false(bytes: &[u8], count: usize) -> bool {
    let mut reader = Reader::new(bytes);
    reader.unsigned().is_ok_and(|run| run == count as u64) && reader.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_not_expanded_beyond_the_limit() {
        let billion = [0x80, 0x94, 0xeb, 0xdc, 0x03, 0x01];
        assert_eq!(runs(&billion, 1000, Reader::unsigned), Err(DecodeError::TooManyOperations));
        let lowest = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
        assert_eq!(runs(&lowest, 1000, Reader::unsigned), Err(DecodeError::TooManyOperations));
        assert_eq!(runs(&[0x03, 0x07, 0x7e, 0x01, 0x02], 5, Reader::unsigned), Ok(vec![7, 7, 7, 1, 2]));
        assert_eq!(runs(&[0x00, 0x05], 5, Reader::unsigned), Err(DecodeError::MissingValue));
    }

    #[test]
    fn runs_have_one_form() {
        let not_canonical = Err(DecodeError::NotCanonical);
        assert_eq!(runs(&[0x01, 0x07], 9, Reader::unsigned), not_canonical, "a run of one");
        assert_eq!(runs(&[0x02, 0x07, 0x03, 0x07], 9, Reader::unsigned), not_canonical, "a run cut in two");
        assert_eq!(runs(&[0x7e, 0x07, 0x07], 9, Reader::unsigned), not_canonical, "equal ones in a stretch");
        assert_eq!(
            runs(&[0x7f, 0x01, 0x7f, 0x02], 9, Reader::unsigned),
            not_canonical,
            "a stretch cut in two"
        );
        assert_eq!(
            runs(&[0x7f, 0x07, 0x02, 0x07], 9, Reader::unsigned),
            not_canonical,
            "a run that began before"
        );
        assert_eq!(runs(&[0x02, 0x07, 0x7f, 0x07], 9, Reader::unsigned), not_canonical, "a run that goes on");
        assert_eq!(runs(&[0x02, 0x07, 0x7f, 0x01, 0x02, 0x02], 9, Reader::unsigned), Ok(vec![7, 7, 1, 2, 2]));
    }

    #[test]
    fn differences_are_summed_without_overflow() {
        assert_eq!(deltas(&[0x03, 0x02], 3), Ok(vec![2, 4, 6]));
        let highest = [0x02, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00];
        assert_eq!(deltas(&highest, 3), Err(DecodeError::Number));
    }
}

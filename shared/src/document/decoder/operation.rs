//! From columns to operations, and from operations to automerge's own form of them.

use std::collections::HashSet;

use automerge::{
    ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};

use super::{
    DecodeError, DecodedOperation, Limits,
    column::{Columns, deltas, is_all_false, runs},
    reader::Reader,
};
use crate::{
    document::{self, Value, automerge_actor},
    id::ActorId,
};

const SET: u64 = 1;
const DELETE: u64 = 3;
/// The kind of unsigned numbers.
const UNSIGNED: u64 = 3;

/// Puts the columns together, row by row.
pub(super) fn read_operations(
    columns: &Columns<'_>,
    actors: &[ActorId],
    limits: &Limits,
) -> Result<Vec<DecodedOperation>, DecodeError> {
    let actions = runs(columns.action, limits.operations, Reader::unsigned)?;
    let count = actions.len();
    if count == 0 {
        return Err(DecodeError::TooManyOperations);
    }
    let keys = runs(columns.key, count, |reader| read_key(reader, limits))?;
    let kinds = runs(columns.value_kind, count, Reader::unsigned)?;
    let mut predecessors = read_predecessors(columns, count, actors, limits)?.into_iter();
    if keys.len() != count || kinds.len() != count || predecessors.len() != count {
        return Err(DecodeError::MissingValue);
    }
    if !is_all_false(columns.insert, count) {
        return Err(DecodeError::UnknownOperation);
    }
    if keys.iter().collect::<HashSet<_>>().len() != count {
        return Err(DecodeError::KeyTwice);
    }
    let mut bytes = Reader::new(columns.value_bytes);
    let mut operations = Vec::with_capacity(count);
    for ((action, key), kind) in actions.into_iter().zip(keys).zip(kinds) {
        let value = read_value(action, kind, &mut bytes)?;
        let predecessors = predecessors.next().ok_or(DecodeError::MissingValue)?;
        let unsigned = kind & 0b1111 == UNSIGNED;
        operations.push(DecodedOperation { key: key.to_owned(), value, predecessors, unsigned });
    }
    if bytes.is_empty() { Ok(operations) } else { Err(DecodeError::LeftOver) }
}

/// The operation in the form that automerge's writer takes.
pub(super) fn to_automerge(operation: &DecodedOperation) -> Op {
    let written = operation.value.as_ref().map(|value| match value {
        Value::Int(number) if operation.unsigned => ScalarValue::Uint(number.unsigned_abs()),
        Value::Text(_) | Value::Int(_) | Value::Bool(_) => document::to_automerge(value),
    });
    let predecessors = operation.predecessors.iter();
    Op {
        action: written.map_or(OpType::Delete, OpType::Put),
        obj: ObjectId::Root,
        key: Key::Map(operation.key.as_str().into()),
        pred: predecessors.map(|(counter, actor)| OpId::new(*counter, &automerge_actor(*actor))).collect(),
        insert: false,
    }
}

fn read_key<'a>(reader: &mut Reader<'a>, limits: &Limits) -> Result<&'a str, DecodeError> {
    let key = reader.prefixed()?;
    if key.is_empty() || key.len() > limits.key_bytes {
        return Err(DecodeError::Key);
    }
    std::str::from_utf8(key).map_err(|_| DecodeError::Text)
}

/// The value of one operation: its kind says what it is and how many bytes it takes.
fn read_value(action: u64, kind: u64, bytes: &mut Reader<'_>) -> Result<Option<Value>, DecodeError> {
    let length = usize::try_from(kind >> 4).map_err(|_| DecodeError::Truncated)?;
    let bytes = bytes.take(length)?;
    match (action, kind & 0b1111, length) {
        (DELETE, 0, 0) => Ok(None),
        (SET, 1, 0) => Ok(Some(Value::Bool(false))),
        (SET, 2, 0) => Ok(Some(Value::Bool(true))),
        (SET, UNSIGNED, 1..) => {
            let number =
                i64::try_from(whole(bytes, Reader::unsigned)?).map_err(|_| DecodeError::UnknownValue)?;
            Ok(Some(Value::Int(number)))
        }
        (SET, 4, 1..) => whole(bytes, Reader::signed).map(|number| Some(Value::Int(number))),
        (SET, 6, _) => {
            let text = std::str::from_utf8(bytes).map_err(|_| DecodeError::Text)?;
            Ok(Some(Value::Text(text.to_owned())))
        }
        (SET | DELETE, _, _) => Err(DecodeError::UnknownValue),
        _ => Err(DecodeError::UnknownOperation),
    }
}

/// A number that takes all of `bytes`.
fn whole<'a, T>(
    bytes: &'a [u8],
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut reader = Reader::new(bytes);
    let number = read(&mut reader)?;
    if reader.is_empty() { Ok(number) } else { Err(DecodeError::LeftOver) }
}

/// For each operation the operations whose values it replaces.
fn read_predecessors(
    columns: &Columns<'_>,
    count: usize,
    actors: &[ActorId],
    limits: &Limits,
) -> Result<Vec<Vec<(u64, ActorId)>>, DecodeError> {
    let places = runs(columns.predecessor_actor, limits.operations, Reader::unsigned)?;
    let counters = deltas(columns.predecessor_counter, limits.operations)?;
    if places.len() != counters.len() {
        return Err(DecodeError::MissingValue);
    }
    let mut all = places.into_iter().zip(counters).map(|(place, counter)| {
        let actor = usize::try_from(place).ok().and_then(|place| actors.get(place));
        Ok((u64::try_from(counter).map_err(|_| DecodeError::Number)?, *actor.ok_or(DecodeError::Actor)?))
    });
    let mut groups = Vec::new();
    for size in runs(columns.predecessor_count, count, Reader::unsigned)? {
        let size = usize::try_from(size).map_err(|_| DecodeError::MissingValue)?;
        if size > all.len() {
            return Err(DecodeError::MissingValue);
        }
        groups.push(all.by_ref().take(size).collect::<Result<Vec<_>, _>>()?);
    }
    if all.len() == 0 { Ok(groups) } else { Err(DecodeError::LeftOver) }
}

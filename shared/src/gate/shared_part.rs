//! What the office may see of one supporter. Only the gate builds it; the shared zone's log takes it.

use std::{collections::BTreeMap, fmt};

use chrono::{DateTime, Utc};
use rand::Rng;

use super::ForShared;
use crate::{
    document::{ChangeBody, Content, Document, DocumentError, Edit, Value},
    id::ActorId,
    supporter::Field,
};

/// The gate's output: the keys of the shared document with all their values.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedPart {
    values: Content,
}

impl SharedPart {
    pub(super) fn of(keys: impl Iterator<Item = (String, Vec<Value>)>) -> Option<SharedPart> {
        let mut values: Content = BTreeMap::new();
        for (key, added) in keys {
            let held = values.entry(key).or_default();
            held.extend(added);
            held.sort();
            held.dedup();
        }
        (!values.is_empty()).then_some(SharedPart { values })
    }

    /// What the shared document shall hold, whole.
    pub fn content(&self) -> &Content {
        &self.values
    }

    /// The difference to the merged shared document in layers, each to be written without knowledge of the others.
    ///
    /// A register in conflict lets out all its values, and one edit writes one. So the second values go into a
    /// change that is concurrent to the first, and the shared document holds what the record holds. No conflict, one
    /// layer; nothing to write, none.
    pub fn layers(&self, shared: &Content) -> Vec<Vec<Edit>> {
        let differing = || self.values.iter().filter(|(key, values)| shared.get(*key) != Some(*values));
        let depth = differing().map(|(_, values)| values.len()).max().unwrap_or_default();
        let layer = |depth: usize| {
            differing().filter_map(move |(key, values)| Some(Edit::set(key, values.get(depth)?.clone())))
        };
        let mut layers: Vec<Vec<Edit>> = (0..depth).map(|depth| layer(depth).collect()).collect();
        let gone =
            shared.keys().filter(|key| !self.values.contains_key(*key) && Field::of_key(key).is_some());
        let gone: Vec<Edit> = gone.map(|key| Edit::delete(key.clone())).collect();
        match layers.first_mut() {
            Some(first) => first.extend(gone),
            None if gone.is_empty() => {}
            None => layers.push(gone),
        }
        layers
    }

    /// Writes the difference to `document`, which is the merged shared document or a fresh one, and gives the changes
    /// in the order in which they are to be logged. None if it says the same already.
    pub fn write_to(
        &self,
        document: &mut Document,
        rng: &mut (impl Rng + ?Sized),
        now: DateTime<Utc>,
    ) -> Result<Vec<ChangeBody>, DocumentError> {
        let layers = self.layers(&document.content());
        let Some((first, others)) = layers.split_first() else { return Ok(Vec::new()) };
        if others.is_empty() {
            return Ok(document.edit(first, now).into_iter().collect());
        }
        let base = document.save();
        let mut changes = self.write_layer(document, first, now);
        for layer in others {
            let mut apart = Document::load(&base, ActorId::random(rng))?;
            let written = self.write_layer(&mut apart, layer, now);
            document.apply(&written)?;
            changes.extend(written);
        }
        Ok(changes)
    }

    /// A value that stands in the document already, alone or in a conflict that it wins, would not be written, and so
    /// would give way to the other layers' values. Where there are others, one of them takes its place for a moment.
    fn write_layer(&self, document: &mut Document, layer: &[Edit], now: DateTime<Utc>) -> Vec<ChangeBody> {
        let another = |edit: &Edit| {
            let value = edit.value.as_ref()?;
            let other = self.values.get(&edit.key)?.iter().find(|other| *other != value)?;
            document.values(&edit.key).contains(value).then(|| Edit::set(edit.key.clone(), other.clone()))
        };
        let aside: Vec<Edit> = layer.iter().filter_map(another).collect();
        [aside.as_slice(), layer].into_iter().filter_map(|edits| document.edit(edits, now)).collect()
    }
}

impl ForShared for SharedPart {
    /// The first layer alone, and so everything where no register is in conflict; see [`SharedPart::layers`].
    fn edits(&self, shared: &Content) -> Vec<Edit> {
        self.layers(shared).into_iter().next().unwrap_or_default()
    }
}

/// Personal data stays out of logs and test output.
impl fmt::Debug for SharedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedPart({} keys)", self.values.len())
    }
}

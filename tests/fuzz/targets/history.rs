//! Two devices edit one document and hand each other changes, some of them altered on the way and sealed again. Whatever
//! is taken can be stored, read again and edited on; what is not taken leaves no trace; who is handed the changes that
//! one side holds has what that side has.
#![no_main]

use chrono::DateTime;
use helhet_fuzz::{chunk, inside};
use helhet_shared::{
    document::{ChangeBody, Document, DocumentError, Edit, Limits, Value, decode},
    id::ActorId,
};
use libfuzzer_sys::fuzz_target;

const ROUNDS_MAX: usize = 40;

/// A device: its document, the changes that made it, and how many of them the other was handed.
struct Device {
    document: Document,
    changes: Vec<ChangeBody>,
    handed: usize,
}

fuzz_target!(|input: &[u8]| {
    let mut devices = [device(7), device(3)];
    let mut input = input.iter().copied();
    for _ in 0..ROUNDS_MAX {
        let Some(what) = input.next() else { break };
        let [one, other] = &mut devices;
        let (from, to) = if what & 1 == 0 { (one, other) } else { (other, one) };
        match what >> 1 & 3 {
            0 | 1 => from.edit(&mut input, what >> 3),
            2 => from.hand(to, None),
            _ => {
                let places: Vec<(u8, u8)> =
                    (0..1 + (what >> 3 & 3)).filter_map(|_| Some((input.next()?, input.next()?))).collect();
                from.hand(to, Some(&places));
            }
        }
    }
    for device in &devices {
        device.check();
    }
});

fn device(actor: u8) -> Device {
    Device { document: Document::new(ActorId::from_bytes([actor; 16])), changes: Vec::new(), handed: 0 }
}

impl Device {
    fn edit(&mut self, input: &mut impl Iterator<Item = u8>, count: u8) {
        let mut edits = Vec::new();
        for _ in 0..1 + count % 4 {
            let (Some(key), Some(value)) = (input.next(), input.next()) else { break };
            let key = format!("tag/{}", key % 6);
            let value = match value % 5 {
                0 => None,
                1 => Some(Value::Bool(value & 8 == 0)),
                2 => Some(Value::Int(i64::from(value) - 100)),
                _ => Some(Value::Text("x".repeat(usize::from(value / 5)))),
            };
            edits.push(Edit { key, value });
        }
        if let Some(change) = self.document.edit(&edits, DateTime::UNIX_EPOCH) {
            decode(change.as_bytes(), &Limits::WIRE).expect("what one writes oneself can be read");
            self.changes.push(change);
        }
    }

    /// Hands `to` the next change, with some of its bytes altered.
    fn hand(&mut self, to: &mut Device, altered: Option<&[(u8, u8)]>) {
        let Some(change) = self.changes.get(self.handed) else { return };
        let body = match altered {
            None => {
                self.handed += 1;
                change.clone()
            }
            Some(places) => {
                let mut body = inside(change).to_vec();
                for (place, by) in places {
                    let place = usize::from(*place) % body.len();
                    body[place] = body[place].wrapping_add(*by);
                }
                ChangeBody(chunk(&body))
            }
        };
        let Ok(decoded) = decode(body.as_bytes(), &Limits::WIRE) else { return };
        let before = to.document.content();
        match to.document.apply_decoded([&decoded]) {
            Ok(applied) if applied.new == 1 => to.changes.push(body),
            Ok(_) => {}
            Err(DocumentError::Refused(error)) => panic!("automerge refused what we let through: {error}"),
            Err(_) => assert_eq!(to.document.content(), before),
        }
    }

    fn check(&self) {
        let loaded = Document::load(&self.document.save(), ActorId::from_bytes([9; 16])).expect("what was saved");
        assert_eq!(loaded.content(), self.document.content());
        let mut again = device(9).document;
        again.apply(&self.changes).expect("what was taken once");
        assert_eq!((again.content(), again.heads()), (self.document.content(), self.document.heads()));
    }
}

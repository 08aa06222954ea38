//! What protection costs, as ratios within one run: the same rows by the same code into a database that is SQLCipher's and into
//! one that is plain; and texts to search in taken away with and without `secure_delete`.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use helhet_shared::clock::{Clock as _, SystemClock};
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::sqlite::log::{self, LogId, NewBody, NewChange, NewEntry};
use helhet_shared::sqlite::{
    Database, DatabaseKey, FINGERPRINTS, MEMBERS, NUMBERS, RETIRED, STORAGE, StoredGeneration, migrate,
};
use helhet_shared::zone::Zone;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::records::record;
use crate::table::Table;

/// Supporters that an import puts into one commit.
const A_COMMIT: u32 = 256;
/// Edits, a commit each.
const EDITS: u32 = 200;
/// Supporters that are taken away, a commit each.
const ERASURES: u32 = 100;

/// Milliseconds of each part.
#[derive(Clone, Copy)]
struct Took {
    import: f64,
    edit: f64,
}

/// Both comparisons, the middle of so many rounds, in which the two take turns.
pub(crate) fn measure(table: &mut Table, supporters: u32, rounds: usize) -> Result<()> {
    let bodies = bodies(supporters);
    let (mut sealed, mut plain, mut kept, mut wiped) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds.max(3) {
        let folder = TempDir::new()?;
        let key = DatabaseKey::random(&mut rand::rng());
        plain.push(store(&folder.path().join("plain.db"), None, &bodies)?);
        sealed.push(store(&folder.path().join("sealed.db"), Some(key), &bodies)?);
        kept.push(search(&folder.path().join("kept.db"), false, supporters)?);
        wiped.push(search(&folder.path().join("wiped.db"), true, supporters)?);
    }
    let of = |all: &[Took], part: fn(&Took) -> f64| middle(all.iter().map(part).collect());
    table.cost(
        "SQLCipher: import, 256 supporters a commit",
        supporters,
        of(&plain, |t| t.import),
        of(&sealed, |t| t.import),
    );
    table.cost("SQLCipher: edits, a commit each", EDITS, of(&plain, |t| t.edit), of(&sealed, |t| t.edit));
    table.cost("secure_delete: supporters taken away, a commit each", ERASURES, middle(kept), middle(wiped));
    Ok(())
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The first change of each supporter.
fn bodies(supporters: u32) -> Vec<Vec<u8>> {
    let mut rng = StdRng::seed_from_u64(1);
    let first = |number| {
        let record = record(number);
        let fields = ["given_name", "family_name", "email", "phone", "street", "postcode", "city"];
        let edits: Vec<Edit> =
            fields.iter().map(|field| Edit::set(format!("x/{field}"), record.text(field))).collect();
        Document::new(ActorId::random(&mut rng)).edit(&edits, SystemClock.now()).map(|body| body.0)
    };
    (0..supporters).filter_map(first).collect()
}

/// The storage that both programs share, filled as an import and as edits fill it.
fn store(path: &Path, key: Option<DatabaseKey>, bodies: &[Vec<u8>]) -> Result<Took> {
    let database = Database::open(path, key)?;
    migrate(&database, &[STORAGE, FINGERPRINTS, MEMBERS, RETIRED, NUMBERS])?;
    let mut writer = Writer { sequence: 0, previous: [0; 32], rng: StdRng::seed_from_u64(2) };
    let began = Instant::now();
    for bodies in bodies.chunks(A_COMMIT as usize) {
        writer.append(&database, bodies)?;
    }
    let import = began.elapsed().as_secs_f64() * 1e3;
    let began = Instant::now();
    for body in bodies.iter().cycle().take(EDITS as usize) {
        writer.append(&database, std::slice::from_ref(body))?;
    }
    Ok(Took { import, edit: began.elapsed().as_secs_f64() * 1e3 })
}

struct Writer {
    sequence: u64,
    previous: [u8; 32],
    rng: StdRng,
}

impl Writer {
    fn append(&mut self, database: &Database, bodies: &[Vec<u8>]) -> Result<()> {
        self.sequence += 1;
        let hash: [u8; 32] = Sha256::digest(self.sequence.to_be_bytes()).into();
        let change = |body: &Vec<u8>| {
            let document = *DocumentId::random(&mut self.rng).as_bytes();
            NewChange {
                kind: 0,
                document,
                document_hash: Sha256::digest(document).into(),
                generation: StoredGeneration { number: 1, random: 1 },
                commitment: Sha256::digest(body).into(),
                body: NewBody::Open(body.clone()),
            }
        };
        let entry = NewEntry {
            log: LogId { chapter: [7; 16], zone: Zone::Shared.code(), author: [1; 32], incarnation: 1 },
            sequence: self.sequence,
            previous: self.previous,
            hash,
            header: vec![0; 120],
            signature: vec![0; 64],
            changes: bodies.iter().map(change).collect(),
        };
        self.previous = hash;
        database.write(|transaction| log::append(transaction, &entry, 1))?;
        Ok(())
    }
}

/// Rows with texts to search in, as both programs keep them, some of which are taken away. Not by the programs' own opening,
/// which opens nothing without `secure_delete`.
fn search(path: &Path, wiping: bool, supporters: u32) -> Result<f64> {
    let mut database = Connection::open(path)?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.pragma_update(None, "secure_delete", wiping)?;
    let set: bool = database.pragma_query_value(None, "secure_delete", |row| row.get(0))?;
    ensure!(set == wiping, "the database does not keep the setting");
    database.execute_batch(
        "CREATE TABLE supporters (id INTEGER PRIMARY KEY, search_text TEXT NOT NULL, json TEXT NOT NULL)",
    )?;
    let filling = database.transaction()?;
    for number in 0..supporters {
        let record = record(number);
        let text = helhet_shared::projection::fold(&format!(
            "{} {}",
            record.text("given_name"),
            record.text("family_name")
        ));
        filling
            .execute("INSERT INTO supporters VALUES (?1, ?2, ?3)", (number, text, record.notes.repeat(4)))?;
    }
    filling.commit()?;
    let began = Instant::now();
    for number in 0..ERASURES.min(supporters) {
        database
            .execute("DELETE FROM supporters WHERE id = ?1", [number * (supporters / ERASURES).max(1)])?;
    }
    Ok(began.elapsed().as_secs_f64() * 1e3)
}

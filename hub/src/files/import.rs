//! The office's own files. A file of gifts becomes rows of the ledger and, for donors nobody had on record, supporters
//! of the office zone. What will happen is decided before anything is written; the same file twice writes nothing.
//!
//! A donor is the same only on the same e-mail address or phone number *and* the same name. Whatever else might be the
//! same is for linking to say.

use std::collections::BTreeMap;

use helhet_shared::document::Edit;
use helhet_shared::id::SupporterId;
use helhet_shared::import::edits::{Origin, register};
use helhet_shared::import::gifts::{self as gift_lines, GiftOutcome, GiftPlan, KnownGift, plan_gifts};
use helhet_shared::import::known::{Known, Whom};
use helhet_shared::import::line::Context;
use helhet_shared::import::mapping::{FileKind, Mapping, MappingError};
use helhet_shared::import::read::{ReadError, Table, read};
use helhet_shared::import::result::{Report, refused_file};
use helhet_shared::supporter::{Supporter, value::Country};
use rand::Rng;

use super::{OfficeBatch, OfficeBatchError};
use crate::hub::{Hub, HubError};
use crate::store::gifts::{self, Gift};

/// What an import did, or would do.
#[derive(Clone, Debug)]
pub struct GiftImport {
    /// The figures and remarks; a line is a gift.
    pub report: Report,
    /// Names the import for [`OfficeBatch::undo`]; None where nothing was to be written.
    pub batch: Option<String>,
    /// The refused lines as a file to be mended and imported; None where none was.
    pub refused: Option<String>,
}

/// Why a file was not imported. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read as a list")]
    Read(#[from] ReadError),
    #[error("the mapping cannot be used")]
    Mapping(#[from] MappingError),
    #[error(
        "the file is no list of gifts: no column is recognised as both amount and transaction or day of payment"
    )]
    NoGifts,
    #[error("no column of the file is recognised as a name")]
    NoName,
    #[error(transparent)]
    Batch(#[from] OfficeBatchError),
    #[error(transparent)]
    Hub(#[from] HubError),
}

/// Imports a file of gifts, with a person's corrections of the mapping; a dry run writes nothing.
pub fn import_gifts(
    hub: &Hub,
    bytes: &[u8],
    correction: &str,
    dry_run: bool,
    rng: &mut impl Rng,
) -> Result<GiftImport, ImportError> {
    let table = read(bytes)?;
    let mapping = Mapping::guess(&table).corrected(correction)?;
    if mapping.kind() != FileKind::Gifts {
        return Err(ImportError::NoGifts);
    }
    if !mapping.can_name() {
        return Err(ImportError::NoName);
    }
    // Donors are matched against what the projector left.
    hub.project()?;
    let batch = SupporterId::random(rng).to_string();
    let (report, written) = OfficeBatch::run(hub, &batch, |open| {
        let plan = plan(open, &table, &mapping, hub)?;
        let report = plan.report(&mapping);
        let written = !dry_run && report.new + report.doubtful > 0;
        if written {
            write(open, &plan, &batch, hub, rng)?;
        }
        Ok((report, written))
    })?;
    if written {
        hub.project()?;
    }
    let refused = refused_file(&table, &report.refusals);
    Ok(GiftImport { report, batch: written.then_some(batch), refused })
}

fn plan(
    open: &OfficeBatch<'_>,
    table: &Table,
    mapping: &Mapping,
    hub: &Hub,
) -> Result<GiftPlan, OfficeBatchError> {
    let mut known = Known::new();
    for (id, content) in open.donors()? {
        known.add(&Supporter::from_content(id, &content));
    }
    let mut on_record = BTreeMap::new();
    for gift in gifts::of_source(open.transaction(), &mapping.source())? {
        // A ledger's row whose day cannot be read would make its number free again: stop instead.
        let paid_on = gift.paid_at.get(..10).and_then(|day| day.parse().ok());
        let paid_on =
            paid_on.ok_or_else(|| OfficeBatchError::Stopped("a gift in the ledger has no day".into()))?;
        let known = KnownGift { amount_minor: gift.amount_minor, currency: gift.currency, paid_on };
        on_record.insert(gift.transaction_id, known);
    }
    let context = Context { today: hub.now().date_naive(), country: Country::norway() };
    Ok(plan_gifts(table, mapping, &known, &on_record, &context))
}

fn write(
    open: &mut OfficeBatch<'_>,
    plan: &GiftPlan,
    batch: &str,
    hub: &Hub,
    rng: &mut impl Rng,
) -> Result<(), OfficeBatchError> {
    let origin = Origin { source: &plan.source, batch, now: hub.now() };
    let mut made: BTreeMap<u32, SupporterId> = BTreeMap::new();
    for line in &plan.lines {
        let GiftOutcome::New { gift, donor, new_donor } = &line.outcome else { continue };
        if let Some(new) = new_donor {
            let mut edits = register(&new.imported, &new.remembered, origin, rng).edits;
            // The office keeps no record of its own in the chapters' zones.
            edits.retain(|edit: &Edit| !edit.key.starts_with("document/"));
            made.insert(line.line, open.add_donor(&edits, rng)?);
        }
        let donor = match donor {
            Whom::Supporter(id) => Some(*id),
            Whom::Line(line) => made.get(line).copied(),
        };
        let donor = donor.ok_or_else(|| OfficeBatchError::Stopped("a gift's donor was not made".into()))?;
        open.add_gift(donor, &row(&plan.source, gift))?;
    }
    Ok(())
}

fn row(source: &str, gift: &gift_lines::Gift) -> Gift {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Gift {
        source: source.to_owned(),
        transaction_id: gift.transaction_id.clone(),
        paid_at: gift.paid_at.map_or_else(|| gift.paid_on.to_string(), |moment| moment.to_rfc3339()),
        amount_minor: gift.amount_minor,
        currency: gift.currency.clone(),
        frequency: said(&gift.frequency),
        method: said(&gift.method),
        device: said(&gift.device),
        channel: said(&gift.source),
        campaign: said(&gift.campaign),
        tax_deduction: gift.tax_deduction,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use helhet_shared::clock::TestClock;
    use helhet_shared::id::DocumentId;

    use super::*;
    use crate::hub::Config;
    use crate::office::Founding;

    fn hub(folder: &std::path::Path) -> Hub {
        let clock = Arc::new(TestClock::at("2026-11-22T12:00:00Z".parse().unwrap()));
        let config = Config { data: folder.join("hub"), clock };
        Hub::init(&config, &Founding { name: "Lysning".into(), language: "nb".into() }).unwrap().0
    }

    fn sums(hub: &Hub) -> (usize, i64) {
        let read = |transaction: &rusqlite::Transaction<'_>| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
            Ok::<_, crate::store::StoreError>(transaction.query_row(
                "SELECT count(*), sum(amount_minor) FROM gifts",
                [],
                row,
            )?)
        };
        let (gifts, sum) = hub.database().read(read).unwrap();
        (usize::try_from(gifts).unwrap(), sum)
    }

    #[test]
    fn the_sample_gifts_become_a_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let hub = hub(folder.path());
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/demo/national_gifts.csv");
        let bytes = std::fs::read(path).unwrap();
        let mut rng = rand::rng();

        let dry = import_gifts(&hub, &bytes, "", true, &mut rng).unwrap();
        assert_eq!((dry.report.lines, dry.report.new + dry.report.doubtful, dry.batch), (1801, 1801, None));
        let done = import_gifts(&hub, &bytes, "", false, &mut rng).unwrap();
        assert_eq!((done.report.new, done.report.doubtful), (dry.report.new, dry.report.doubtful));
        assert_eq!(sums(&hub), (1801, 88_690_000));

        let again = import_gifts(&hub, &bytes, "", false, &mut rng).unwrap();
        assert_eq!((again.report.same, again.report.new, again.batch), (1801, 0, None));
        assert_eq!(sums(&hub), (1801, 88_690_000));

        // Another file: a donor on record gives once more.
        let more = "transaction_id,paid_at,first_name,last_name,email,amount,currency\n\
            X1,2026-11-01,UNNI,Odegard,Unni.Odegard77@post.example,\"1 000,50\",NOK\n";
        let more = import_gifts(&hub, more.as_bytes(), "", false, &mut rng).unwrap();
        assert_eq!(more.report.new, 1);
        let donors = OfficeBatch::run(&hub, "-", |open| open.donors()).unwrap();
        let unni = donors
            .iter()
            .filter(|(id, content)| Supporter::from_content(*id, content).display_name() == "Unni Ødegård");
        let with_both = unni.filter(|(id, _)| {
            let id = DocumentId::from(*id);
            let ledger = hub.database().read(|transaction| {
                Ok::<_, crate::store::StoreError>(gifts::of_donor(transaction, id.as_bytes())?)
            });
            let ids: Vec<String> = ledger.unwrap().into_iter().map(|gift| gift.transaction_id).collect();
            ids.contains(&"T001348".to_owned()) && ids.contains(&"X1".to_owned())
        });
        assert_eq!(with_both.count(), 1);

        OfficeBatch::undo(&hub, &more.batch.unwrap()).unwrap();
        assert_eq!(sums(&hub), (1803, 88_690_000));
    }
}

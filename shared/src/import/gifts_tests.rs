//! Gift lines, spot-checked against the file by hand.
use super::*;
use crate::{import::read::read, supporter::value::Country};

fn context() -> Context {
    Context { today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), country: Country::norway() }
}

fn planned(bytes: &[u8], gifts: &BTreeMap<String, KnownGift>) -> (GiftPlan, Report) {
    let table = read(bytes).unwrap();
    let mapping = Mapping::guess(&table);
    let plan = plan_gifts(&table, &mapping, &Known::new(), gifts, &context());
    let report = plan.report(&mapping);
    (plan, report)
}

#[test]
fn the_sample_gifts_are_all_accounted_for() {
    let path = format!("{}/../tests/demo/national_gifts.csv", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let (plan, report) = planned(&bytes, &BTreeMap::new());
    assert_eq!((report.lines, report.new + report.doubtful, report.refused), (1801, 1801, 0));
    assert!(report.columns.iter().all(|column| column.column.is_some()));
    let gifts: Vec<&Gift> = plan
        .lines
        .iter()
        .filter_map(|line| match &line.outcome {
            GiftOutcome::New { gift, .. } => Some(&**gift),
            GiftOutcome::Same | GiftOutcome::Refused(_) => None,
        })
        .collect();
    // The sum of the column: 344*100 + 326*300 + 216*1000 + 213*500 + 203*200 + 139*50 + 135*2500 + 134*250 + 91*150.
    assert_eq!(gifts.iter().map(|gift| gift.amount_minor).sum::<i64>(), 88_690_000);
    // Line 2: T001348,2021-08-19T19:37:00+01:00,Unni,Ødegård,…,100.00,NOK,one-off,AvtaleGiro,tablet,,Forskning,yes
    let first = gifts[0];
    assert_eq!(
        (first.transaction_id.as_str(), first.amount_minor, first.currency.as_str()),
        ("T001348", 10_000, "NOK")
    );
    assert_eq!(first.paid_on, NaiveDate::from_ymd_opt(2021, 8, 19).unwrap());
    assert_eq!(
        (first.method.as_str(), first.source.as_str(), first.tax_deduction),
        ("AvtaleGiro", "", Some(true))
    );
    // Lines 4 and 5 are Sondre Olsen's, by phone and name, however the number is written.
    let donor = |index: usize| match &plan.lines[index].outcome {
        GiftOutcome::New { donor, .. } => *donor,
        GiftOutcome::Same | GiftOutcome::Refused(_) => panic!("imported"),
    };
    assert_eq!(donor(2), donor(3));

    let known = gifts.iter().map(|gift| (gift.transaction_id.clone(), KnownGift::from(*gift))).collect();
    let (_, again) = planned(&bytes, &known);
    assert_eq!((again.same, again.new, again.doubtful, again.refused), (1801, 0, 0, 0));
}

#[test]
fn figures_on_record_are_never_changed() {
    let text = b"transaction_id,paid_at,name,amount,currency\nT1,2026-01-02,Kari Moen,\"1 000,50\",sek\nT1,2026-01-02,Kari Moen,5,SEK\nT2,2026-01-02,Kari Moen,mye,SEK\nT3,i fjor,Kari Moen,5,SEK\nT4,2026-01-02,,5,SEK\n";
    let (plan, report) = planned(text, &BTreeMap::new());
    assert_eq!((report.new, report.refused), (1, 4));
    let codes: Vec<&str> = report.refusals.iter().map(|refusal| refusal.code).collect();
    assert_eq!(codes, ["transaction_differs", "no_amount", "no_payment_date", "names_nobody"]);
    let GiftOutcome::New { gift, new_donor: Some(donor), .. } = &plan.lines[0].outcome else { panic!("new") };
    assert_eq!((gift.amount_minor, gift.currency.as_str()), (100_050, "SEK"));
    assert_eq!(donor.imported.number, "");
}

#[test]
fn gifts_without_a_number_are_known_by_their_line() {
    let text = b"name,date paid,amount,currency\nKari Moen,2026-01-02,50,NOK\nKari Moen,2026-01-02,50,NOK\nKari Moen,2026-02-02,50,NOK\n";
    let (plan, report) = planned(text, &BTreeMap::new());
    // Two equal gifts on one day are two gifts.
    assert_eq!((report.new, report.same), (3, 0));
    let gifts = plan.lines.iter().filter_map(|line| match &line.outcome {
        GiftOutcome::New { gift, .. } => Some((gift.transaction_id.clone(), KnownGift::from(&**gift))),
        GiftOutcome::Same | GiftOutcome::Refused(_) => None,
    });
    let known: BTreeMap<String, KnownGift> = gifts.collect();
    assert_eq!(known.len(), 3);
    let (_, again) = planned(text, &known);
    assert_eq!((again.new, again.same), (0, 3));
}

#[test]
fn a_word_that_is_no_currency_is_refused_and_kr_is_our_own() {
    let text = b"transaction_id,paid_at,name,amount,currency\nT1,2026-01-02,Kari Moen,5,kr\nT2,2026-01-02,Kari Moen,5,kroner\n";
    let (plan, report) = planned(text, &BTreeMap::new());
    assert_eq!((report.new, report.refusals[0].code), (1, "unknown_currency"));
    let GiftOutcome::New { gift, .. } = &plan.lines[0].outcome else { panic!("new") };
    assert_eq!((gift.currency.as_str(), plan.lines[0].warnings[0].code), ("NOK", WarningCode::Currency));
}

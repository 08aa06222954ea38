//! Plans carried out in memory: the sample files, and the rules one by one.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rand::{SeedableRng, rngs::StdRng};

use super::*;
use crate::{
    document::{Content, Edit, Value},
    id::SupporterId,
    import::{
        edits::{Origin, change, register},
        imported::ImportedFact,
        read::read,
        result::{Report, refused_file},
    },
    supporter::{Purpose, Role, Supporter, value::Country},
};

fn context() -> Context {
    Context { today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), country: Country::norway() }
}

fn now() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// A chapter's records without a program around them.
struct Records {
    rng: StdRng,
    contents: BTreeMap<SupporterId, Content>,
    by_line: BTreeMap<u32, SupporterId>,
}

impl Records {
    fn new() -> Records {
        Records { rng: StdRng::seed_from_u64(1), contents: BTreeMap::new(), by_line: BTreeMap::new() }
    }

    fn known(&self) -> Known {
        let mut known = Known::new();
        for (id, content) in &self.contents {
            known.add(&Supporter::from_content(*id, content));
        }
        known
    }

    fn import(&mut self, bytes: &[u8], correction: &str) -> Report {
        let table = read(bytes).unwrap();
        let mapping = Mapping::guess(&table).corrected(correction).unwrap();
        let plan = plan(&table, &mapping, &self.known(), &context());
        let mut report = Report::of(&plan, &mapping);
        assert_eq!(
            report.lines,
            report.new + report.changed + report.same + report.doubtful + report.refused
        );
        self.by_line.clear();
        for line in &plan.lines {
            let origin = Origin { source: &plan.source, batch: "batch", now: now() };
            match &line.outcome {
                Outcome::New | Outcome::Doubtful { .. } => {
                    let made = register(&line.imported, &line.remembered, origin, &mut self.rng);
                    self.by_line.insert(line.line, made.id);
                    apply(self.contents.entry(made.id).or_default(), &made.edits);
                }
                Outcome::Changed { whom } => {
                    let id = match whom {
                        Whom::Supporter(id) => *id,
                        Whom::Line(line) => self.by_line[line],
                    };
                    self.by_line.insert(line.line, id);
                    let supporter = Supporter::from_content(id, &self.contents[&id]);
                    let change = change(&line.imported, &line.remembered, &supporter, origin, &mut self.rng);
                    report.warn(line.line, &change.warnings);
                    apply(self.contents.get_mut(&id).unwrap(), &change.edits);
                }
                Outcome::Same { .. } | Outcome::Refused { .. } => {}
            }
        }
        report
    }

    fn of_line(&self, line: u32) -> Supporter {
        let id = self.by_line[&line];
        Supporter::from_content(id, &self.contents[&id])
    }

    fn edit(&mut self, line: u32, key_start: &str, value: &str) {
        let content = self.contents.get_mut(&self.by_line[&line]).unwrap();
        let key = content.keys().find(|key| key.starts_with(key_start)).unwrap().clone();
        apply(content, &[Edit::set(key, value)]);
    }
}

fn apply(content: &mut Content, edits: &[Edit]) {
    for edit in edits {
        match &edit.value {
            Some(value) => content.insert(edit.key.clone(), vec![value.clone()]),
            None => content.remove(&edit.key),
        };
    }
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/demo/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn emails(supporter: &Supporter) -> Vec<String> {
    supporter.emails.iter().map(|entry| entry.value.text()).collect()
}

fn counts(report: &Report) -> [usize; 6] {
    [report.lines, report.new, report.changed, report.same, report.doubtful, report.refused]
}

#[test]
fn bergens_members_are_all_accounted_for() {
    let mut records = Records::new();
    let report = records.import(&sample("bergen_medlemmer.csv"), "");
    assert_eq!((report.lines, report.new + report.doubtful, report.refused), (451, 451, 0));
    assert_eq!(records.contents.len(), 451);
    // Line 2: 1000;Mari;Rasmussen;1992;…;Bjørkelia 80B;5031;Bergen;Ungdomsmedlem;14.12.2012;;ja;Frivillig
    let mari = records.of_line(2);
    assert_eq!(mari.display_name(), "Mari Rasmussen");
    assert_eq!(mari.birth.year.text(), "1992");
    assert_eq!(emails(&mari), ["mari.rasmussen92@epost.example"]);
    assert_eq!(mari.phones[0].value.known().unwrap().as_str(), "+4799840186");
    let member = mari.roles.iter().find(|role| role.is(Role::Member)).unwrap();
    assert_eq!(
        (member.from.text(), member.to.text(), member.kind.text()),
        ("2012-12-14".into(), String::new(), "youth".into())
    );
    assert!(mari.roles.iter().any(|role| role.is(Role::Volunteer)));
    assert_eq!(mari.dues[&2026].text(), "paid");
    // Line 6: 1004;Astrid;Martinsen;31.02.1970: a date that does not exist is kept as written and warned about.
    let astrid = records.of_line(6);
    assert_eq!(astrid.birth.date.as_written().collect::<Vec<_>>(), ["31.02.1970"]);
    let warned = |line: u32, code| report.warnings.iter().any(|w| w.line == line && w.warning.code == code);
    assert!(warned(6, WarningCode::Date));
    // Line 4: 1002;Eli;Aas;…;Utmeldt 25.05.2020
    let eli = records.of_line(4);
    assert!(!eli.holds(Role::Member, context().today));
    // 18 lines have 31.02.1970.
    assert_eq!(report.warnings.iter().filter(|w| w.warning.code == WarningCode::Date).count(), 18);
    // Five addresses have " at " for the sign.
    assert_eq!(report.warnings.iter().filter(|w| w.warning.code == WarningCode::Email).count(), 5);

    let before = records.contents.clone();
    let again = records.import(&sample("bergen_medlemmer.csv"), "");
    assert_eq!(counts(&again), [451, 0, 0, 451, 0, 0]);
    assert_eq!(records.contents, before);

    // The list from a stand: those who are members already are possible doubles, by e-mail or phone and name.
    let report = records.import(&sample("bergen_stand_liste.csv"), "");
    assert_eq!((report.lines, report.refused), (30, 0));
    assert!(report.doubtful > 10, "{}", report.doubtful);
    // Line 2: Tove;Gulbrandsen;…;ja;vet ikke: asked to be contacted, agreed to nothing.
    let tove = records.of_line(2);
    assert_eq!(tove.tags.iter().map(|tag| tag.value.text()).collect::<Vec<_>>(), ["vil bli kontaktet: ja"]);
    assert!(tove.holds(Role::Prospect, context().today) && tove.permissions.grants.is_empty());
    assert_eq!(records.contents.len(), 481);
    let again = records.import(&sample("bergen_stand_liste.csv"), "");
    assert_eq!(counts(&again), [30, 0, 0, 30, 0, 0]);
}

#[test]
fn oslos_supporters_are_all_accounted_for() {
    let mut records = Records::new();
    let report = records.import(&sample("oslo_stottespillere.csv"), "");
    assert_eq!((report.lines, report.new + report.doubtful, report.refused), (732, 732, 0));
    let all: Vec<Supporter> =
        records.contents.iter().map(|(id, content)| Supporter::from_content(*id, content)).collect();
    assert_eq!(all.iter().filter(|supporter| supporter.is_organisation()).count(), 22);
    // 124 explicit refusals of national sharing, 442 consents; 361 and 176 for the newsletter.
    let refused = |purpose| all.iter().filter(|supporter| supporter.permissions.refused(purpose)).count();
    let granted = |purpose| all.iter().filter(|supporter| supporter.permissions.granted(purpose)).count();
    assert_eq!((granted(Purpose::NationalRecord), refused(Purpose::NationalRecord)), (442, 124));
    assert_eq!((granted(Purpose::Newsletter), refused(Purpose::Newsletter)), (361, 176));
    // Line 3: O-377;Person;Martine Elise Sørlie;;1966-08-17;…;Solbakken 42B, 0475 Oslo;medlem|nyhetsbrev;ja;ja
    let martine = records.of_line(3);
    assert_eq!(
        (martine.name.given.text(), martine.name.family.text()),
        ("Martine Elise".into(), "Sørlie".into())
    );
    let address = &martine.addresses.open()[0];
    assert_eq!(
        (address.street.text(), address.postcode.text(), address.city.text()),
        ("Solbakken 42B".into(), "0475".into(), "Oslo".into())
    );
    assert!(martine.holds(Role::Member, context().today) && martine.holds(Role::Subscriber, context().today));
    let again = records.import(&sample("oslo_stottespillere.csv"), "");
    assert_eq!(counts(&again), [732, 0, 0, 732, 0, 0]);
}

#[test]
fn tromsos_volunteers_are_all_accounted_for() {
    let mut records = Records::new();
    let report = records.import(&sample("tromso_frivillige.csv"), "");
    assert_eq!((report.lines, report.new + report.doubtful, report.refused), (158, 158, 0));
    let all: Vec<Supporter> =
        records.contents.iter().map(|(id, content)| Supporter::from_content(*id, content)).collect();
    let holding = |role| all.iter().filter(|supporter| supporter.holds(role, context().today)).count();
    assert_eq!((holding(Role::Volunteer), holding(Role::PeerSupporter)), (158, 33));
    // Line 2: "Moen, Marius",…,2007,9010 Tromsø,Bøssebærer,,28.05.2024,,,,,78
    let marius = records.of_line(2);
    assert_eq!((marius.name.given.text(), marius.name.family.text()), ("Marius".into(), "Moen".into()));
    assert_eq!(marius.birth.year.text(), "2007");
    assert_eq!(marius.addresses.open()[0].city.text(), "Tromsø");
    assert_eq!(marius.volunteering.hours[&2026].text(), "78");
    assert_eq!(marius.volunteering.police_certificate_shown_on.text(), "2024-05-28");
    let again = records.import(&sample("tromso_frivillige.csv"), "");
    assert_eq!(counts(&again), [158, 0, 0, 158, 0, 0]);
}

#[test]
fn a_changed_line_gives_way_to_the_chapters_own_edits() {
    let list = |email: &str, phone: &str, kind: &str| {
        format!("Medlemsnr;Navn;Epost;Mobil;Medlemstype;Nyhetsbrev\n1;Kari Moen;{email};{phone};{kind};ja\n")
    };
    let mut records = Records::new();
    records.import(list("a@x.example", "99840186", "Hovedmedlem").as_bytes(), "");
    records.edit(2, "phone/", "+4740000000");
    let before = records.contents.clone();
    let report = records.import(list("b@x.example", "91078693", "Familiemedlem").as_bytes(), "");
    assert_eq!(counts(&report), [1, 0, 1, 0, 0, 0]);
    let kari = records.of_line(2);
    assert_eq!(emails(&kari), ["b@x.example"]);
    assert_eq!(kari.phones.len(), 1);
    assert_eq!(kari.phones[0].value.text(), "+4740000000");
    assert_eq!(kari.roles[0].kind.text(), "family");
    assert_eq!(kari.permissions.grants.len(), 1);
    assert_eq!(report.warnings.iter().map(|w| w.warning.code).collect::<Vec<_>>(), [WarningCode::Kept]);
    // Once more changes nothing, and an empty cell removes nothing.
    let again = records.import(list("b@x.example", "91078693", "Familiemedlem").as_bytes(), "");
    assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0]);
    records.import(list("", "91078693", "Familiemedlem").as_bytes(), "");
    assert_eq!(records.contents.len(), before.len());
    assert!(
        records.contents.values().all(|content| content
            .keys()
            .filter(|key| key.starts_with("email/"))
            .count()
            == 1)
    );
}

#[test]
fn a_no_comes_through_and_a_yes_does_not_come_back() {
    let list = |answer: &str| format!("Ref;Navn;Samtykke deling nasjonalt\n1;Kari Moen;{answer}\n");
    let mut records = Records::new();
    records.import(list("ja").as_bytes(), "");
    records.import(list("nei").as_bytes(), "");
    assert!(records.of_line(2).permissions.refused(Purpose::NationalRecord));
    let report = records.import(list("Ja").as_bytes(), "");
    assert!(records.of_line(2).permissions.refused(Purpose::NationalRecord));
    assert_eq!(report.warnings[0].warning.code, WarningCode::ConsentNotRenewed);
}

// T34, T35: what is no match, what is, and what becomes of lines that look alike.
#[test]
fn lines_are_never_merged_for_looking_alike() {
    let mut records = Records::new();
    let text = "Medlemsnr;Fornavn;Etternavn;Epost;Mobil\n\
        1;Kari;Moen;k@x.example;99840186\n\
        2;Kari;Moen;K@X.EXAMPLE;\n\
        3;Kari;Lie;;\n\
        4;Ola;Moen;k@x.example;\n\
        1;Per;Berg;p@x.example;\n\
        1;Kari;Moen;k@x.example;99840186\n\
        5;;;z@x.example;\n\n\
        6;Kari;Moen;;\n";
    let report = records.import(text.as_bytes(), "");
    assert_eq!(counts(&report), [8, 5, 0, 1, 1, 1]);
    assert_eq!(report.possible_doubles[0].line, 3);
    assert_eq!(report.possible_doubles[0].of, [Whom::Line(2)]);
    assert_eq!((report.refusals[0].line, report.refusals[0].code), (8, "names_nobody"));
    assert!(report.warnings.iter().any(|w| w.line == 6 && w.warning.code == WarningCode::NumberRepeated));
    let again = records.import(text.as_bytes(), "");
    assert_eq!(counts(&again), [8, 0, 0, 7, 0, 1]);
    // The number went to somebody else: a supporter of its own.
    let reused = records.import(b"Medlemsnr;Fornavn;Etternavn;Epost;Mobil\n3;Nils;Dahl;;\n", "");
    assert_eq!(counts(&reused), [1, 1, 0, 0, 0, 0]);
    assert_eq!(reused.warnings[0].warning.code, WarningCode::NumberReused);
}

#[test]
fn another_order_of_columns_and_another_year_is_the_same_list() {
    let mut records = Records::new();
    records.import("Navn;Epost;Timer i 2026\nKari Moen;k@x.example;3\n".as_bytes(), "");
    let report =
        records.import("\u{feff}EPOST,navn,timer i 2026\r\nk@x.example,Kari  Moen,3\r\n".as_bytes(), "");
    assert_eq!(counts(&report), [1, 0, 0, 1, 0, 0]);
}

#[test]
fn a_corrected_mapping_reads_the_same_file_anew() {
    let mut records = Records::new();
    let text = "Navn;Diverse\nKari Moen;kan kjøre\n".as_bytes();
    let first = records.import(text, "");
    assert_eq!(first.columns[1].column, None);
    let second = records.import(text, "Diverse = note\n");
    assert_eq!(counts(&second), [1, 0, 1, 0, 0, 0]);
    assert_eq!(records.of_line(2).notes[0].text.text(), "kan kjøre");
    assert_eq!(counts(&records.import(text, "Diverse = note\n")), [1, 0, 0, 1, 0, 0]);
}

#[test]
fn refused_lines_are_mended_and_imported() {
    let mut records = Records::new();
    let text = "Navn;Epost\nKari Moen;k@x.example\n;\"a;b\"@x.example\n";
    let report = records.import(text.as_bytes(), "");
    let file = refused_file(&read(text.as_bytes()).unwrap(), &report.refusals).unwrap();
    assert_eq!(file, "\u{feff}Navn;Epost;Helhet: reason\r\n;\"a;b@x.example\";the line names nobody\r\n");
    let mended = file.replace("\r\n;", "\r\nOla Lie;");
    let report = records.import(mended.as_bytes(), "");
    assert_eq!(counts(&report), [1, 1, 0, 0, 0, 0]);
    // The mended line in the first file is then known.
    let whole = "Navn;Epost\nKari Moen;k@x.example\nOla Lie;\"a;b\"@x.example\n";
    assert_eq!(counts(&records.import(whole.as_bytes(), "")), [2, 0, 0, 2, 0, 0]);
}

#[test]
fn refused_lines_keep_what_stood_beyond_the_headings() {
    let text = "Navn;Sted\n;Oslo;mer;\"enda;mer\"\n";
    let report = Records::new().import(text.as_bytes(), "");
    let file = refused_file(&read(text.as_bytes()).unwrap(), &report.refusals).unwrap();
    let again = read(file.as_bytes()).unwrap();
    assert_eq!(again.rows[0].cells[..2], ["", "Oslo"]);
    assert_eq!(again.rows[0].surplus, ["mer", "enda;mer"]);
}

#[test]
fn nothing_on_a_line_is_lost() {
    // Every cell of a recognised column leaves a fact: the words of a line are found again in what is stored.
    for (name, columns_read_past) in [("bergen_medlemmer.csv", 0), ("tromso_frivillige.csv", 0)] {
        let table = read(&sample(name)).unwrap();
        let mapping = Mapping::guess(&table);
        assert_eq!(mapping.unrecognised().count(), columns_read_past, "{name}");
        for row in &table.rows {
            let read = read_line(row, &mapping, &context());
            let cells = row.cells.iter().filter(|cell| !cell.is_empty()).count();
            assert!(read.imported.facts.len() + 3 >= cells.min(6), "{name} line {}", row.line);
            assert!(read.imported.facts.iter().all(|fact| !matches!(fact, ImportedFact::Consent { .. })));
        }
    }
}

// The truth file knows who is who: every possible double that is listed in Bergen's files is one.
#[test]
fn possible_doubles_are_doubles() {
    let truth = String::from_utf8(sample("truth.csv")).unwrap();
    let truth: BTreeMap<(&str, &str), &str> = truth
        .lines()
        .filter_map(|line| {
            let mut cells = line.trim_end().split(',');
            Some(((cells.next()?, cells.next()?), cells.next()?))
        })
        .collect();
    let mut records = Records::new();
    let mut people: BTreeMap<SupporterId, &str> = BTreeMap::new();
    for (file, numbered, expect) in [("bergen_medlemmer.csv", true, 6), ("bergen_stand_liste.csv", false, 12)]
    {
        let table = read(&sample(file)).unwrap();
        let report = records.import(&sample(file), "");
        for (index, row) in table.rows.iter().enumerate() {
            let number = if numbered { row.cells[0].clone() } else { (index + 1).to_string() };
            people.insert(records.by_line[&row.line], truth[&(file, number.as_str())]);
        }
        assert_eq!(report.possible_doubles.len(), expect, "{file}");
        for double in &report.possible_doubles {
            let person = people[&records.by_line[&double.line]];
            assert!(double.of.iter().any(|whom| {
                let id = match whom {
                    Whom::Supporter(id) => *id,
                    Whom::Line(line) => records.by_line[line],
                };
                people[&id] == person
            }));
        }
    }
}

// N14: the list said no, and then the supporter said it too. Taking the file back leaves the supporter's own word.
#[test]
fn an_undone_import_leaves_the_no_that_was_said_since() {
    let mut records = Records::new();
    records.import(b"number;name;newsletter\n1;Kari Moen;\n", "");
    let id = records.by_line[&2];
    let before = records.contents[&id].clone();
    records.import(b"number;name;newsletter\n1;Kari Moen;no\n", "");
    let said =
        |content: &Content| Supporter::from_content(id, content).permissions.refused(Purpose::Newsletter);
    let mut content = records.contents[&id].clone();
    assert!(!said(&before) && said(&content));
    let by_import: Vec<Edit> = content
        .iter()
        .filter(|(key, values)| before.get(*key) != Some(*values))
        .map(|(key, values)| Edit::set(key.clone(), values[0].clone()))
        .collect();
    let reverse = crate::import::reverse::Reverse::of(&before, &by_import);
    apply(&mut content, &crate::command::refuse(Purpose::Newsletter, &mut records.rng, now()));
    let back = reverse.edits(&content);
    apply(&mut content, &back);
    assert!(said(&content));
}

#[test]
fn a_birth_date_or_a_year_and_never_both() {
    let born = |records: &Records| {
        let content = &records.contents[&records.by_line[&2]];
        let one = |key: &str| content.get(key).map(|values| values[0].clone());
        (one("birth/date"), one("birth/year"))
    };
    let date = || Some(Value::from("1963-05-11"));
    let mut records = Records::new();
    records.import(b"number;name;born\n1;Kari Moen;1963\n", "");
    assert_eq!(born(&records), (None, Some(1963.into())));
    records.import(b"number;name;born\n1;Kari Moen;1963-05-11\n", "");
    assert_eq!(born(&records), (date(), None));
    records.import(b"number;name;born\n1;Kari Moen;1964\n", "");
    assert_eq!(born(&records), (None, Some(1964.into())));
    // What the chapter wrote stays.
    records.edit(2, "birth/year", "1965");
    records.import(b"number;name;born\n1;Kari Moen;1963-05-11\n", "");
    assert_eq!(born(&records), (None, Some("1965".into())));
}

#[test]
fn a_line_too_long_for_one_change_is_refused_and_the_others_are_not() {
    let long = "x".repeat(19_000);
    let skills: Vec<String> = (0..600).map(|number| format!("skill {number}")).collect();
    let text = format!(
        "name;notes;skills\nKari Moen;{long};;{long};{long}\nOla Moen;;{}\nEva Moen;short;\n",
        skills.join(",")
    );
    let report = Records::new().import(text.as_bytes(), "");
    assert_eq!((report.new, report.refused), (1, 2));
    assert!(report.refusals.iter().all(|refusal| refusal.code == "too_long"));
}

// P21: a line with a national identity number in it is left out whole, and nothing that is said of it repeats the number.
#[test]
fn a_line_with_a_national_identity_number_is_left_out() {
    let list = "Navn;Mobil;Merknad;Født;Org nr\n\
                Kari Nordmann;998 40 186;fnr 010107 50160;;\n\
                Ola Nordmann;998 40 187;;01010750160;\n\
                Per Hansen;+47 998 40 188;ring etter fire;11.05.1963;\n\
                Lysning AS;;;;974 760 673\n";
    let report = Records::new().import(list.as_bytes(), "");
    assert_eq!((report.lines, report.refused), (4, 2));
    assert!(!format!("{report:?}").contains("50160"));
    let reasons: Vec<_> = report.refusals.iter().map(|refusal| refusal.code).collect();
    assert_eq!(reasons, ["national_number", "national_number"]);
}

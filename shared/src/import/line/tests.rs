use super::*;
use crate::import::read::read;

fn line(text: &str) -> ReadLine {
    let table = read(text.as_bytes()).unwrap();
    let context =
        Context { today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), country: Country::norway() };
    read_line(&table.rows[0], &Mapping::guess(&table), &context)
}

fn said(text: &str) -> Vec<String> {
    let text_of = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => format!("{number}i"),
        Value::Bool(yes) => format!("{yes}"),
    };
    line(text)
        .imported
        .facts
        .iter()
        .map(|fact| match fact {
            ImportedFact::Single { key, value } => format!("{key}={}", text_of(value)),
            ImportedFact::Entry { list, parts } => {
                let parts: Vec<String> =
                    parts.iter().map(|(part, value)| format!("{part}={}", text_of(value))).collect();
                format!("{list}{}", parts.join(" "))
            }
            ImportedFact::Consent { purpose, given, wording } => format!("{purpose} {given} ({wording})"),
        })
        .collect()
}

fn warned(text: &str) -> Vec<&'static str> {
    line(text).warnings.iter().map(|warning| warning.code.code()).collect()
}

#[test]
fn a_swedish_line() {
    assert_eq!(
        said(
            "Förnamn;Efternamn;Född;Ort;Roll;Nyhetsbrev\nKarin;Berg;1970;111 43 Stockholm;stödperson, ordförande;nej\n"
        )[1..],
        [
            "name/given=Karin",
            "name/family=Berg",
            "birth/year=1970i",
            "address/postcode=111 43 /city=Stockholm",
            "role/role=peer_supporter",
            "role/role=elected",
            "tag=ordförande",
            "newsletter false (Nyhetsbrev)",
        ]
    );
}

#[test]
fn an_organisation() {
    assert_eq!(
        said("Type;Navn;Org.nr;Roller\nBedrift;Moe Trykk AS;310677051;sponsor|kontakt:Gro Paulsen\n"),
        [
            "kind=organisation",
            "name/legal=Moe Trykk AS",
            "organisation_number=310677051",
            "role/role=sponsor",
            "note/text=kontakt: Gro Paulsen",
        ]
    );
}

#[test]
fn unreadable_values_are_kept_as_written() {
    let text = "Navn;Født;Epost;Mobil;Postnr;Medlemstype;Timer;Nyhetsbrev\nKari Moen;31.02.1970;kari at x.example;12;503;Æresmedlem;mange;kanskje\n";
    assert_eq!(
        warned(text),
        [
            "unreadable_date",
            "unreadable_email",
            "unreadable_phone",
            "unreadable_postcode",
            "unknown_membership_kind",
            "unreadable_yes_no",
            "unreadable_hours",
        ]
    );
    let said = said(text);
    for kept in [
        "birth/date=31.02.1970",
        "email=kari at x.example",
        "phone=12",
        "volunteer/hours/2026=mange",
        "note/text=Nyhetsbrev: kanskje",
    ] {
        assert!(said.iter().any(|fact| fact == kept), "{kept}: {said:?}");
    }
}

#[test]
fn dues_as_lists_write_them() {
    let dues = |heading: &str, cell: &str| {
        said(&format!("Navn;{heading}\nKari Moen;{cell}\n"))
            .into_iter()
            .filter(|fact| fact.starts_with("dues"))
            .collect::<Vec<_>>()
    };
    assert_eq!(dues("Kontingent betalt", "ja"), ["dues/2026=paid"]);
    assert_eq!(dues("Kontingent betalt", "2025"), ["dues/2025=paid"]);
    assert_eq!(dues("Kontingent 2024", "nei"), ["dues/2024=unpaid"]);
    assert_eq!(dues("Kontingent betalt", ""), Vec::<String>::new());
}

#[test]
fn the_hash_is_of_the_content() {
    let hash = |text: &str| line(text).imported.line_hash;
    let first = hash("Navn;Epost;Sist endret\nKari Moen;k@x.example;2026-01-01\n");
    assert_eq!(hash("epost,navn,SIST ENDRET\nk@x.example,Kari  Moen,2026-02-02\n"), first);
    assert_ne!(hash("Navn;Epost;Sist endret\nKari Moe;k@x.example;2026-01-01\n"), first);
}

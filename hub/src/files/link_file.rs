//! The linker alone: any file of records in, `record_id,entity_id` out. Nothing is stored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::linking::{Birth, Comparable, Decisions, Linker, cluster, normalised_name};

/// Links the records of a file; gives the lines of the answer, heading included, in the file's order.
pub fn link_file(linker: &dyn Linker, path: &Path) -> Result<Vec<[String; 2]>, LinkFileError> {
    let unreadable = |source| LinkFileError::File { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| LinkFileError::Encoding { path: path.to_owned() })?;
    let text = text.trim_start_matches('\u{feff}');
    let records = read_records(text)?;
    let order: Vec<String> = records.iter().map(|record| record.record.clone()).collect();
    let clustering = cluster(linker, records, &Decisions::default());
    let mut entity: BTreeMap<&String, &String> = BTreeMap::new();
    for members in &clustering.clusters {
        let first = members.first();
        entity.extend(members.iter().filter_map(|member| Some((member, first?))));
    }
    let mut lines = vec![["record_id".to_owned(), "entity_id".to_owned()]];
    lines.extend(order.iter().map(|record| {
        let entity = entity.get(record).copied().unwrap_or(record);
        [record.clone(), entity.clone()]
    }));
    Ok(lines)
}

/// Headings, as files in our languages and linkage benchmarks write them.
const COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["record_id", "rec_id", "id", "ref", "nr", "medlemsnr", "transaction_id"]),
    ("given", &["given", "given_name", "first_name", "firstname", "fornavn", "förnamn", "voornaam"]),
    (
        "family",
        &[
            "family",
            "family_name",
            "last_name",
            "lastname",
            "surname",
            "etternavn",
            "efternamn",
            "achternaam",
        ],
    ),
    ("name", &["name", "full_name", "navn", "namn", "naam"]),
    ("email", &["email", "e-mail", "e-post", "epost", "mail"]),
    (
        "birth",
        &[
            "birth_date",
            "birth",
            "date_of_birth",
            "dob",
            "birth_year",
            "født",
            "fødselsdato",
            "född",
            "geboortedatum",
        ],
    ),
];

fn read_records(text: &str) -> Result<Vec<Comparable>, LinkFileError> {
    let heading = text.lines().next().unwrap_or_default();
    let delimiter = if heading.matches(';').count() > heading.matches(',').count() { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers()?.clone();
    let column = |name: &str| {
        let (_, known) = COLUMNS.iter().find(|(column, _)| *column == name)?;
        headings.iter().position(|heading| known.contains(&heading.trim().to_lowercase().as_str()))
    };
    let place = |name| column(name);
    let (id, email, birth) = (place("id"), place("email"), place("birth"));
    let names: Vec<usize> = ["name", "given", "family"].into_iter().filter_map(place).collect();
    if names.is_empty() {
        return Err(LinkFileError::NoName);
    }
    let mut records = Vec::new();
    for (number, row) in reader.records().enumerate() {
        let row = row?;
        let cell = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default().trim();
        let written: Vec<&str> = names.iter().map(|place| cell(Some(*place))).collect();
        let name = match written.join(" ").split_once(',') {
            Some((family, given)) => format!("{given} {family}"),
            None => written.join(" "),
        };
        let record = match cell(id) {
            "" => (number + 1).to_string(),
            id => id.to_owned(),
        };
        records.push(Comparable {
            record,
            organisation: false,
            name: normalised_name(&name),
            emails: [cell(email).to_lowercase()]
                .into_iter()
                .filter(|email| crate::read::is_email(email))
                .collect(),
            birth: birth_as_written(cell(birth)),
        });
    }
    Ok(records)
}

/// ISO, `19600504`, or day first with dots, as people write it.
fn birth_as_written(text: &str) -> Option<Birth> {
    let parts: Vec<&str> = text.split(['.', '/']).collect();
    match parts.as_slice() {
        [day, month, year] if year.len() == 4 => Birth::parse(&format!("{year}-{month}-{day}")),
        [whole] if whole.len() == 8 && whole.bytes().all(|byte| byte.is_ascii_digit()) => {
            Birth::parse(&format!("{}-{}-{}", &whole[..4], &whole[4..6], &whole[6..]))
        }
        _ => Birth::parse(text),
    }
}

/// Why a file was not linked.
#[derive(Debug, thiserror::Error)]
pub enum LinkFileError {
    #[error("{path} cannot be read")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} is not UTF-8: save it as UTF-8 first")]
    Encoding { path: PathBuf },
    #[error("no heading of the file is a name (name, first_name, last_name …)")]
    NoName,
    #[error("the file is no CSV")]
    Csv(#[from] csv::Error),
}

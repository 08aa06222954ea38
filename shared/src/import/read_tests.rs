//! Files as people save them, and bytes that are no file at all.
use super::*;
use proptest::prelude::*;

fn cells(bytes: &[u8]) -> (Vec<String>, Vec<(u32, Vec<String>)>) {
    let table = read(bytes).unwrap();
    (table.headings, table.rows.into_iter().map(|row| (row.line, row.cells)).collect())
}

fn strings(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn encodings_are_found() {
    let expect = (strings(&["Navn", "Født"]), vec![(2, strings(&["Bjørg", "1970"]))]);
    assert_eq!(cells("Navn;Født\r\nBjørg;1970\r\n".as_bytes()), expect);
    assert_eq!(cells("\u{feff}Navn;Født\nBjørg;1970".as_bytes()), expect);
    assert_eq!(cells(b"Navn;F\xf8dt\nBj\xf8rg;1970"), expect);
    let utf16: Vec<u8> =
        "\u{feff}Navn\tFødt\r\nBjørg\t1970\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(cells(&utf16), expect);
    assert_eq!(read(b"a;b\n\xe6;1").unwrap().encoding, "windows-1252");
}

#[test]
fn separators_are_found() {
    for (text, separator) in [
        ("a;b\n1;2", ';'),
        ("a,b\n1,2", ','),
        ("a\tb\n1\t2", '\t'),
        ("a|b\n1|2", '|'),
        ("Navn,tema\n\"Moen, M\",x; y; z", ','),
        ("a;b, c\n1;2, 3, 4", ';'),
        ("sep=,\na;b;c,d\n1,2", ','),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap().separator, separator, "{text}");
    }
}

// T35: what the lines say counts, and not the headings alone.
#[test]
fn the_lines_tell_the_separator_where_headings_mislead() {
    let headings = |text: &str| read(text.as_bytes()).unwrap().headings;
    let commas_in_heading =
        "Navn (etternavn, fornavn, tittel);E-post\nMoen, Kari;k@x.example\n\"Lie; Ola\";o@x.example\n";
    assert_eq!(headings(commas_in_heading), ["Navn (etternavn, fornavn, tittel)", "E-post"]);
    let comma_in_both = "Etternavn, fornavn;E-post;By\nMoen, Kari;k@x.example;Bergen\nLie, Ola;;Os\n";
    assert_eq!(headings(comma_in_both), ["Etternavn, fornavn", "E-post", "By"]);
    let tabs = "Navn; tittel; kallenavn\tBy\nKari Moen\tBergen\nOla Lie\tOs\n";
    assert_eq!(headings(tabs), ["Navn; tittel; kallenavn", "By"]);
    let trailing = "Navn;By;\nMoen, Kari;Bergen;\nLie, Ola;Os\n";
    assert_eq!(headings(trailing), ["Navn", "By"]);
}

#[test]
fn one_column_stays_one() {
    for text in ["Navn\nMoen, Kari\nLie, Ola\n", "Navn\nKari | Kaia\n", "Navn"] {
        assert_eq!(read(text.as_bytes()).unwrap().headings, ["Navn"], "{text}");
    }
    let (headings, rows) = cells(b"Navn, som skrevet\nKari Moen\nOla Lie\n");
    assert_eq!((headings, rows[0].1.clone()), (strings(&["Navn, som skrevet"]), strings(&["Kari Moen"])));
}

#[test]
fn a_record_over_several_lines_keeps_its_first() {
    let (_, rows) = cells(b"a,b\n\n\"x\r\ny\",\"say \"\"hi\"\"\"\n,\nlast,1\n");
    assert_eq!(rows, vec![(3, strings(&["x\ny", "say \"hi\""])), (6, strings(&["last", "1"]))]);
}

#[test]
fn ragged_rows_are_kept() {
    let table = read(b"a,b,\n1\n1,2,3,,4\n").unwrap();
    assert_eq!(table.headings, ["a", "b"]);
    assert_eq!(table.rows[0].cells, ["1", ""]);
    assert_eq!(table.rows[1].surplus, ["3", "4"]);
}

#[test]
fn a_stray_quote_does_not_swallow_the_file() {
    let mut text = String::from("a;b\n\"Kari;1\n");
    for n in 0..200 {
        text.push_str(&format!("n{n};2\n"));
    }
    let table = read(text.as_bytes()).unwrap();
    assert_eq!(table.rows.len(), 201);
    assert_eq!(table.rows[0].cells, ["\"Kari", "1"]);
    assert_eq!(table.rows[200].line, 202);
}

#[test]
fn what_is_not_a_list_is_refused_with_a_reason() {
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b"\n;;\n \n"), Err(ReadError::Empty));
    assert_eq!(read(b"PK\x03\x04rest"), Err(ReadError::Spreadsheet));
    assert_eq!(read(b"\x00\x01\x02"), Err(ReadError::NotText));
    assert_eq!(read(&";".repeat(300).into_bytes()), Err(ReadError::Empty));
    assert_eq!(read(&"a;".repeat(300).into_bytes()), Err(ReadError::TooManyColumns { line: 1 }));
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn random_lists_never_panic_and_keep_their_lines(text in "([a-zæ\";, \r\n|]{0,40}){0,20}") {
        if let Ok(table) = read(text.as_bytes()) {
            let mut before = 1;
            for row in table.rows {
                prop_assert!(row.line > before || before == 1);
                prop_assert_eq!(row.cells.len(), table.headings.len());
                before = row.line;
            }
        }
    }

    // What is written by the rules is read back cell by cell.
    #[test]
    fn quoted_cells_round_trip(rows in proptest::collection::vec(proptest::collection::vec("[a-z\";,ø\n]{1,8}", 3), 1..8)) {
        let rows: Vec<Vec<String>> = rows.into_iter()
            .map(|row| row.iter().map(|cell| format!("x{}x", cell)).collect()).collect();
        let mut text = String::from("first;second;third\r\n");
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&cells.join(";"));
            text.push_str("\r\n");
        }
        let read: Vec<Vec<String>> = read(text.as_bytes()).unwrap().rows.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(read, rows);
    }
}

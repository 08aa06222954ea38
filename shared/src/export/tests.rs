use super::{Format, export};
use crate::{
    document::{Content, Value},
    id::SupporterId,
    supporter::Supporter,
};

fn supporter(pairs: &[(&str, Value)]) -> Supporter {
    let content: Content =
        pairs.iter().map(|(key, value)| ((*key).to_owned(), vec![value.clone()])).collect();
    Supporter::from_content(SupporterId::from_bytes([0xab; 16]), &content)
}

fn kari() -> Supporter {
    supporter(&[
        ("kind", "person".into()),
        ("name/given", "Kari".into()),
        ("name/family", "Nordmann; Å".into()),
        ("birth/year", 1963.into()),
        ("email/AAAAAAAA", "kari@epost.example".into()),
        ("phone/AAAAAAAA", "+4799840186".into()),
        ("phone/BAAAAAAA", "476 63 770".into()),
        (
            "address/AAAAAAAA/street",
            "En svært lang gate med mange ord i navnet sitt og ærlig talt ikke slutt på det 27A".into(),
        ),
        ("address/AAAAAAAA/postcode", "5221".into()),
        ("address/AAAAAAAA/city", "Nesttun".into()),
        ("address/AAAAAAAA/country", "NO".into()),
        ("role/AAAAAAAA/role", "member".into()),
        ("role/AAAAAAAA/from", "2012-12-14".into()),
        ("tag/AAAAAAAA", "=1+1".into()),
        ("note/AAAAAAAA/text", "a secret".into()),
    ])
}

#[test]
fn csv_has_a_line_a_supporter_and_no_formula() {
    let csv = export(&[kari()], Format::Csv).unwrap();
    let mut lines = csv.trim_start_matches('\u{feff}').split("\r\n");
    assert!(lines.next().unwrap().starts_with("id,kind,given_name"));
    let line = lines.next().unwrap();
    assert!(line.contains("Nordmann; Å,,,,1963,kari@epost.example,+4799840186,"), "{line}");
    assert!(line.ends_with("member 2012-12-14/,'=1+1"), "{line}");
    assert!(!csv.contains("secret") && !csv.contains("476 63 770"));
}

#[test]
fn vcard_is_escaped_and_folded() {
    let card = export(&[kari()], Format::Vcard).unwrap();
    assert!(card.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"));
    assert!(card.ends_with("END:VCARD\r\n"));
    assert!(card.split("\r\n").all(|line| line.len() <= 75), "{card}");
    let whole = card.replace("\r\n ", "");
    assert!(whole.contains("N:Nordmann\\; Å;Kari;;;\r\n"), "{whole}");
    assert!(whole.contains("BDAY:1963\r\n") && whole.contains("TEL;VALUE=uri:tel:+4799840186\r\n"));
    assert!(whole.contains("slutt på det 27A;Nesttun;;5221;NO\r\n"), "{whole}");
    assert!(!whole.contains("secret"));
}

#[test]
fn json_is_the_shape_of_the_command_line() {
    let json: serde_json::Value = serde_json::from_str(&export(&[kari()], Format::Json).unwrap()).unwrap();
    let kari = &json[0];
    assert_eq!(kari["name"], serde_json::json!({ "given": "Kari", "family": "Nordmann; Å" }));
    assert_eq!(kari["birth"], serde_json::json!({ "year": 1963 }));
    assert_eq!(kari["phones"], serde_json::json!(["+4799840186"]));
    assert_eq!(kari["unreadable"][0]["value"], "476 63 770");
    assert_eq!(kari["unreadable"][0]["field"], "phone/*");
    assert_eq!(kari["roles"][0]["role"], "member");
    assert_eq!(kari["notes"][0]["text"], "a secret");
}

// N22, P27
#[test]
fn a_protected_address_is_in_no_file() {
    let mut content = kari().content().clone();
    content.insert("address_protection".to_owned(), vec!["protected".into()]);
    let kari = Supporter::from_content(kari().id, &content);
    for &format in Format::ALL {
        let file = export(std::slice::from_ref(&kari), format).unwrap();
        assert!(!file.contains("Nesttun") && !file.contains("5221") && !file.contains("gate"), "{format}");
    }
}

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::*;
use crate::second_factor::{SecondFactorError, Secret, plant, remove as remove_factor};
use crate::sqlite::{Database, Migration, PASSKEYS, SECOND_FACTORS, migrate};

const ORIGIN: &str = "http://localhost:7070";
const VISITOR: [u8; 32] = [7; 32];

/// A stick as a browser speaks to it, which can be told to lie.
struct Stick {
    keys: EcdsaKeyPair,
    id: [u8; 16],
    counter: u32,
    origin: &'static str,
    verifies: bool,
}

impl Stick {
    fn new(number: u8) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let keys = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random);
        Self { keys: keys.unwrap(), id: [number; 16], counter: 0, origin: ORIGIN, verifies: true }
    }

    fn said(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn head(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut bytes = Sha256::digest("localhost").to_vec();
        bytes.push(flags | 1 | if self.verifies { 4 } else { 0 });
        bytes.extend(self.counter.to_be_bytes());
        bytes
    }

    /// CBOR by hand: the public half, and the statement that nothing is attested.
    fn create(&mut self, question: &str) -> String {
        let question: Value = serde_json::from_str(question).unwrap();
        let said = self.said("webauthn.create", &question["publicKey"]["challenge"]);
        let mut data = self.head(0x40);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        let point = self.keys.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt");
        object.push(0x64);
        object.extend(b"none");
        object.push(0x67);
        object.extend(b"attStmt");
        object.extend([0xa0, 0x68]);
        object.extend(b"authData");
        object.extend([0x58, u8::try_from(data.len()).unwrap()]);
        object.extend(data);
        self.answer(json!({ "attestationObject": text(&object), "clientDataJSON": text(&said) }))
    }

    fn get(&mut self, question: &str) -> String {
        let question: Value = serde_json::from_str(question).unwrap();
        self.sign(&question["publicKey"]["challenge"])
    }

    fn sign(&mut self, challenge: &Value) -> String {
        let said = self.said("webauthn.get", challenge);
        let data = self.head(0);
        let signed = [data.as_slice(), &Sha256::digest(&said)].concat();
        let signature = self.keys.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "authenticatorData": text(&data), "clientDataJSON": text(&said), "signature": text(signature.as_ref()),
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = text(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn stamp() -> Stamp {
    Stamp::of("hash")
}

struct Place {
    _folder: tempfile::TempDir,
    database: Database,
    passkeys: Passkeys,
}

const ALL: &[Migration] = &[SECOND_FACTORS, PASSKEYS];

impl Place {
    /// Kari and Ola have an app for codes each, and no passkey.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("db"), None).unwrap();
        migrate(&database, ALL).unwrap();
        for login in ["kari", "ola"] {
            let secret = Secret::from_bytes(*b"12345678901234567890");
            let planted = database
                .write(|transaction| plant(transaction, login, &secret).map_err(SecondFactorError::from));
            planted.unwrap();
        }
        Self { _folder: folder, database, passkeys: Passkeys::at(ORIGIN) }
    }

    fn rows(&self, login: &str) -> Vec<PasskeyRow> {
        self.database.read(|connection| of(connection, login).map_err(SecondFactorError::from)).unwrap()
    }

    fn add(&self, login: &str, stick: &mut Stick) -> Result<bool, PasskeyError> {
        let question = self.passkeys.begin_adding(VISITOR, login, &self.rows(login), now())?;
        let new = self.passkeys.finish_adding(VISITOR, login, &stick.create(&question), now())?;
        self.keep(login, &new)
    }

    fn keep(&self, login: &str, new: &NewPasskey) -> Result<bool, PasskeyError> {
        let mut kept = Ok(false);
        let written = self.database.write(|transaction| {
            kept = keep(transaction, login, " Stick ", new, now());
            Ok::<_, SecondFactorError>(())
        });
        written.unwrap();
        kept
    }

    fn ask(&self, login: &str) -> String {
        self.passkeys.begin_entering(VISITOR, login, stamp(), &self.rows(login), now()).unwrap().unwrap()
    }

    fn enter(&self, answer: &str, at: DateTime<Utc>) -> Option<String> {
        let answered = self.passkeys.finish_entering(VISITOR, answer, at).ok()?;
        assert_eq!(answered.stamp, stamp());
        let mut known = false;
        let written = self.database.write(|transaction| {
            known = used(transaction, &answered.login, &answered, at).unwrap();
            Ok::<_, SecondFactorError>(())
        });
        written.unwrap();
        known.then_some(answered.login)
    }
}

// ASVS 6.3.3, 6.5.1: an answer is good once, for what was asked, from this address and from nobody else.
#[test]
fn a_passkey_answers_what_was_asked_once() {
    let place = Place::new();
    let mut stick = Stick::new(1);
    assert!(place.passkeys.begin_entering(VISITOR, "kari", stamp(), &[], now()).unwrap().is_none());
    assert!(place.add("kari", &mut stick).unwrap());

    let answer = stick.get(&place.ask("kari"));
    assert_eq!(place.enter(&answer, now()).as_deref(), Some("kari"));
    assert_eq!(place.enter(&answer, now()), None, "a replay: nothing is asked");
    place.ask("kari");
    assert_eq!(place.enter(&answer, now()), None, "a replay: another thing is asked");

    place.ask("kari");
    let other = stick.sign(&json!(text(&[9; 32])));
    assert_eq!(place.enter(&other, now()), None, "not what was asked");
    assert_eq!(place.enter(&other, now()), None, "a wrong answer is an answer");

    for origin in
        ["http://localhost:7071", "https://localhost:7070", "http://evil.example", "http://127.0.0.1:7070"]
    {
        stick.origin = origin;
        let answer = stick.get(&place.ask("kari"));
        assert_eq!(place.enter(&answer, now()), None, "{origin}");
    }
    stick.origin = ORIGIN;
    let answer = stick.get(&place.ask("kari"));
    assert_eq!(place.enter(&answer, now() + ANSWERED_WITHIN), None, "too late");
    stick.verifies = false;
    let answer = stick.get(&place.ask("kari"));
    assert_eq!(place.enter(&answer, now()), None, "anybody could have touched it");
    stick.verifies = true;
    let answer = stick.get(&place.ask("kari"));
    let elsewhere = place.passkeys.finish_entering([8; 32], &answer, now());
    assert!(matches!(elsewhere, Err(PasskeyError::NotAsked)), "another browser was asked nothing");
    assert_eq!(place.enter(&answer, now()).as_deref(), Some("kari"));
}

#[test]
fn a_copy_of_a_stick_is_noticed() {
    let place = Place::new();
    let mut stick = Stick::new(1);
    assert!(place.add("kari", &mut stick).unwrap());
    stick.counter = 40;
    let answer = stick.get(&place.ask("kari"));
    assert!(place.enter(&answer, now()).is_some());
    stick.counter = 5;
    let answer = stick.get(&place.ask("kari"));
    assert_eq!(place.enter(&answer, now()), None, "it has counted further already");
}

// ASVS 6.3.4: one is added for oneself, to an app for codes, and is nobody else's.
#[test]
fn a_passkey_is_one_users() {
    let place = Place::new();
    let mut stick = Stick::new(1);
    assert!(place.add("kari", &mut stick).unwrap());
    assert!(!place.add("ola", &mut stick).unwrap(), "it is Kari's");
    assert!(!place.add("nobody", &mut Stick::new(2)).unwrap(), "who has no app has no passkey");

    let question = place.passkeys.begin_adding(VISITOR, "kari", &[], now()).unwrap();
    let answer = Stick::new(3).create(&question);
    let taken = place.passkeys.finish_adding(VISITOR, "ola", &answer, now());
    assert!(matches!(taken, Err(PasskeyError::NotAsked)), "asked of Kari");
    let question = place.passkeys.begin_adding(VISITOR, "kari", &[], now()).unwrap();
    let mut far = Stick { origin: "http://evil.example", ..Stick::new(3) };
    let taken = place.passkeys.finish_adding(VISITOR, "kari", &far.create(&question), now());
    assert!(matches!(taken, Err(PasskeyError::Refused)));
    for answer in ["", "{}", "nothing"] {
        place.passkeys.begin_adding(VISITOR, "kari", &[], now()).unwrap();
        let taken = place.passkeys.finish_adding(VISITOR, "kari", answer, now());
        assert!(matches!(taken, Err(PasskeyError::Refused)), "{answer}");
    }

    assert!(place.add("ola", &mut Stick::new(4)).unwrap());
    let answer = Stick { id: [4; 16], ..Stick::new(5) }.get(&place.ask("ola"));
    assert_eq!(place.enter(&answer, now()), None, "signed by another key");
    let answer = stick.get(&place.ask("ola"));
    assert_eq!(place.enter(&answer, now()), None, "Kari's, where Ola was asked");
}

#[test]
fn what_is_kept_is_listed_and_goes() {
    let place = Place::new();
    let mut stick = Stick::new(1);
    assert!(place.add("kari", &mut stick).unwrap());
    let answer = stick.get(&place.ask("kari"));
    place.enter(&answer, now() + Duration::minutes(1)).unwrap();
    let listed = || {
        let all = place.database.read(|connection| list(connection, "kari").map_err(SecondFactorError::from));
        all.unwrap()
    };
    let kept = listed();
    assert_eq!((kept[0].name.as_str(), kept[0].used), ("Stick", Some(now() + Duration::minutes(1))));
    let take = |login: &str, id: &str| {
        let gone = place
            .database
            .write(|transaction| remove(transaction, login, id).map_err(SecondFactorError::from));
        gone.unwrap()
    };
    assert!(!take("ola", &kept[0].id) && !take("kari", "not base 64") && take("kari", &kept[0].id));
    assert!(!take("kari", &kept[0].id) && listed().is_empty());

    // With the app for codes the passkeys go too, so that who has lost everything begins anew.
    assert!(place.add("kari", &mut stick).unwrap());
    let question = place.ask("kari");
    place
        .database
        .write(|transaction| remove_factor(transaction, "kari").map_err(SecondFactorError::from))
        .unwrap();
    assert!(listed().is_empty());
    assert_eq!(place.enter(&stick.get(&question), now()), None, "also of one that was asked for already");
}

// ASVS 6.3.3: where a browser would give no answer none is asked for.
#[test]
fn passkeys_belong_to_one_address() {
    let here = Passkeys::at("https://helhet.example:8443");
    assert!(here.can_be_used_at("helhet.example:8443") && !here.can_be_used_at("helhet.example"));
    let nowhere = Passkeys::at("https://192.0.2.1");
    assert!(!nowhere.can_be_used_at("192.0.2.1"), "browsers take names alone");
    assert!(matches!(nowhere.begin_adding(VISITOR, "kari", &[], now()), Err(PasskeyError::Address)));
}

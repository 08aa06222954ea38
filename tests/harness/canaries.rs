//! Canaries: words that may not be somewhere, looked for in every dress in which a program could have put them there:
//! as text of several encodings, as a form sends it, as a search folds it, and packed.

use std::collections::BTreeSet;
use std::io::Read;

use aho_corasick::{AhoCorasick, MatchKind};
use automerge::AutoCommit;
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use helhet_shared::projection::fold;

/// A canary of fewer letters finds itself by chance.
const LETTERS_MIN: usize = 8;
/// So many letters of each end are looked for: an index may have cut the beginning, a page of a database the middle.
const END: usize = 12;
/// What unpacks to more than this is a bomb.
const UNPACKED_MAX: u64 = 64 << 20;
/// Something packed within something packed within something packed.
const DEPTH_MAX: usize = 3;

/// A search for some canaries.
#[derive(Debug)]
pub struct Search {
    automaton: AhoCorasick,
    /// Whose each pattern is, and its dress.
    patterns: Vec<(String, &'static str)>,
}

impl Search {
    /// For these, whole or by their ends, in letters of either case.
    pub fn of(canaries: &[&str]) -> Self {
        let mut patterns = Vec::new();
        let mut bytes = Vec::new();
        for canary in canaries {
            for end in ends(canary) {
                for (dress, text) in dresses(&end) {
                    patterns.push(((*canary).to_owned(), dress));
                    bytes.push(text);
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(bytes)
            .expect("canaries are few");
        Self { automaton, patterns }
    }

    /// Notes each canary that stands in these bytes, with the place's name and the dress.
    pub fn note(&self, bytes: &[u8], place: &str, places: &mut BTreeSet<String>) {
        self.note_form(bytes, "as it is", place, places);
        for (form, unpacked) in unpacked(bytes, 0) {
            self.note_form(&unpacked, form, place, places);
        }
    }

    fn note_form(&self, bytes: &[u8], form: &str, place: &str, places: &mut BTreeSet<String>) {
        for found in self.automaton.find_overlapping_iter(bytes) {
            let (canary, dress) = &self.patterns[found.pattern().as_usize()];
            places.insert(format!("{canary} in {place} ({form}, {dress})"));
        }
    }

    /// The canaries in these bytes.
    pub fn found_in(&self, bytes: &[u8]) -> Vec<String> {
        let mut places = BTreeSet::new();
        self.note(bytes, "bytes", &mut places);
        places.into_iter().collect()
    }
}

/// The last letters of a canary, and the first of a long one.
fn ends(canary: &str) -> BTreeSet<String> {
    let letters: Vec<char> = canary.chars().collect();
    assert!(letters.len() >= LETTERS_MIN, "a canary of {} letters finds itself by chance", letters.len());
    let last: String = letters[letters.len().saturating_sub(END)..].iter().collect();
    let mut ends = BTreeSet::from([last]);
    if letters.len() > 3 * END {
        ends.insert(letters[..END].iter().collect());
    }
    ends
}

/// A text as programs write it down.
fn dresses(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut dresses: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut spellings = BTreeSet::from([text.to_owned(), text.to_lowercase(), text.to_uppercase()]);
    let folded = fold(text);
    if folded.len() >= LETTERS_MIN && !spellings.contains(&folded) {
        dresses.push(("folded for search", folded.into_bytes()));
    }
    for spelling in std::mem::take(&mut spellings) {
        let bytes = spelling.as_bytes();
        dresses.push(("UTF-8", bytes.to_vec()));
        dresses.push(("UTF-16", spelling.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        dresses.push(("UTF-16", spelling.encode_utf16().flat_map(u16::to_be_bytes).collect()));
        dresses.push(("percent-encoded", percent(bytes, "%20")));
        dresses.push(("percent-encoded", percent(bytes, "+")));
        dresses.push(("escaped for JSON", escaped(&spelling, |unit| format!("\\u{unit:04x}"))));
        dresses.push(("escaped for HTML", escaped(&spelling, |unit| format!("&#{unit};"))));
        dresses.push((
            "hexadecimal",
            bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
        ));
        for lead in 0..3 {
            dresses.push(("base64", base64(bytes, lead, data_encoding::BASE64_NOPAD)));
            dresses.push(("base64", base64(bytes, lead, data_encoding::BASE64URL_NOPAD)));
        }
    }
    let mut seen = BTreeSet::new();
    dresses.retain(|(_, bytes)| seen.insert(bytes.to_ascii_lowercase()));
    dresses
}

fn percent(bytes: &[u8], space: &str) -> Vec<u8> {
    let one = |byte: &u8| match byte {
        b' ' => space.as_bytes().to_vec(),
        byte if byte.is_ascii_alphanumeric() || b"-_.~".contains(byte) => vec![*byte],
        byte => format!("%{byte:02X}").into_bytes(),
    };
    bytes.iter().flat_map(one).collect()
}

fn escaped(text: &str, escape: impl Fn(u32) -> String) -> Vec<u8> {
    let one = |letter: char| if letter.is_ascii() { letter.to_string() } else { escape(letter.into()) };
    text.chars().map(one).collect::<String>().into_bytes()
}

/// The text in base64 where it begins so many bytes into a group; what its neighbours have a part in is left out.
fn base64(bytes: &[u8], lead: usize, encoding: data_encoding::Encoding) -> Vec<u8> {
    let padded = [&vec![0; lead], bytes].concat();
    let encoded = encoding.encode(&padded).into_bytes();
    let whole = encoded.len() - usize::from(padded.len() % 3 != 0);
    encoded[[0, 2, 3][lead]..whole].to_vec()
}

/// What unpacks from somewhere in the bytes: zstd frames, zlib and gzip streams, files of zip archives, automerge chunks.
fn unpacked(bytes: &[u8], depth: usize) -> Vec<(&'static str, Vec<u8>)> {
    if depth == DEPTH_MAX {
        return Vec::new();
    }
    let heads = AhoCorasick::new([
        &[0x28, 0xb5, 0x2f, 0xfd][..],
        &[0x1f, 0x8b, 0x08],
        &[0x78, 0x01],
        &[0x78, 0x5e],
        &[0x78, 0x9c],
        &[0x78, 0xda],
        b"PK\x03\x04",
        &[0x85, 0x6f, 0x4a, 0x83],
    ]);
    let heads = heads.expect("eight patterns");
    let mut forms = Vec::new();
    for found in heads.find_overlapping_iter(bytes) {
        let rest = &bytes[found.start()..];
        let (form, inside) = match found.pattern().as_usize() {
            0 => ("zstd", zstd(rest)),
            1 => ("gzip", all_of(GzDecoder::new(rest))),
            6 => ("zip", zipped(rest)),
            7 => ("automerge", changes(rest)),
            _ => ("zlib", all_of(ZlibDecoder::new(rest))),
        };
        if inside.len() >= LETTERS_MIN {
            forms.extend(unpacked(&inside, depth + 1));
            forms.push((form, inside));
        }
    }
    forms
}

/// As far as it can be read: what follows in a file may be torn.
fn all_of(decoder: impl Read) -> Vec<u8> {
    let mut inside = Vec::new();
    let _ = decoder.take(UNPACKED_MAX).read_to_end(&mut inside);
    inside
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let decoder = zstd::stream::read::Decoder::new(bytes);
    decoder.map(|decoder| all_of(decoder.single_frame())).unwrap_or_default()
}

/// The first file after a local header of a zip archive.
fn zipped(bytes: &[u8]) -> Vec<u8> {
    let length =
        |at: usize| bytes.get(at..at + 2).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])));
    let start = 30 + length(26) + length(28);
    bytes.get(start..).map(|packed| all_of(DeflateDecoder::new(packed))).unwrap_or_default()
}

/// All changes of an automerge chunk in the form that compresses nothing, and a packed one's bytes where it is torn out of
/// what it builds on.
fn changes(bytes: &[u8]) -> Vec<u8> {
    const PACKED: u8 = 2;
    let mut inside = Vec::new();
    let mut document = AutoCommit::new();
    if document.load_incremental(bytes).is_ok() {
        inside = document.save_nocompress();
        for change in document.get_changes(&[]) {
            inside.extend_from_slice(change.raw_bytes());
        }
    }
    if let [_, _, _, _, _, _, _, _, PACKED, rest @ ..] = bytes {
        // Behind its length, a number of seven bits a byte.
        let length = rest.iter().take_while(|byte| **byte >= 0x80).count() + 1;
        inside
            .extend(rest.get(length..).map(|packed| all_of(DeflateDecoder::new(packed))).unwrap_or_default());
    }
    inside
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use automerge::ROOT;
    use automerge::transaction::Transactable as _;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const CANARIES: [&str; 4] =
        ["zkvbrtgldmnf", "Blåbærskog kanarifuglØy", "IJsselmeerIJkanarivogel", "Straße zum Kanarienvögelß"];

    fn is_found(canary: &str, bytes: &[u8], dress: &str) {
        let places = Search::of(&[canary]).found_in(bytes);
        assert!(places.iter().any(|place| place.contains(dress)), "{dress} of {canary}: {places:?}");
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let noise: Vec<u8> =
            (0..200_000_u32).flat_map(|n| n.wrapping_mul(0x9e37_79b9).to_be_bytes()).collect();
        assert_eq!(Search::of(&CANARIES).found_in(&noise), Vec::<String>::new());
    }

    // C4: a canary that is planted is seen, in every dress.
    #[test]
    fn a_canary_is_found_in_every_dress() {
        for canary in CANARIES {
            let wide = |order: fn(u16) -> [u8; 2]| canary.encode_utf16().flat_map(order).collect::<Vec<u8>>();
            is_found(canary, format!("x {canary} y").as_bytes(), "UTF-8");
            is_found(canary, canary.to_uppercase().as_bytes(), "UTF-8");
            is_found(canary, &wide(u16::to_le_bytes), "UTF-16");
            is_found(canary, &wide(u16::to_be_bytes), "UTF-16");
            is_found(
                canary,
                format!("/?q={}", String::from_utf8(percent(canary.as_bytes(), "+")).unwrap()).as_bytes(),
                "",
            );
            is_found(canary, fold(canary).as_bytes(), "");
            for lead in ["", "a", "ab"] {
                let text = format!("{lead}{canary} and more");
                is_found(canary, data_encoding::BASE64.encode(text.as_bytes()).as_bytes(), "base64");
                is_found(canary, data_encoding::BASE64URL_NOPAD.encode(text.as_bytes()).as_bytes(), "base64");
            }
        }
        is_found(CANARIES[1], br"Bl\u00e5b\u00e6rskog kanarifugl\u00d8y", "escaped for JSON");
        is_found(CANARIES[1], b"kanarifugl&#216;y", "escaped for HTML");
        is_found(CANARIES[1], b"Bl%C3%A5b%C3%A6rskog%20kanarifugl%C3%98y", "percent-encoded");
        is_found(CANARIES[1], b"blabarskog kanarifugloy", "folded for search");
    }

    #[test]
    fn a_long_canary_is_found_by_either_end() {
        let canary = format!("vkanarifuglb {} bkanarifuglv", "og mer ".repeat(60));
        is_found(&canary, &canary.as_bytes()[..40], "UTF-8");
        is_found(&canary, &canary.as_bytes()[400..], "UTF-8");
    }

    #[test]
    fn a_canary_is_found_in_what_is_packed() {
        for canary in CANARIES {
            let text = format!("{canary} {}", "again ".repeat(100));
            let bytes = text.as_bytes();
            let mut deflated = [
                ZlibEncoder::new(Vec::new(), Compression::fast()),
                ZlibEncoder::new(Vec::new(), Compression::best()),
            ]
            .map(|mut encoder| {
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            })
            .to_vec();
            let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
            gzip.write_all(bytes).unwrap();
            deflated.push(gzip.finish().unwrap());
            for (packed, form) in deflated.iter().zip(["zlib", "zlib", "gzip"]) {
                is_found(canary, &[b"head", &packed[..], b"tail"].concat(), form);
            }
            let zstd = zstd::encode_all(bytes, 3).unwrap();
            is_found(canary, &[b"head", &zstd[..], b"tail"].concat(), "zstd");
            // One within the other.
            is_found(canary, &zstd::encode_all(deflated[0].as_slice(), 3).unwrap(), "zlib");

            let mut document = AutoCommit::new();
            document.put(ROOT, "note", text.as_str()).unwrap();
            let saved = document.save();
            assert!(!saved.windows(8).any(|window| window == &bytes[..8]), "automerge packs long texts");
            is_found(canary, &saved, "automerge");
            let packed = document.get_last_local_change().unwrap().bytes().to_vec();
            is_found(canary, &[b"head", &packed[..]].concat(), "automerge");
        }
    }

    #[test]
    fn a_canary_is_found_in_an_archive() {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(format!("{} {}", CANARIES[0], "again ".repeat(50)).as_bytes()).unwrap();
        let mut archive = b"PK\x03\x04".to_vec();
        archive.extend([0; 22]);
        archive.extend([5, 0, 0, 0]);
        archive.extend(b"a.csv");
        archive.extend(deflate.finish().unwrap());
        is_found(CANARIES[0], &archive, "zip");
    }
}

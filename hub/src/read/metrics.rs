//! What a monitoring system reads: counts and times in Prometheus' text format, with nobody's name in them but the
//! chapters' (<https://prometheus.io/docs/instrumenting/exposition_formats/>, text format 0.0.4).

use std::fmt::Write as _;

use rusqlite::Connection;

use super::chapters::{ChapterCard, chapter_cards};
use crate::office::Office;
use crate::store::{StoreError, contents, erasures, projections};

/// The content type of what [`metrics`] gives.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// One page of figures; `connected` is how many devices are connected now.
pub fn metrics(connection: &Connection, office: &Office, connected: usize) -> Result<String, StoreError> {
    let chapters = chapter_cards(connection, office)?;
    let mut page = Page(String::new());
    page.family("helhet_build_info", "The program's version.");
    page.line("helhet_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    let devices = connected as u64;
    page.single("helhet_devices_connected", "Devices that are connected now.", devices);
    let lag = projections::lag(connection)?;
    page.single("helhet_changes_to_project", "Changes that the lists do not show yet.", lag);
    let owed = erasures::owed(connection, u32::MAX)?.len() as u64;
    page.single("helhet_receipts_owed", "Erasures that the hub has not signed for yet.", owed);
    let damaged = contents::lost(connection)?;
    page.single("helhet_changes_damaged", "Changes whose bodies were lost and not given back yet.", damaged);
    page.of_chapters("helhet_chapter_entries", "Entries held of a chapter.", &chapters, |card| card.entries);
    page.of_chapters("helhet_chapter_supporters", "Supporters that a chapter shares.", &chapters, |card| {
        card.supporters
    });
    page.of_chapters(
        "helhet_chapter_refused",
        "Changes of a chapter that were refused.",
        &chapters,
        |card| card.refused,
    );
    page.family("helhet_device_last_seen_seconds", "When a device last said hello or acknowledged (unix).");
    page.family("helhet_device_entry", "The last entry held of a device's log.");
    page.family("helhet_device_agreed_seconds", "When a device and the hub last held the same (unix).");
    page.family("helhet_device_differs", "1 while a device and the hub do not hold the same.");
    for (card, device) in
        chapters.iter().flat_map(|card| card.devices.iter().map(move |device| (card, device)))
    {
        let labels = [("chapter", card.name.as_str()), ("device", device.fingerprint.as_str())];
        page.line("helhet_device_last_seen_seconds", &labels, seconds(&device.last_seen));
        page.line("helhet_device_entry", &labels, device.entry);
        if let Some(at) = &device.last_agreed {
            page.line("helhet_device_agreed_seconds", &labels, seconds(at));
        }
        page.line("helhet_device_differs", &labels, u64::from(device.differs_since.is_some()));
    }
    Ok(page.0)
}

struct Page(String);

impl Page {
    fn family(&mut self, name: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} gauge");
    }

    fn single(&mut self, name: &str, help: &str, value: u64) {
        self.family(name, help);
        self.line(name, &[], value);
    }

    fn of_chapters(
        &mut self,
        name: &str,
        help: &str,
        chapters: &[ChapterCard],
        value: impl Fn(&ChapterCard) -> u64,
    ) {
        self.family(name, help);
        for card in chapters {
            self.line(name, &[("chapter", &card.name)], value(card));
        }
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: u64) {
        let labels: Vec<String> =
            labels.iter().map(|(label, text)| format!("{label}=\"{}\"", escaped(text))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn seconds(time: &str) -> u64 {
    chrono::DateTime::parse_from_rfc3339(time).map_or(0, |at| at.timestamp().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestHub;

    // N16
    #[test]
    fn every_line_can_be_read_and_no_supporter_is_named() {
        let test = TestHub::new();
        let mut bergen = test.chapter("Bergen \"vest\"");
        let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
        let entry = bergen.entry(vec![kari.first]);
        test.ingest(&bergen, vec![entry]).unwrap();
        let database = test.hub.database();
        let page = database.read(|connection| metrics(connection, test.hub.office(), 1)).unwrap();
        for line in page.lines().filter(|line| !line.starts_with('#')) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(value.parse::<u64>().is_ok() && name.starts_with("helhet_"), "{line}");
            let family = name.split('{').next().unwrap();
            assert!(page.contains(&format!("# TYPE {family} gauge")), "{line}");
        }
        assert!(page.contains("helhet_chapter_entries{chapter=\"Bergen \\\"vest\\\"\"} 1"), "{page}");
        assert!(!page.contains("Kari") && !page.contains("kari@"), "{page}");
    }
}

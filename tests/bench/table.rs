//! What was measured, as markdown tables: one a workload, ours first, each beside ours and the floor.

use std::fmt::{self, Display, Formatter};

use crate::{floor, machine};

/// What is measured. The numbers W1 to W4 stand for: everything is new, nothing is new, a little on both sides, live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Workload {
    Upload,
    Idle,
    Kept,
    Delta,
    Live,
}

impl Workload {
    const ALL: [Self; 5] = [Self::Upload, Self::Idle, Self::Kept, Self::Delta, Self::Live];

    fn title(self) -> &'static str {
        match self {
            Self::Upload => "W1 upload to an empty server, until all is stored there",
            Self::Idle => "W2 idle: a new connection, nothing is new",
            Self::Kept => "W2 idle on a kept connection",
            Self::Delta => "W3 delta: a new connection, 10 changed here and 10 there, until both have both",
            Self::Live => "W4 live: one field changes, until the other side has it (200 changes)",
        }
    }
}

/// One row's measurements.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    ms: Vec<f64>,
    bytes: Vec<u64>,
}

impl Cell {
    /// One more; bytes are 0 where none were counted.
    pub(crate) fn take(&mut self, ms: f64, bytes: u64) {
        self.ms.push(ms);
        self.bytes.push(bytes);
    }

    pub(crate) fn median_ms(&self) -> f64 {
        self.quantile(0.5)
    }

    fn quantile(&self, part: f64) -> f64 {
        let mut sorted = self.ms.clone();
        sorted.sort_by(f64::total_cmp);
        // The smallest that so many are not above.
        let place = (part * sorted.len() as f64).ceil() as usize;
        sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }

    fn bytes(&self) -> u64 {
        let mut sorted = self.bytes.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

#[derive(Debug)]
struct Row {
    workload: Workload,
    who: String,
    documents: u32,
    cell: Cell,
    load: String,
}

impl Row {
    /// An upload is as long as it has documents; all else is not.
    fn comparable(&self) -> f64 {
        let parts = if self.workload == Workload::Upload { f64::from(self.documents) } else { 1.0 };
        self.cell.median_ms() / parts
    }
}

/// The same work with and without a protection.
#[derive(Debug)]
struct Cost {
    what: String,
    times: u32,
    without: f64,
    with: f64,
}

/// Everything that was measured in this run.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    costs: Vec<Cost>,
    remarks: Vec<String>,
}

impl Table {
    /// One row, which is shown on standard error at once: a run takes long.
    pub(crate) fn add(&mut self, workload: Workload, who: &str, documents: u32, cell: Cell) {
        let row = Row { workload, who: who.to_owned(), documents, cell, load: machine::load() };
        eprintln!("{workload:?}: {}", self.line(&row));
        self.rows.push(row);
    }

    /// Milliseconds that the same work took without and with a protection.
    pub(crate) fn cost(&mut self, what: &str, times: u32, without: f64, with: f64) {
        eprintln!("{what}: {without:.1} ms without, {with:.1} ms with");
        self.costs.push(Cost { what: what.to_owned(), times, without, with });
    }

    /// What sealing all else beside the shared zone costs an upload, a meeting and a change: the rows are there already.
    fn sealing(&self) -> Vec<Cost> {
        let of = |workload: Workload, who: &str| {
            let row = self
                .rows
                .iter()
                .filter(|row| row.workload == workload && row.who == who)
                .max_by_key(|row| row.documents)?;
            Some((row.documents, row.cell.median_ms()))
        };
        let both = [Workload::Upload, Workload::Idle, Workload::Delta].into_iter().filter_map(|workload| {
            let ((times, without), (_, with)) =
                of(workload, "Helhet").zip(of(workload, "Helhet, all else sealed too"))?;
            let what = format!("Sealing the chapter's own zones: {}", workload.title());
            Some(Cost { what, times, without, with })
        });
        both.collect()
    }

    /// A figure that stands in no table.
    pub(crate) fn remark(&mut self, remark: String) {
        eprintln!("{remark}");
        self.remarks.push(remark);
    }

    /// Our own row, with the most supporters, and the floor's.
    fn reference(&self, workload: Workload, who: &str) -> Option<f64> {
        let rows = self.rows.iter().filter(|row| row.workload == workload);
        let named = rows.filter(|row| row.who == who || row.who.starts_with(&format!("{who}:")));
        // The first of the largest.
        named.rev().max_by_key(|row| row.documents).map(Row::comparable)
    }

    fn line(&self, row: &Row) -> String {
        let (cell, load) = (&row.cell, &row.load);
        let times = |reference: Option<f64>| match reference {
            Some(reference) if reference > 0.0 => short(row.comparable() / reference),
            _ => "".to_owned(),
        };
        let (ours, least) =
            (times(self.reference(row.workload, "Helhet")), times(self.reference(row.workload, floor::NAME)));
        let name = format!("{} | {}", row.who, row.documents);
        let bytes = match cell.bytes() {
            0 => String::new(),
            bytes if row.workload == Workload::Upload => {
                (bytes / u64::from(row.documents.max(1))).to_string()
            }
            bytes => bytes.to_string(),
        };
        let (middle, low, high) = (cell.median_ms(), cell.quantile(0.0), cell.quantile(1.0));
        let time = match row.workload {
            Workload::Upload => {
                let rate = f64::from(row.documents) / middle * 1e3;
                format!("{} ms ({} to {}) | {rate:.0}", short(middle), short(low), short(high))
            }
            Workload::Live => format!("{} ms | {} ms", short(middle), short(cell.quantile(0.99))),
            Workload::Idle | Workload::Kept | Workload::Delta => {
                format!("{} ms ({} to {})", short(middle), short(low), short(high))
            }
        };
        format!("| {name} | {time} | {bytes} | {ours} | {least} | {} | {load} |", cell.ms.len())
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for workload in Workload::ALL {
            let rows: Vec<&Row> = self.rows.iter().filter(|row| row.workload == workload).collect();
            if rows.is_empty() {
                continue;
            }
            let time = match workload {
                Workload::Upload => "time (range) | documents/s | bytes a document",
                Workload::Live => "p50 | p99 | bytes a change",
                Workload::Idle | Workload::Kept | Workload::Delta => "time (range) | bytes",
            };
            let head = format!("| who | documents | {time} | times ours | times the floor | runs | load |");
            let rule = "| --- ".repeat(head.matches('|').count() - 1);
            writeln!(f, "## {}\n\n{head}\n{rule}|", workload.title())?;
            for row in rows {
                writeln!(f, "{}", self.line(row))?;
            }
            writeln!(f)?;
        }
        let costs: Vec<Cost> = self.sealing();
        let costs: Vec<&Cost> = costs.iter().chain(&self.costs).collect();
        if !costs.is_empty() {
            writeln!(
                f,
                "## What protection costs\n\n| what | supporters or times | without | with | ratio |"
            )?;
            writeln!(f, "| --- | --- | --- | --- | --- |")?;
            for Cost { what, times, without, with } in costs {
                let ratio = short(with / without);
                writeln!(f, "| {what} | {times} | {} ms | {} ms | {ratio} |", short(*without), short(*with))?;
            }
            writeln!(f)?;
        }
        writeln!(f, "## Beside the tables\n")?;
        self.remarks.iter().try_for_each(|remark| writeln!(f, "- {remark}"))
    }
}

/// Three digits that say something.
fn short(number: f64) -> String {
    if !number.is_finite() {
        String::new()
    } else if number >= 99.5 {
        format!("{number:.0}")
    } else if number >= 9.95 {
        format!("{number:.1}")
    } else {
        format!("{number:.2}")
    }
}

//! A whole country: what one chapter and the office notice of all the others. The same chapter is measured at a hub that
//! holds ten thousand supporters, and at one that holds as many as was asked for, of three hundred chapters.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use helhet_hub::project::project_step;
use helhet_hub::{Hub, read};
use helhet_tests::visitor::Visitor;

use crate::machine::{load, mebibytes, memory, size_below};
use crate::meetings;
use crate::others;
use crate::table::Table;
use crate::town::{Copy, Prepared, milliseconds, number, wait_for_the_list};

/// The chapter that is looked at has this many, whatever the others have.
const OWN: u32 = 3_333;
const OTHER_CHAPTERS: u32 = 299;
/// What the large hub is compared with.
const SMALL: u32 = 10_000;
const LOGIN: &str = "kari";
const PASSWORD: &str = "made up, and no secret";
/// How often a page is asked for; the middle is shown …
const LOOKS: usize = 5;
/// … and a slow one no more after this.
const LOOKING_MAX: Duration = Duration::from_secs(20);

/// Measures at both hubs.
pub(crate) fn measure(table: &mut Table, supporters: u32, rounds: usize) -> Result<()> {
    ensure!(supporters > SMALL, "more than {SMALL} supporters are asked for");
    for at_the_hub in [SMALL, supporters] {
        at(table, at_the_hub, rounds)?;
    }
    Ok(())
}

fn at(table: &mut Table, at_the_hub: u32, rounds: usize) -> Result<()> {
    let mut town = Prepared::new(OWN, Copy::None)?;
    town.at_the_hub = at_the_hub;
    let password = town.town.file("password", PASSWORD);
    town.town
        .hub
        .run(&["user", "add", LOGIN, "--role", "administrator", "--password-file", &password])
        .done();
    town.town.hub.stop();
    let hub = town.open_hub()?;
    let others = at_the_hub - OWN;
    let took = others::fill(&hub, OTHER_CHAPTERS, others)?;
    table.remark(format!(
        "{at_the_hub} at the hub: {others} of {OTHER_CHAPTERS} other chapters made durable in {}, load {}",
        rate(others, took),
        load()
    ));
    project(table, &hub)?;
    drop(hub);

    let began = Instant::now();
    town.town.hub.serve();
    let started = began.elapsed();
    std::thread::sleep(Duration::from_secs(30));
    hub_memory(
        table,
        &town,
        &format!(
            "its store {}; from its start to its first page {} ms (looked at every 20 ms); memory 30 s later",
            mebibytes(size_below(town.town.hub.data())),
            started.as_millis()
        ),
    )?;
    upload(table, &town)?;
    meetings::idle(table, &town, rounds)?;
    meetings::delta(table, &town, rounds)?;
    hub_memory(table, &town, "memory after the meetings")?;
    pages(table, &town)?;
    hub_memory(table, &town, "memory after somebody logged in and looked")?;
    // The checkers read every byte for every marker: minutes for a country, and no part of what is measured.
    town.town.leave_broken();
    Ok(())
}

fn hub_memory(table: &mut Table, town: &Prepared, when: &str) -> Result<()> {
    let (now, most) = memory(town.town.hub.process()).context("the hub's memory is not known")?;
    table.remark(format!("{} at the hub: {when} {now}, at most {most}", town.at_the_hub));
    Ok(())
}

/// The chapter's own supporters, all new to the hub.
fn upload(table: &mut Table, town: &Prepared) -> Result<()> {
    let hub = town.open_hub()?;
    let (report, _) = town.meet();
    ensure!(number(&report, "changes_out") >= u64::from(OWN), "not all was sent: {report}");
    let listed = wait_for_the_list(&hub)?;
    table.remark(format!(
        "{} at the hub: the chapter's {OWN} uploaded in {:.0} ms, in the office's list {:.0} ms later, load {}",
        town.at_the_hub,
        milliseconds(&report),
        listed.as_secs_f64() * 1e3,
        load()
    ));
    Ok(())
}

/// Until the list has everybody; how fast at its beginning and at its end, so that it is seen whether it slows down.
fn project(table: &mut Table, hub: &Hub) -> Result<()> {
    let lag = || hub.database().read(|connection| read::lag(connection));
    let total = u32::try_from(lag()?)?;
    let began = Instant::now();
    let (mut done, mut told, mut since) = (0, 0, Instant::now());
    let mut rates = Vec::new();
    // One step is some tens of milliseconds: a long one says that the machine did something else.
    let (mut longest, mut step_began) = (Duration::ZERO, Instant::now());
    while let Some(step) = project_step(hub.database(), hub.linker(), hub.office(), hub.now().timestamp())? {
        longest = longest.max(step_began.elapsed());
        step_began = Instant::now();
        done += u32::try_from(step)?;
        if done - told >= total / 10 {
            rates.push(f64::from(done - told) / since.elapsed().as_secs_f64());
            eprintln!("in the list: {done} of {total}, {:.0} a second", rates.last().unwrap_or(&0.0));
            (told, since) = (done, Instant::now());
        }
    }
    let took = began.elapsed();
    ensure!(lag()? == 0, "the office's list is never whole");
    let [first, last] = [rates.first(), rates.last()].map(|rate| rate.copied().unwrap_or_default());
    table.remark(format!(
        "{total} changes put into the office's list in {}: {first:.0} a second of the first tenth, {last:.0} of the last, \
         the longest step {:.1} s; load {}",
        rate(total, took),
        longest.as_secs_f64(),
        load()
    ));
    Ok(())
}

/// The office's screens, as a browser asks for them.
fn pages(table: &mut Table, town: &Prepared) -> Result<()> {
    let mut visitor = Visitor::sign_in(&town.town.hub, LOGIN, PASSWORD);
    let known = town.node.run(&["supporters", "--search", "@", "--json"]).json();
    let email = known[0]["emails"][0].as_str().context("a supporter has an e-mail address")?.to_owned();
    let list = visitor.get("/supporters");
    ensure!(list.status == 200, "the list answers {}", list.status);
    let mut looked = |what: &str, search: Option<&str>| -> Result<()> {
        let mut all = Vec::new();
        let first = Instant::now();
        while all.is_empty() || (all.len() < LOOKS && first.elapsed() < LOOKING_MAX) {
            let began = Instant::now();
            let answer = match search {
                None => Ok(visitor.get(what)),
                Some(text) => visitor.try_to_send(&list, "/supporters", &[("search", text)]),
            };
            let Ok(answer) = answer else {
                let waited = began.elapsed().as_secs();
                table.remark(format!("{} at the hub: {what}: no answer in {waited} s", town.at_the_hub));
                return Ok(());
            };
            all.push(began.elapsed().as_secs_f64() * 1e3);
            ensure!(answer.status == 200, "{what} answers {}", answer.status);
        }
        all.sort_by(f64::total_cmp);
        table.remark(format!(
            "{} at the hub: {what} in {:.0} ms ({:.0} to {:.0}, {} looks), load {}",
            town.at_the_hub,
            all[all.len() / 2],
            all[0],
            all[all.len() - 1],
            all.len(),
            load()
        ));
        Ok(())
    };
    looked("/", None)?;
    looked("/supporters", None)?;
    looked("/chapters", None)?;
    looked("a search that finds one e-mail address", Some(&email))?;
    looked("a search that finds many, a city", Some("Bremen"))?;
    looked("a search that finds nobody", Some("qxqxqxqx"))
}

fn rate(count: u32, took: Duration) -> String {
    format!("{:.1} s ({:.0} a second)", took.as_secs_f64(), f64::from(count) / took.as_secs_f64())
}

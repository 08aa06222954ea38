//! Supporters on the command line. An id may be given by any beginning that names one alone.
use anyhow::{Context as _, bail};
use clap::Args;
use helhet_shared::command::{
    self, AddressInput, AddressRevision, CommandError, EntryRevision, GrantInput, Revision, RoleInput,
    SupporterInput,
};
use helhet_shared::gate::Reason;
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::supporter::{Basis, Category, Field, KeptFor, Purpose, Role, Supporter, SupporterKind};
use serde_json::{Value, json};

use super::output::print;
use crate::read::{self, ByPrefix, Listing};
use crate::write::WriteError;
use crate::{Node, store::supporters::SupporterRow};

pub(super) fn list(node: &Node, search: &str, role: Option<Role>, json: bool) -> anyhow::Result<()> {
    let listing = Listing { search: search.to_owned(), role, ..Listing::default() };
    let (rows, count) = read::supporters(node.store(), &listing, node.writer().today())?;
    if json {
        let all: Result<Vec<Value>, _> = rows.iter().map(|row| serde_json::from_str(&row.json)).collect();
        print(&Value::from(all?).to_string());
        return Ok(());
    }
    for row in &rows {
        print(&format!("{}  {}", row.id, row.display_name));
    }
    eprintln!("{count} supporters");
    Ok(())
}

pub(super) fn show(node: &Node, id: &str, json: bool) -> anyhow::Result<()> {
    let row = row(node, id)?;
    if json {
        print(&row.json);
        return Ok(());
    }
    let record = read::record(node.store(), row.id)?.context("there is no such supporter here")?;
    let country = read::country(node.store())?;
    print(&format!("{}  {}", row.id, row.display_name));
    let hidden = |field: Field| {
        field.category() == Category::Internal || record.addresses.protected() && field.is_of_address()
    };
    for kept in record.kept(node.writer().today()) {
        print(&format!("kept until {} ({})", kept.until, kept.because));
    }
    for fact in record.facts().iter().filter(|fact| !hidden(fact.field)) {
        print(&format!("{:<32} {}", fact.key, in_words(fact.field, &fact.texts(), &country)));
    }
    Ok(())
}

#[derive(Args, Debug)]
pub(super) struct AddArguments {
    #[arg(long, default_value = "")]
    given: String,
    #[arg(long, default_value = "")]
    family: String,
    /// The name of an organisation.
    #[arg(long, default_value = "")]
    legal: String,
    #[arg(long, default_value = "")]
    organisation_number: String,
    /// A date or a year.
    #[arg(long, default_value = "")]
    birth: String,
    #[arg(long)]
    email: Vec<String>,
    #[arg(long)]
    phone: Vec<String>,
    #[arg(long, default_value = "")]
    street: String,
    #[arg(long, default_value = "")]
    postcode: String,
    #[arg(long, default_value = "")]
    city: String,
    #[arg(long, default_value = "")]
    country: String,
    #[arg(long, value_parser = super::role)]
    role: Vec<Role>,
    #[arg(long)]
    tag: Vec<String>,
    #[arg(long, default_value = "")]
    note: String,
}

/// Prints the new supporter's id alone.
pub(super) fn add(node: &Node, arguments: &AddArguments) -> anyhow::Result<()> {
    let organisation = !arguments.legal.is_empty();
    let input = SupporterInput {
        kind: Some(if organisation { SupporterKind::Organisation } else { SupporterKind::Person }),
        given_name: arguments.given.clone(),
        family_name: arguments.family.clone(),
        legal_name: arguments.legal.clone(),
        organisation_number: arguments.organisation_number.clone(),
        birth: arguments.birth.clone(),
        emails: arguments.email.clone(),
        phones: arguments.phone.clone(),
        addresses: vec![AddressInput {
            street: arguments.street.clone(),
            postcode: arguments.postcode.clone(),
            city: arguments.city.clone(),
            country: arguments.country.clone(),
        }],
        roles: arguments.role.iter().map(|role| RoleInput::of(*role)).collect(),
        tags: arguments.tag.clone(),
        note: arguments.note.clone(),
    };
    let id = told(node.writer().act(|deed| deed.register(&input)))?;
    print(&id.to_string());
    Ok(())
}

#[derive(Args, Debug)]
pub(super) struct EditArguments {
    id: String,
    #[arg(long)]
    given: Option<String>,
    #[arg(long)]
    family: Option<String>,
    #[arg(long)]
    legal: Option<String>,
    /// A date or a year.
    #[arg(long)]
    birth: Option<String>,
    /// Takes the place of the first e-mail address; blank takes it away.
    #[arg(long)]
    email: Option<String>,
    /// Takes the place of the first phone number; blank takes it away.
    #[arg(long)]
    phone: Option<String>,
    /// With postcode and city: changes the first address.
    #[arg(long)]
    street: Option<String>,
    #[arg(long)]
    postcode: Option<String>,
    #[arg(long)]
    city: Option<String>,
    #[arg(long)]
    country: Option<String>,
    /// Adds a note.
    #[arg(long)]
    note: Option<String>,
    /// Adds a role from today.
    #[arg(long, value_parser = super::role)]
    role: Option<Role>,
}

impl EditArguments {
    /// The first address, or a new one, with what was named; the rest stays as it is.
    fn address(&self, supporter: &Supporter) -> Option<AddressRevision> {
        let named = [&self.street, &self.postcode, &self.city, &self.country];
        named.iter().find(|part| part.is_some())?;
        let first = supporter.addresses.open().first();
        let part = |named: &Option<String>, held: Option<String>| named.clone().or(held).unwrap_or_default();
        let address = AddressInput {
            street: part(&self.street, first.map(|address| address.street.text())),
            postcode: part(&self.postcode, first.map(|address| address.postcode.text())),
            city: part(&self.city, first.map(|address| address.city.text())),
            country: part(&self.country, first.map(|address| address.country.text())),
        };
        Some(AddressRevision { key: first.map(|address| address.key), address })
    }
}

pub(super) fn edit(node: &Node, arguments: &EditArguments) -> anyhow::Result<()> {
    let id = find(node, &arguments.id)?;
    let first = |value: &Option<String>, key: Option<helhet_shared::id::EntryKey>| {
        value.iter().map(|value| EntryRevision { key, value: value.clone() }).collect::<Vec<_>>()
    };
    told(node.writer().act(|deed| {
        let settings = deed.settings()?;
        deed.change(id, |supporter, rng, now| {
            let revision = Revision {
                given_name: arguments.given.clone(),
                family_name: arguments.family.clone(),
                legal_name: arguments.legal.clone(),
                organisation_number: None,
                birth: arguments.birth.clone(),
                emails: first(&arguments.email, supporter.emails.first().map(|entry| entry.key)),
                phones: first(&arguments.phone, supporter.phones.first().map(|entry| entry.key)),
                addresses: arguments.address(supporter).into_iter().collect(),
            };
            let mut edits = command::edit(supporter, &revision, &settings, rng, now)?;
            if let Some(text) = &arguments.note {
                edits.extend(command::note(text, &settings, rng, now)?);
            }
            if let Some(role) = arguments.role {
                let from = now.date_naive().to_string();
                edits.extend(command::add_role(&RoleInput { from, ..RoleInput::of(role) }, &settings, rng)?);
            }
            Ok(edits)
        })
    }))
}

/// Values side by side, phone numbers as people of `country` write them.
fn in_words(field: Field, texts: &[String], country: &Country) -> String {
    let shown =
        |text: &String| if field == Field::Phone { Phone::shown(text, country) } else { text.clone() };
    texts.iter().map(shown).collect::<Vec<_>>().join(" / ")
}

/// The two sides: what is kept here, and what the office sees, by the gate's own output.
pub(super) fn shared(node: &Node, id: &str, as_json: bool) -> anyhow::Result<()> {
    let id = find(node, id)?;
    let view = read::what_the_office_sees(node.store(), node.identity(), id, node.writer().today())?;
    let view = view.context("there is no such supporter here")?;
    let fields = view.verdict.decisions.iter().map(|decision| {
        json!({
            "field": decision.field.pattern(),
            "key": decision.key,
            "own": decision.own,
            "shown": decision.shown,
            "outcome": decision.outcome.code(),
            "reason": decision.reason.code(),
            "purposes": decision.purposes.iter().map(|(purpose, _)| purpose.code()).collect::<Vec<_>>(),
        })
    });
    if as_json {
        let visible = view.verdict.part.is_some();
        let fields: Vec<Value> = fields.collect();
        print(
            &json!({ "id": id, "visible": visible, "waiting": view.waiting, "fields": fields }).to_string(),
        );
        return Ok(());
    }
    let told = view.verdict.decisions.iter().filter(|decision| decision.reason != Reason::Internal);
    let country = read::country(node.store())?;
    for decision in told {
        let words = |values: &Vec<String>| in_words(decision.field, values, &country);
        let shown = decision.shown.as_ref().map_or("-".to_owned(), words);
        print(&format!(
            "{:<24} {:<32} {:<32} {}",
            decision.key,
            words(&decision.own),
            shown,
            decision.reason
        ));
    }
    if view.waiting > 0 {
        eprintln!("The office has not got {} of these changes yet.", view.waiting);
    }
    Ok(())
}

pub(super) fn grant(node: &Node, id: &str, purpose: Purpose, basis: Basis) -> anyhow::Result<()> {
    let id = find(node, id)?;
    let input = GrantInput { purpose, basis, wording: String::new(), channel: "command line".to_owned() };
    told(
        node.writer()
            .act(|deed| deed.change(id, |supporter, rng, now| command::grant(supporter, &input, rng, now))),
    )
}

pub(super) fn withdraw(node: &Node, id: &str, purpose: Purpose) -> anyhow::Result<()> {
    let id = find(node, id)?;
    told(node.writer().act(|deed| deed.withdraw(id, purpose)))
}

/// Where nothing awaits confirmation, there is nothing to do.
pub(super) fn confirm(node: &Node, id: &str) -> anyhow::Result<()> {
    let id = find(node, id)?;
    told(node.writer().act(|deed| deed.change(id, |supporter, _, _| Ok(command::confirm_sharing(supporter)))))
}

/// Until a day, or, without one, no longer.
pub(super) fn keep(node: &Node, id: &str, until: Option<&str>, because: KeptFor) -> anyhow::Result<()> {
    let id = find(node, id)?;
    told(node.writer().act(|deed| {
        deed.change(id, |supporter, rng, now| match until {
            Some(until) => command::keep(because, until, now.date_naive(), rng),
            None => Ok(command::keep_no_longer(supporter)),
        })
    }))
}

fn row(node: &Node, id: &str) -> anyhow::Result<SupporterRow> {
    let id = find(node, id)?;
    read::supporter(node.store(), id)?.context("there is no such supporter here")
}

pub(super) fn find(node: &Node, prefix: &str) -> anyhow::Result<SupporterId> {
    match read::by_prefix(node.store(), prefix)? {
        ByPrefix::One(id) => Ok(id),
        ByPrefix::None => bail!("no supporter's id begins like that"),
        ByPrefix::Several => bail!("several supporters' ids begin like that: give more of it"),
    }
}

/// Field errors in words of the field, never of the value.
pub(super) fn told<T>(done: Result<T, WriteError>) -> anyhow::Result<T> {
    match done {
        Err(WriteError::Input(CommandError { errors })) => {
            let fields: Vec<String> =
                errors.iter().map(|error| format!("{}: {}", error.field.pattern(), error.code)).collect();
            bail!("what was entered cannot be taken ({})", fields.join("; "))
        }
        other => Ok(other?),
    }
}

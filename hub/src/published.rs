//! What the office publishes to every chapter: the sharing agreement and the declaration that supporters accept.
//! Published at `init`; the hub's one `published` log, which chapters read and never write.

use chrono::{DateTime, Utc};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind};
use helhet_shared::document::{Document, Edit};
use helhet_shared::gate::{Agreement, default_agreement};
use helhet_shared::id::{ActorId, DocumentId, Generation};
use helhet_shared::supporter::value::Moment;
use helhet_shared::zone::Zone;
use rand::Rng;
use rusqlite::Transaction;

use crate::log::{self as own_log, LogError, NO_CHAPTER};
use crate::office::Office;
use crate::store::documents::{self, Held};
use crate::store::settings::{self, Setting};

/// The declaration's version; a new text gets a new one and is asked for again.
const DECLARATION_VERSION: i64 = 1;

/// Publishes the default agreement and the declaration in the office's language.
pub fn publish_defaults(
    transaction: &Transaction<'_>,
    office: &Office,
    now: DateTime<Utc>,
    rng: &mut impl Rng,
) -> Result<(), LogError> {
    let agreement = DocumentId::random(rng);
    let edits = Agreement { published_at: Some(Moment(now)), ..default_agreement(agreement) }.edits(rng);
    new_document(transaction, office, Zone::Published, agreement, &edits, now, rng)?;
    settings::write(transaction, Setting::AgreementDocument, agreement.as_bytes())?;
    let declaration = DocumentId::random(rng);
    let mut edits = vec![
        Edit::set("type", "declaration"),
        Edit::set("id", declaration.to_string()),
        Edit::set("version", DECLARATION_VERSION),
        Edit::set("published_at", Moment(now)),
    ];
    for language in languages(&office.language) {
        edits.push(Edit::set(format!("name/{language}"), declaration_name(language)));
        edits.push(Edit::set(format!("text/{language}"), declaration_text(language, &office.name)));
    }
    new_document(transaction, office, Zone::Published, declaration, &edits, now, rng)?;
    settings::write(transaction, Setting::DeclarationDocument, declaration.as_bytes())?;
    Ok(())
}

/// The organisation's language, and English for who reads neither.
fn languages(own: &str) -> Vec<&str> {
    if own == "en" { vec![own] } else { vec![own, "en"] }
}

fn declaration_name(language: &str) -> &'static str {
    match language {
        "nb" => "Personvernerklæring",
        "sv" => "Integritetsförklaring",
        "nl" => "Privacyverklaring",
        _ => "Privacy declaration",
    }
}

/// A new document of the hub's own, in its `published` or `office` log.
pub(crate) fn new_document(
    transaction: &Transaction<'_>,
    office: &Office,
    zone: Zone,
    id: DocumentId,
    edits: &[Edit],
    now: DateTime<Utc>,
    rng: &mut impl Rng,
) -> Result<(), LogError> {
    let change = first_change(id, edits, now, rng);
    let entry = own_log::append(transaction, office, NO_CHAPTER, zone, vec![change], now.timestamp())?;
    let held = Held { chapter: NO_CHAPTER, zone: zone.code(), first_entry: entry.id };
    documents::hold(transaction, id.as_bytes(), &document_hash(id.as_bytes()), &held)?;
    Ok(())
}

/// The change that begins a document of the hub's own.
pub(crate) fn first_change(id: DocumentId, edits: &[Edit], now: DateTime<Utc>, rng: &mut impl Rng) -> Change {
    let mut document = Document::new(ActorId::random(rng));
    let body = document.edit(edits, now).map(|body| body.0).unwrap_or_default();
    let generation = Generation::first(rng);
    Change {
        kind: ChangeKind::Automerge,
        document: *id.as_bytes(),
        generation: helhet_protocol::log::Generation { number: generation.number, random: generation.random },
        body: Body::Open(body),
    }
}

fn declaration_text(language: &str, office: &str) -> String {
    match language {
        "nb" => format!(
            "{office} og lokallaget ditt lagrer navnet ditt, kontaktopplysninger, fødselsår og hva du er med på. \
             Lokallaget deler medlemmers navn, kontaktopplysninger, fødselsår og medlemskap med {office}. Nyhetsbrev \
             og gaver bare hvis du samtykker. Frivillighet og likepersonsarbeid deles bare som tall, med mindre du \
             samtykker. Notater og helseopplysninger blir i lokallaget. Du kan når som helst se, rette og slette \
             opplysningene dine og trekke samtykket."
        ),
        "sv" => format!(
            "{office} och din lokalförening sparar ditt namn, kontaktuppgifter, födelseår och vad du är med i. \
             Lokalföreningen delar medlemmars namn, kontaktuppgifter, födelseår och medlemskap med {office}. Nyhetsbrev \
             och gåvor bara om du samtycker. Volontärarbete och stödpersonsarbete delas bara som antal, om du inte \
             samtycker. Anteckningar och hälsouppgifter stannar i lokalföreningen. Du kan när som helst se, rätta och \
             radera dina uppgifter och ta tillbaka samtycket."
        ),
        "nl" => format!(
            "{office} en je afdeling bewaren je naam, contactgegevens, geboortejaar en waaraan je meedoet. De afdeling \
             deelt naam, contactgegevens, geboortejaar en lidmaatschap van leden met {office}. Nieuwsbrief en giften \
             alleen met je toestemming. Vrijwilligerswerk en ervaringssteun worden alleen als aantal gedeeld, tenzij je \
             toestemming geeft. Notities en gezondheidsgegevens blijven in de afdeling. Je kunt je gegevens altijd \
             inzien, verbeteren en laten wissen, en je toestemming intrekken."
        ),
        _ => format!(
            "{office} and your chapter keep your name, contact details, birth year and what you take part in. The \
             chapter shares members' name, contact details, birth year and membership with {office}. Newsletter and \
             gifts only if you consent. Volunteering and peer support are shared as numbers only, unless you consent. \
             Notes and health matters stay in the chapter. You may see, correct and erase what is kept about you, and \
             withdraw your consent, at any time."
        ),
    }
}

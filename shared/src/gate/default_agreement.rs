//! The agreement that an office publishes unless it writes its own.
//!
//! Members: name, contact details, birth year and membership, on the contract and the declaration signed at
//! enrolment, which is also the explicit consent that Art. 9(2)(a) asks where membership tells of health. Everything
//! else rests on each supporter's consent; of volunteers and peer supporters without it the office sees numbers. An
//! organisation that sponsors or works with us: what its dealings with the office need.

use std::collections::{BTreeMap, BTreeSet};

use super::{Agreement, AgreementLine, Article9};
use crate::{
    id::DocumentId,
    supporter::{Basis, Field, Purpose},
};

const NAME: &[Field] = &[Field::GivenName, Field::FamilyName];
const EMAIL: &[Field] = &[Field::Email];
const CONTACT: &[Field] =
    &[Field::Email, Field::Phone, Field::Street, Field::Postcode, Field::City, Field::Country];
const ROLE: &[Field] = &[Field::Role, Field::RoleFrom, Field::RoleTo];
const MEMBERSHIP: &[Field] = &[Field::RoleKind];
const BIRTH_YEAR: &[Field] = &[Field::BirthYear];
const ORGANISATION: &[Field] = &[Field::LegalName, Field::OrganisationNumber];
/// A consent goes with what it permits, so that the office can show that it has it (Art. 7(1)).
const GRANT: &[Field] = &[Field::GrantPurpose, Field::GrantBasis, Field::GrantGivenAt];

/// Version 1 of the default agreement, to be published under `id`.
pub fn default_agreement(id: DocumentId) -> Agreement {
    use Basis::{Consent, Contract, LegitimateInterest};
    let explicit = Some(Article9::ExplicitConsent);
    let lines = vec![
        line(Purpose::Membership, Contract, explicit, &[NAME, CONTACT, BIRTH_YEAR, ROLE, MEMBERSHIP]),
        line(Purpose::Newsletter, Consent, explicit, &[NAME, ORGANISATION, EMAIL, ROLE, GRANT]),
        line(Purpose::Gifts, Consent, explicit, &[NAME, ORGANISATION, CONTACT, ROLE, GRANT]),
        line(Purpose::Volunteering, Consent, explicit, &[NAME, CONTACT, ROLE, GRANT]),
        line(Purpose::PeerSupport, Consent, explicit, &[NAME, CONTACT, ROLE, GRANT]),
        line(Purpose::NationalRecord, Consent, explicit, &[NAME, ORGANISATION, CONTACT, BIRTH_YEAR, GRANT]),
        line(Purpose::Partnership, LegitimateInterest, None, &[ORGANISATION, CONTACT, ROLE]),
    ];
    Agreement {
        id,
        version: 1,
        published_at: None,
        names: by_language(&NAMES),
        texts: by_language(&TEXTS),
        lines,
    }
}

fn line(purpose: Purpose, basis: Basis, article9: Option<Article9>, groups: &[&[Field]]) -> AgreementLine {
    let fields: BTreeSet<Field> = groups.iter().copied().flatten().copied().collect();
    AgreementLine { purpose, basis, article9, fields }
}

fn by_language(texts: &[(&str, &str)]) -> BTreeMap<String, String> {
    texts.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect()
}

const NAMES: [(&str, &str); 4] = [
    ("nb", "Avtale om deling med hovedkontoret"),
    ("sv", "Avtal om delning med kansliet"),
    ("nl", "Overeenkomst over delen met het landelijk bureau"),
    ("en", "Agreement on sharing with the national office"),
];

const TEXTS: [(&str, &str); 4] = [
    (
        "nb",
        "Laget deler medlemmenes navn, kontaktopplysninger, fødselsår og medlemskap med hovedkontoret. Grunnlaget er \
         medlemsavtalen og erklæringen medlemmene skrev under på ved innmelding.\n\
         For nyhetsbrev, gaver, frivillig arbeid og likepersonsarbeid deles navn, kontaktopplysninger og rolle bare for \
         den som har samtykket. Ellers ser hovedkontoret bare antall.\n\
         Om organisasjoner som er sponsor eller samarbeidspartner deles navn, organisasjonsnummer, kontaktopplysninger \
         og rolle.\n\
         Notater, merkelapper, helseopplysninger, temaer, ferdigheter og oppgaver forlater aldri laget. Den som har sagt \
         nei til deling, blir helt i laget.\n\
         Laget bekrefter at medlemmene har skrevet under på erklæringen.",
    ),
    (
        "sv",
        "Föreningen delar medlemmarnas namn, kontaktuppgifter, födelseår och medlemskap med kansliet. Grunden är \
         medlemsavtalet och den förklaring som medlemmarna skrev under när de gick med.\n\
         För nyhetsbrev, gåvor, frivilligarbete och stödpersonsarbete delas namn, kontaktuppgifter och roll bara för den \
         som har samtyckt. Annars ser kansliet bara antal.\n\
         Om organisationer som är sponsor eller samarbetspartner delas namn, organisationsnummer, kontaktuppgifter och \
         roll.\n\
         Anteckningar, etiketter, hälsouppgifter, teman, färdigheter och uppgifter lämnar aldrig föreningen. Den som har \
         sagt nej till delning stannar helt i föreningen.\n\
         Föreningen bekräftar att medlemmarna har skrivit under förklaringen.",
    ),
    (
        "nl",
        "De afdeling deelt naam, contactgegevens, geboortejaar en lidmaatschap van leden met het landelijk bureau. De \
         grondslag is de lidmaatschapsovereenkomst en de verklaring die leden bij inschrijving ondertekenden.\n\
         Voor nieuwsbrief, giften, vrijwilligerswerk en ervaringsdeskundigheid worden naam, contactgegevens en rol alleen \
         gedeeld van wie toestemming gaf. Van anderen ziet het bureau alleen aantallen.\n\
         Van organisaties die sponsor of partner zijn worden naam, organisatienummer, contactgegevens en rol gedeeld.\n\
         Notities, labels, gezondheidsgegevens, thema's, vaardigheden en taken verlaten de afdeling nooit. Wie nee zei \
         tegen delen, blijft helemaal in de afdeling.\n\
         De afdeling bevestigt dat haar leden de verklaring hebben ondertekend.",
    ),
    (
        "en",
        "The chapter shares members' name, contact details, birth year and membership with the national office. This \
         rests on the membership contract and the declaration that members signed at enrolment.\n\
         For newsletters, gifts, volunteering and peer support, name, contact details and role are shared only of those \
         who consented. Of all others the office sees numbers.\n\
         Of organisations that are sponsors or partners, name, organisation number, contact details and role are \
         shared.\n\
         Notes, tags, health data, themes, skills and tasks never leave the chapter. Whoever said no to sharing stays \
         entirely in the chapter.\n\
         The chapter confirms that its members have signed the declaration.",
    ),
];

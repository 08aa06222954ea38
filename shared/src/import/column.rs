//! What a column of a list can mean, and the headings under which Norwegian, Swedish, Dutch and English lists carry it.

use super::fold;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $code:literal [$($synonym:literal),* $(,)?];)*) => {
        /// What a column means. The code is what mapping files and forms write; it never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Column { $($(#[$doc])* $name,)* }

        impl Column {
            /// Every column, in the order a form offers them.
            pub const ALL: &'static [Column] = &[$(Column::$name,)*];

            /// The stable name.
            pub fn code(self) -> &'static str {
                match self { $(Column::$name => $code,)* }
            }

            /// The headings it is known by, folded.
            fn synonyms(self) -> &'static [&'static str] {
                match self { $(Column::$name => &[$($synonym),*],)* }
            }
        }
    };
}

columns! {
    /// The member number or other reference of the list itself.
    ExternalNumber = "external_number" ["medlemsnr", "medlemsnummer", "medlem nr", "medlemnr", "ref", "referanse", "nr", "nummer", "id",
        "kundenr", "medlemsid", "referens", "lidnummer", "lidnr", "relatienummer", "nummer lid", "member number", "member no", "member id", "number", "reference", "external id"];
    /// First and middle names.
    Given = "given_name" ["fornavn", "fornavn og mellomnavn", "fornamn", "tilltalsnamn", "voornaam", "voornamen", "roepnaam", "first name", "firstname", "given name", "given names"];
    /// Last name.
    Family = "family_name" ["etternavn", "slektsnavn", "efternamn", "achternaam", "last name", "lastname", "surname", "family name"];
    /// Both in one: "Nordmann, Kari" or "Kari Nordmann"; an organisation's name where the line is one.
    FullName = "full_name" ["navn", "fullt navn", "hele navnet", "namn", "fullstandigt namn", "naam", "volledige naam", "name", "full name", "firmanavn", "foretaksnavn", "organisasjonsnavn", "bedriftsnavn", "foretagsnamn", "bedrijfsnaam", "organisation name", "company", "company name"];
    /// Person or organisation.
    Kind = "kind" ["type", "kontakttype", "typ", "soort", "kind", "contact type", "person bedrift", "kategori"];
    /// A Norwegian, Swedish or Dutch organisation number.
    OrganisationNumber = "organisation_number" ["org nr", "orgnr", "organisasjonsnummer", "organisasjonsnr", "organisationsnummer", "kvk", "kvk nummer", "organisation number", "organization number"];
    /// A date, or only a year.
    Birth = "birth" ["fodt", "fodselsdato", "fodselsar", "fodsels ar", "fodselsdag", "fodd", "fodelsedatum", "fodelsear", "geboren", "geboortedatum", "geboortejaar", "born", "date of birth", "birth date", "birthdate", "birthday", "year of birth", "birth year", "dob"];
    /// An e-mail address; several columns may be.
    Email = "email" ["e post", "epost", "e postadresse", "epostadresse", "e mail", "email", "mail", "mailadresse", "e postadress", "epostadress", "mejl", "mejladress", "e mailadres", "emailadres", "mailadres", "email address", "e mail address"];
    /// A phone number; several columns may be.
    Phone = "phone" ["mobil", "mobiltelefon", "mobilnummer", "mobilnr", "telefon", "telefonnummer", "telefonnr", "tlf", "tlf nr", "mob", "tel", "telnr", "mobilnummer privat", "telefon mobil", "telefon privat", "telefoon", "telefoonnummer", "mobiel", "mobiele telefoon", "gsm", "phone", "phone number", "mobile", "mobile phone", "cell", "cellphone"];
    /// Street and house.
    Street = "street" ["adresse", "gateadresse", "gate", "vei", "adress", "gatuadress", "straat", "straat en huisnummer", "adres", "address", "street", "street address", "address line"];
    /// Postcode alone.
    Postcode = "postcode" ["postnr", "postnummer", "post nr", "postkode", "postcode", "zip", "zip code", "postal code"];
    /// Place alone, or "9010 Tromsø".
    City = "city" ["poststed", "sted", "by", "postort", "ort", "stad", "plaats", "woonplaats", "city", "town", "place", "bosted"];
    /// ISO 3166 code or name.
    Country = "country" ["land", "landkode", "country", "country code", "landskod", "landcode"];
    /// "Storgata 3, 0361 Oslo".
    Address = "address" ["postadresse", "full adresse", "hele adressen", "adresse postnr og sted", "postadress", "fullstandig adress", "postadres", "volledig adres", "postal address", "full address", "mailing address"];
    /// Main, family, support, youth; the line is a member's.
    MembershipKind = "membership_kind" ["medlemstype", "medlemskap", "type medlemskap", "medlemskategori", "kontingenttype", "medlemskapstyp", "medlemstyp", "lidmaatschap", "soort lidmaatschap", "type lid", "membership", "membership type", "member type"];
    /// Member since.
    From = "member_from" ["innmeldt", "innmeldt dato", "innmeldingsdato", "medlem fra", "medlem siden", "medlem sedan", "intradesdatum", "intradde", "lid sinds", "ingangsdatum", "joined", "member since", "join date", "date joined", "fra dato"];
    /// Member until.
    To = "member_to" ["utmeldt", "utmeldt dato", "utmeldingsdato", "medlem til", "sluttet", "uttrade", "uttradesdatum", "uttradd", "uitgeschreven", "lid tot", "einddatum", "left", "member until", "end date", "til dato"];
    /// Dues: a year or yes/no; a year in the heading says of which.
    DuesPaid = "dues_paid" ["kontingent betalt", "kontingent", "betalt kontingent", "betalt", "medlemsavgift", "medlemsavgift betald", "betald avgift", "betald", "contributie betaald", "contributie", "betaald", "dues paid", "dues", "fee paid", "paid"];
    /// Roles, several separated by | , / or ;.
    Roles = "roles" ["roller", "rolle", "verv", "tillitsverv", "funksjon", "roll", "uppdrag", "fortroendeuppdrag", "rol", "rollen", "functie", "functies", "roles", "role", "position", "positions"];
    /// Newsletter: yes is a consent, no a refusal.
    NewsletterConsent = "consent_newsletter" ["samtykke nyhetsbrev", "nyhetsbrev", "samtykker til nyhetsbrev", "onsker nyhetsbrev", "samtycke nyhetsbrev", "toestemming nieuwsbrief", "nieuwsbrief", "consent newsletter", "newsletter", "newsletter consent"];
    /// Sharing with the national office: no keeps everything in the chapter.
    NationalConsent = "consent_national" ["samtykke deling nasjonalt", "deling nasjonalt", "samtykke nasjonal deling", "samtykke til deling", "samtykke deling", "samtycke nationell delning", "samtycke delning nationellt", "delning nationellt", "toestemming landelijk delen", "landelijk delen", "delen met landelijk bureau", "consent national sharing", "national sharing", "share nationally"];
    /// Wants to hear from the chapter.
    WantsContact = "wants_contact" ["vil bli kontaktet", "onsker kontakt", "kontakt meg", "vill bli kontaktad", "onskar kontakt", "wil contact", "wil benaderd worden", "wants contact", "contact me", "wants to be contacted"];
    /// What somebody said they might become.
    InterestedIn = "interested_in" ["interessert i", "interesse", "interesser", "intresserad av", "intresse", "interesse in", "geinteresseerd in", "interested in", "interests"];
    /// Free text; several columns may be.
    Note = "note" ["merknad", "merknader", "notat", "notater", "kommentar", "kommentarer", "anmerkning", "anmarkning", "anteckning", "anteckningar", "notering", "opmerking", "opmerkingen", "notitie", "note", "notes", "comment", "comments", "remarks"];
    /// A volunteer's skills.
    Skills = "skills" ["ferdigheter", "kompetanse", "fardigheter", "kompetens", "vaardigheden", "competenties", "skills", "competence"];
    /// A volunteer's tasks.
    Tasks = "tasks" ["oppgaver", "oppgave", "frivilligoppgaver", "uppgifter", "uppgift", "taken", "taak", "tasks", "task"];
    /// When a volunteer can.
    Availability = "availability" ["tilgjengelig", "tilgjengelighet", "nar", "tillganglig", "tillganglighet", "beschikbaar", "beschikbaarheid", "available", "availability"];
    /// The day a police certificate was shown.
    PoliceCertificate = "police_certificate_shown_on" ["politiattest vist", "politiattest", "politiattest dato", "belastningsregister", "utdrag ur belastningsregistret", "registerutdrag visat", "vog", "vog getoond", "vog datum", "police certificate shown", "police certificate"];
    /// x or yes: a peer supporter.
    PeerSupporter = "peer_supporter" ["likeperson", "er likeperson", "stodperson", "ervaringsdeskundige", "peer supporter", "peer support"];
    /// The day of the peer supporters' course.
    CourseDate = "peer_course_on" ["likepersonkurs", "kurs", "kursdato", "likepersonkurs dato", "stodpersonskurs", "kursdatum", "cursus", "cursusdatum", "course", "course date", "peer course"];
    /// Languages of a peer supporter.
    Languages = "languages" ["sprak", "talen", "taal", "languages", "language"];
    /// Themes of a peer supporter: health, kept in the chapter.
    Themes = "themes" ["tema", "temaer", "diagnose", "diagnoser", "teman", "diagnos", "thema", "themas", "themes", "theme", "topics", "diagnosis"];
    /// Volunteer hours; the year stands in the heading.
    Hours = "hours" ["timer", "timer i", "antall timer", "frivilligtimer", "frivillige timer", "timmar", "timmar i", "antal timmar", "uren", "uren in", "aantal uren", "hours", "hours in", "volunteer hours"];
    /// When the list's own keeper last changed the line: shown, not kept, since clocks decide nothing.
    LastChanged = "last_changed" ["sist endret", "endret", "oppdatert", "sist oppdatert", "senast andrad", "andrad", "uppdaterad", "laatst gewijzigd", "gewijzigd", "last changed", "last modified", "updated", "modified"];
    /// A gift's own number.
    TransactionId = "transaction_id" ["transaction id", "transaksjonsid", "transaksjon", "transaksjonsnr", "transaksjonsnummer", "transaktions id", "transaktionsid", "transactie id", "transactienummer", "transaction", "payment id", "gavenr"];
    /// When a gift was paid.
    PaidAt = "paid_at" ["paid at", "paid on", "payment date", "betalt dato", "betalingsdato", "innbetalt", "gavedato", "betaldatum", "betalningsdatum", "betaald op", "betaaldatum", "date paid"];
    /// A gift's amount.
    Amount = "amount" ["amount", "belop", "sum", "gavebelop", "belopp", "bedrag", "gift amount"];
    /// A gift's currency.
    Currency = "currency" ["currency", "valuta", "munt"];
    /// Once, monthly, yearly.
    Frequency = "frequency" ["frequency", "frekvens", "hyppighet", "intervall", "frequentie"];
    /// How it was paid.
    Method = "method" ["method", "payment method", "betalingsmate", "betalingsmetode", "metode", "betalsatt", "betalmetod", "betaalmethode", "betaalwijze"];
    /// What it was paid on.
    Device = "device" ["device", "enhet", "apparaat"];
    /// What brought the gift.
    GiftSource = "gift_source" ["source", "kilde", "kalla", "bron", "channel", "kanal", "kanaal"];
    /// The campaign it belongs to.
    Campaign = "campaign" ["campaign", "kampanje", "kampanj", "campagne", "formal"];
    /// The donor wants the tax deduction.
    TaxDeduction = "tax_deduction" ["tax deduction", "skattefradrag", "skattereduktion", "belastingaftrek", "fradrag"];
    /// Our own column in a file of refused lines; read past.
    RefusalReason = "refusal_reason" ["helhet reason", "helhet grunn", "helhet skal", "helhet reden"];
    /// Left out because a person said so.
    Ignored = "ignored" [];
}

impl Column {
    /// The column a heading means in any of the four languages.
    pub fn of_heading(heading: &str) -> Option<Column> {
        let folded = fold::heading(heading);
        let squeezed = folded.replace(' ', "");
        Column::ALL.iter().copied().find(|column| {
            column.synonyms().iter().any(|synonym| *synonym == folded || synonym.replace(' ', "") == squeezed)
        })
    }

    /// The column with this code.
    pub fn from_code(code: &str) -> Option<Column> {
        Column::ALL.iter().copied().find(|column| column.code() == code)
    }

    /// True for what a file of gifts has and a file of supporters has not.
    pub fn is_gift(self) -> bool {
        matches!(self, Column::TransactionId | Column::PaidAt | Column::Amount | Column::Currency)
    }
}

/// A year written in a heading: "timer i 2026" → 2026.
pub(super) fn year_in(heading: &str) -> Option<i32> {
    heading
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1900..=2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn headings_of_four_languages_are_known() {
        for (heading, column) in [
            ("Medlemsnr", Column::ExternalNumber),
            ("FØDT", Column::Birth),
            ("E-post", Column::Email),
            ("e-postadresse", Column::Email),
            ("Förnamn", Column::Given),
            ("Efternamn", Column::Family),
            ("Voornaam", Column::Given),
            ("E-mailadres", Column::Email),
            ("Woonplaats", Column::City),
            ("timer i 2026", Column::Hours),
            ("Last_Name", Column::Family),
            ("postal_code", Column::Postcode),
            ("Telefon 2", Column::Phone),
        ] {
            assert_eq!(Column::of_heading(heading), Some(column), "{heading}");
        }
        assert_eq!(Column::of_heading("skostørrelse"), None);
    }

    #[test]
    fn no_heading_means_two_columns_and_every_synonym_is_folded() {
        let mut seen = BTreeMap::new();
        for column in Column::ALL {
            assert_eq!(Column::from_code(column.code()), Some(*column));
            for synonym in column.synonyms() {
                assert_eq!(fold::heading(synonym), *synonym, "not folded");
                let other = seen.insert(synonym.replace(' ', ""), *column);
                assert!(other.is_none_or(|other| other == *column), "{synonym} means two columns");
            }
        }
    }

    #[test]
    fn years_in_headings() {
        assert_eq!(year_in("timer i 2026"), Some(2026));
        assert_eq!(year_in("Kontingent"), None);
        assert_eq!(year_in("kode 123456"), None);
    }
}

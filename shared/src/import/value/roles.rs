//! Roles, kinds of membership and kinds of supporter, as the four languages write them.

use super::list;
use crate::import::fold;

/// What one item of a list of roles says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrittenRole {
    /// A role by its code, with its kind where the word says one ("styreleder").
    Role {
        /// One of the domain's role codes.
        code: &'static str,
        /// What kind of it, as written.
        kind: Option<String>,
    },
    /// "kontakt: Kari Moen": somebody who speaks for the organisation on the line.
    Contact(String),
    /// A word that is no role; kept as a tag.
    Unknown(String),
}

/// The words per role code; where `kind` is true the word itself says more than the code and is kept.
const ROLES: &[(&str, bool, &[&str])] = &[
    ("member", false, &["medlem", "member", "lid", "medlemmer", "medlemskap", "hovedmedlem"]),
    ("volunteer", false, &["frivillig", "frivillige", "volontar", "ideell", "vrijwilliger", "volunteer"]),
    (
        "peer_supporter",
        false,
        &[
            "likeperson",
            "likepersoner",
            "likemann",
            "stodperson",
            "ervaringsdeskundige",
            "peer supporter",
            "peer",
        ],
    ),
    ("donor", false, &["giver", "gavegiver", "donor", "givare", "gavogivare", "donateur", "fast giver"]),
    ("elected", false, &["tillitsvalgt", "fortroendevald", "elected", "elected representative"]),
    (
        "elected",
        true,
        &[
            "styremedlem",
            "styreleder",
            "leder",
            "nestleder",
            "kasserer",
            "sekretaer",
            "varamedlem",
            "vara",
            "styrevara",
            "revisor",
            "valgkomite",
            "styrelseledamot",
            "ordforande",
            "vice ordforande",
            "kassor",
            "sekreterare",
            "suppleant",
            "valberedning",
            "bestuurslid",
            "voorzitter",
            "penningmeester",
            "secretaris",
            "board member",
            "chair",
            "chairperson",
            "treasurer",
            "secretary",
            "deputy",
        ],
    ),
    ("contact_person", false, &["kontaktperson", "kontakt", "contactpersoon", "contact person", "contact"]),
    ("sponsor", false, &["sponsor", "sponsorer"]),
    ("partner", false, &["partner", "samarbeidspartner", "samarbetspartner"]),
    (
        "speaker",
        false,
        &["foredragsholder", "foreleser", "forelasare", "talare", "spreker", "speaker", "lecturer"],
    ),
    (
        "subscriber",
        false,
        &["nyhetsbrev", "abonnent", "prenumerant", "nieuwsbrief", "abonnee", "newsletter", "subscriber"],
    ),
    ("prospect", false, &["prospekt", "interessent", "prospect", "intressent", "belangstellende"]),
];

/// Membership kinds: the code that is stored and the words for it.
const MEMBERSHIPS: &[(&str, &[&str])] = &[
    (
        "main",
        &[
            "hovedmedlem",
            "hoved",
            "hovudmedlem",
            "enkeltmedlem",
            "ordinaer",
            "ordinaert medlem",
            "huvudmedlem",
            "ordinarie",
            "hoofdlid",
            "gewoon lid",
            "main",
            "main member",
            "full",
            "medlem",
            "member",
            "lid",
        ],
    ),
    (
        "family",
        &[
            "familiemedlem",
            "familie",
            "husstandsmedlem",
            "husstand",
            "familjemedlem",
            "familj",
            "gezinslid",
            "gezin",
            "family",
            "family member",
            "household",
        ],
    ),
    (
        "support",
        &[
            "stottemedlem",
            "stotte",
            "stodmedlem",
            "stod",
            "steunend lid",
            "steunlid",
            "donateur",
            "support",
            "supporting",
            "supporting member",
        ],
    ),
    (
        "youth",
        &[
            "ungdomsmedlem",
            "ungdom",
            "barnemedlem",
            "ungdomsmedlem",
            "jeugdlid",
            "jeugd",
            "youth",
            "youth member",
            "junior",
        ],
    ),
];

/// The words for an organisation and for a person in a column of kinds.
const ORGANISATIONS: &[&str] = &[
    "bedrift",
    "organisasjon",
    "firma",
    "foretak",
    "selskap",
    "forening",
    "foretag",
    "organisation",
    "bolag",
    "bedrijf",
    "organisatie",
    "company",
    "organization",
    "business",
];
const PERSONS: &[&str] =
    &["person", "privatperson", "privat", "persoon", "particulier", "individual", "enkeltperson"];

/// The roles of a cell, in its order.
pub fn read(text: &str) -> Vec<WrittenRole> {
    list::items(text).into_iter().map(one).collect()
}

fn one(item: String) -> WrittenRole {
    if let Some((word, name)) = item.split_once(':')
        && !name.trim().is_empty()
        && role_of(word).is_some_and(|(code, _)| code == "contact_person")
    {
        return WrittenRole::Contact(name.trim().to_owned());
    }
    match role_of(&item) {
        Some((code, keeps_word)) => WrittenRole::Role { code, kind: keeps_word.then(|| item.to_lowercase()) },
        None => WrittenRole::Unknown(item),
    }
}

fn role_of(word: &str) -> Option<(&'static str, bool)> {
    let folded = fold::words(word);
    ROLES
        .iter()
        .find(|(_, _, words)| words.contains(&folded.as_str()))
        .map(|(code, keeps_word, _)| (*code, *keeps_word))
}

/// main, family, support or youth; None for a kind of the list's own.
pub fn membership_kind(text: &str) -> Option<&'static str> {
    let folded = fold::words(text);
    MEMBERSHIPS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(code, _)| *code)
}

/// True for an organisation, false for a person, None for another word.
pub fn is_organisation(text: &str) -> Option<bool> {
    let folded = fold::words(text);
    if ORGANISATIONS.contains(&folded.as_str()) {
        Some(true)
    } else if PERSONS.contains(&folded.as_str()) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(code: &'static str) -> WrittenRole {
        WrittenRole::Role { code, kind: None }
    }

    #[test]
    fn lists_of_roles() {
        assert_eq!(
            read("medlem|frivillig|giver|likeperson|nyhetsbrev"),
            [role("member"), role("volunteer"), role("donor"), role("peer_supporter"), role("subscriber")]
        );
        assert_eq!(
            read("Frivillig, Styremedlem"),
            [role("volunteer"), WrittenRole::Role { code: "elected", kind: Some("styremedlem".into()) }]
        );
        assert_eq!(
            read("sponsor|kontakt:Einar Henrik Fredriksen-Ali"),
            [role("sponsor"), WrittenRole::Contact("Einar Henrik Fredriksen-Ali".into())]
        );
        assert_eq!(read("lid; vrijwilliger"), [role("member"), role("volunteer")]);
        assert_eq!(read("stödperson/volontär"), [role("peer_supporter"), role("volunteer")]);
        assert_eq!(read("blomsterbud"), [WrittenRole::Unknown("blomsterbud".into())]);
        assert!(read("").is_empty());
    }

    #[test]
    fn kinds() {
        for (text, code) in [
            ("Hovedmedlem", "main"),
            ("Familiemedlem", "family"),
            ("Støttemedlem", "support"),
            ("Ungdomsmedlem", "youth"),
            ("gezinslid", "family"),
        ] {
            assert_eq!(membership_kind(text), Some(code));
        }
        assert_eq!(membership_kind("Æresmedlem"), None);
        assert_eq!(
            (is_organisation("Bedrift"), is_organisation("Person"), is_organisation("?")),
            (Some(true), Some(false), None)
        );
    }

    #[test]
    fn every_word_is_folded() {
        for words in ROLES.iter().map(|(_, _, words)| words).chain(MEMBERSHIPS.iter().map(|(_, words)| words))
        {
            for word in *words {
                assert_eq!(fold::words(word), *word);
            }
        }
    }
}

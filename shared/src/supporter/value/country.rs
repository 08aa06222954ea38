//! Countries, as ISO 3166-1 alpha-2 codes, with the names people write for the near ones.

use super::{Stored, ValueError, hidden_text};
use crate::document::Value;

/// Every assigned code.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB \
GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM \
KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC \
NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL \
SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK \
YE YT ZA ZM ZW";

/// Names that people write instead of a code.
const NAMES: &[(&str, &str)] = &[
    ("norge", "NO"),
    ("noreg", "NO"),
    ("norway", "NO"),
    ("noorwegen", "NO"),
    ("n", "NO"),
    ("sverige", "SE"),
    ("sweden", "SE"),
    ("zweden", "SE"),
    ("s", "SE"),
    ("nederland", "NL"),
    ("nederländerna", "NL"),
    ("netherlands", "NL"),
    ("the netherlands", "NL"),
    ("holland", "NL"),
    ("danmark", "DK"),
    ("denmark", "DK"),
    ("denemarken", "DK"),
    ("finland", "FI"),
    ("suomi", "FI"),
    ("island", "IS"),
    ("iceland", "IS"),
    ("ijsland", "IS"),
    ("tyskland", "DE"),
    ("deutschland", "DE"),
    ("germany", "DE"),
    ("duitsland", "DE"),
    ("belgia", "BE"),
    ("belgien", "BE"),
    ("belgië", "BE"),
    ("belgium", "BE"),
    ("storbritannia", "GB"),
    ("storbritannien", "GB"),
    ("united kingdom", "GB"),
    ("uk", "GB"),
    ("svalbard", "SJ"),
];

/// A country's code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(String);
hidden_text!(Country);

impl Country {
    /// Norway, where a chapter is unless it says otherwise.
    pub fn norway() -> Country {
        Country("NO".to_owned())
    }

    /// Reads a code or a name as a person wrote it.
    pub fn parse(text: &str) -> Result<Country, ValueError> {
        let text = text.trim();
        let name = text.to_lowercase();
        if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Ok(Country((*code).to_owned()));
        }
        let code = text.to_ascii_uppercase();
        let known = CODES.split(' ').any(|known| known == code);
        known.then_some(Country(code)).ok_or(ValueError { expected: "country" })
    }
}

impl Default for Country {
    fn default() -> Country {
        Country::norway()
    }
}

impl Stored for Country {
    fn read(value: &Value) -> Option<Country> {
        let text = value.as_text()?;
        Country::parse(text).ok().filter(|country| country.0 == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names() {
        for (written, code) in
            [("no", "NO"), ("Norge", "NO"), (" sverige ", "SE"), ("Holland", "NL"), ("FR", "FR")]
        {
            assert_eq!(Country::parse(written).unwrap().as_str(), code);
        }
        for wrong in ["", "XX", "Atlantis", "N O"] {
            assert!(Country::parse(wrong).is_err(), "{wrong}");
        }
    }
}

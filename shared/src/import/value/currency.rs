//! Which currency a cell means. Sums are only ever made of one currency, so a word that is none is no currency.

use crate::supporter::value::Country;

/// A currency of ISO 4217, by its three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(&'static str);

/// Every code in use.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF \
IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP \
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK \
SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF \
XPF YER ZAR ZMW ZWG";

impl Currency {
    /// A code as typed, in either case. A cell that is empty or says no more than "kr" means the organisation's own
    /// currency: the second value tells that this was assumed. None for all else.
    pub fn read(text: &str, country: &Country) -> Option<(Currency, bool)> {
        let text = text.trim().to_uppercase();
        let own = Currency::of(country);
        match text.as_str() {
            "" => Some((own, true)),
            "KR" | "KR." => own.0.ends_with('K').then_some((own, true)),
            "€" | "EURO" => Some((Currency("EUR"), false)),
            code => CODES.split(' ').find(|known| *known == code).map(|known| (Currency(known), false)),
        }
    }

    /// The currency of an organisation in this country.
    pub fn of(country: &Country) -> Currency {
        Currency(match country.as_str() {
            "NO" | "SJ" => "NOK",
            "SE" => "SEK",
            "DK" | "FO" | "GL" => "DKK",
            "IS" => "ISK",
            "GB" => "GBP",
            "CH" | "LI" => "CHF",
            _ => "EUR",
        })
    }

    /// The three letters.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// How many digits its minor unit has.
    pub fn minor_digits(self) -> u32 {
        match self.0 {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_currency_is_none() {
        let (norway, netherlands) = (Country::norway(), Country::parse("NL").unwrap());
        let read = |text| Currency::read(text, &norway).map(|(currency, assumed)| (currency.code(), assumed));
        assert_eq!(read("sek"), Some(("SEK", false)));
        assert_eq!(read(" Kr. "), Some(("NOK", true)));
        assert_eq!(read(""), Some(("NOK", true)));
        assert_eq!(read("€"), Some(("EUR", false)));
        for wrong in ["kroner", "XXX", "NO", "NOKK", "NOK SEK", "$"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(Currency::read("kr", &netherlands), None);
        assert_eq!(Currency::of(&netherlands).code(), "EUR");
    }
}

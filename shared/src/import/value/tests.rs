//! What holds for every reader of cells: no text makes it fall over, and what it gives is tidy.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn names(text in prop_oneof![".{0,40}", "[a-cåA'-, \\u{a0}\\u{308}vander]{0,30}"]) {
        let person = name::person(&text);
        for part in [&person.given, &person.family] {
            prop_assert_eq!(name::tidied(part), part.clone(), "tidied once is tidied");
        }
        // Nothing is lost but spaces and the comma that divides.
        let letters = |text: &str| name::tidied(text).chars().filter(|c| c.is_alphanumeric()).count();
        prop_assert_eq!(letters(&person.given) + letters(&person.family), letters(&text));
        let _ = name::is_organisation(&text);
        prop_assert!(name::folded(&person.given, &person.family).is_none_or(|folded| !folded.is_empty()));
    }

    #[test]
    fn lists_and_roles(text in prop_oneof![".{0,40}", "(medlem|giver|kontakt|vara|[:;,|/ \n]){0,12}"]) {
        let items = list::items(&text);
        prop_assert!(items.iter().all(|item| !item.is_empty() && name::tidied(item) == *item));
        prop_assert!((1..items.len()).all(|index| !items[..index].contains(&items[index])), "each once");
        prop_assert_eq!(roles::read(&text).len(), items.len());
        let _ = (roles::membership_kind(&text), roles::is_organisation(&text));
    }

    #[test]
    fn yes_and_no(text in prop_oneof![".{0,12}", "[ JjaNnei.!x1✓]{0,6}"]) {
        prop_assert!(yes_no::read(&text).is_none() || !yes_no::is_unknown(&text));
        prop_assert_eq!(yes_no::read(&text), yes_no::read(&format!("  {text} ")), "spaces say nothing");
    }

    #[test]
    fn looks(text in prop_oneof![".{0,30}", "[0-9+() ./@a-b,-]{0,30}"]) {
        let _ = (looks_like::email(&text), looks_like::phone(&text), looks_like::full_address(&text));
    }

    #[test]
    fn an_address_is_divided_and_not_changed(street in "[A-Za-zøå]{2,12} [1-9][0-9]{0,2}[A-D]?", code in "[0-9]{4}", city in "[A-Z][a-zø]{1,11}") {
        let read = address::read(&format!("{street}, {code} {city}")).unwrap();
        prop_assert_eq!((read.street.unwrap(), read.postcode.unwrap(), read.city.unwrap()), (street, code, city));
    }
}

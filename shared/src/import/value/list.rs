//! Several values in one cell.

/// Splits at | ; / , and line ends; trims; each value once, in the order of the first.
pub(in crate::import) fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for item in text.split(['|', ';', '/', ',', '\n']).map(str::trim).filter(|item| !item.is_empty()) {
        if !items.iter().any(|known| known == item) {
            items.push(item.to_owned());
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn lists_are_split() {
        assert_eq!(items("Stand / Stand"), ["Stand"]);
        assert_eq!(items("KOLS; pårørende"), ["KOLS", "pårørende"]);
        assert_eq!(items("medlem|frivillig"), ["medlem", "frivillig"]);
        assert!(items(" ; ").is_empty());
    }
}

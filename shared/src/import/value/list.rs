//! Several values in one cell.

use super::name;

/// Splits at | ; / , and line ends; trims; each value once, in the order of the first.
pub(in crate::import) fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for item in text.split(['|', ';', '/', ',', '\n']).map(name::tidied).filter(|item| !item.is_empty()) {
        if !items.contains(&item) {
            items.push(item);
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

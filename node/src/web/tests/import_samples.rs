//! Sample values for the pages of the import.

use askama::Template;
use helhet_shared::web::Choice;

use super::samples::Sample;
use super::today;
use crate::web::pages::import;
use crate::web::urls::Urls;

pub(super) fn imports(s: &Sample) -> Vec<(&'static str, String)> {
    let t = || s.t.clone();
    let urls = Urls;
    let (batch, file) = (|| "0011".to_owned(), || "bergen_medlemmer.csv".to_owned());
    let counts = import::Counts { lines: 451, new: 430, changed: 5, same: 10, doubtful: 4, refused: 2 };
    let listed = |number, name: &str| import::ListedLine {
        number,
        name: name.to_owned(),
        href: String::new(),
        reason: s.t.get("error-name-missing").to_string(),
    };
    let lists = vec![
        import::LineList {
            key: "refused",
            title: "import-list-refused",
            sentence: "import-list-refused-text",
            open: true,
            lines: vec![listed(12, ""), listed(440, "–")],
        },
        import::LineList {
            key: "doubtful",
            title: "import-list-doubtful",
            sentence: "import-list-doubtful-text",
            open: false,
            lines: vec![listed(7, "Eli Aas")],
        },
        import::LineList {
            key: "unreadable",
            title: "import-list-unreadable",
            sentence: "import-list-unreadable-text",
            open: false,
            lines: vec![listed(9, "Tove Gulbrandsen")],
        },
    ];
    let column = |heading: &str, meaning: &str| import::ColumnLine {
        heading: heading.to_owned(),
        examples: vec!["Mari".to_owned(), "Eli".to_owned()],
        meaning: meaning.to_owned(),
    };
    let meanings = vec![
        Choice::new("given_name", s.t.code("column", "given_name")),
        Choice::new("ignored", s.t.code("column", "ignored")),
    ];
    let past = vec![
        import::PastImport { id: batch(), file: file(), when: s.t.date(today()), new: 430, undone: false },
        import::PastImport { id: batch(), file: file(), when: s.t.date(today()), new: 430, undone: true },
    ];
    vec![
        (
            "import_file",
            import::FilePage {
                t: t(),
                frame: s.frame("x"),
                urls,
                form: s.refused("file", "error-file-missing"),
                past,
            }
            .render()
            .unwrap(),
        ),
        (
            "import_mapping",
            import::MappingPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                batch: batch(),
                file: file(),
                lines: 451,
                columns: vec![column("Fornavn", "given_name"), column("Skostørrelse", "ignored")],
                meanings,
            }
            .render()
            .unwrap(),
        ),
        (
            "import_preview",
            import::PreviewPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                batch: batch(),
                file: file(),
                counts,
                lists: lists.clone(),
            }
            .render()
            .unwrap(),
        ),
        (
            "import_result",
            import::ResultPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                batch: batch(),
                file: file(),
                counts,
                lists,
                undone: false,
            }
            .render()
            .unwrap(),
        ),
        (
            "import_undo",
            import::UndoPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                batch: batch(),
                file: file(),
                new: 430,
                changed: 5,
            }
            .render()
            .unwrap(),
        ),
    ]
}

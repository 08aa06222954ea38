//! A plain paper as PDF 1.7: black on white, A4, with a title, its language and its structure for who listens to it. Set in
//! Helvetica, one of the fonts that every reader has; what that has no sign for is written without its marks.

use encoding_rs::WINDOWS_1252;
use pdf_writer::types::StructRole;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use unicode_normalization::UnicodeNormalization as _;

/// What stands on the paper, from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub title: String,
    /// As in `lang`: `nb`, `sv`, `nl`, `en`.
    pub language: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Text(String),
    Small(String),
    /// A label, and what belongs to it beside it.
    Pair(String, String),
    /// A label, and a line to write on.
    ToFillIn(String),
}

// Points, from the lower left corner.
const PAGE: (f32, f32) = (595.0, 842.0);
const LEFT: f32 = 72.0;
const RIGHT: f32 = PAGE.0 - 72.0;
const TOP: f32 = PAGE.1 - 80.0;
const BOTTOM: f32 = 70.0;
const SECOND_COLUMN: f32 = LEFT + 150.0;
const PLAIN: Font = Font { name: Name(b"P"), base: Name(b"Helvetica"), widening: 1.0 };
const BOLD: Font = Font { name: Name(b"B"), base: Name(b"Helvetica-Bold"), widening: 1.09 };

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FONTS: [(Font, Ref); 2] = [(PLAIN, Ref::new(4)), (BOLD, Ref::new(5))];
const STRUCTURE: Ref = Ref::new(6);
const DOCUMENT: Ref = Ref::new(7);
const FIRST_FREE: i32 = 8;

#[derive(Clone, Copy)]
struct Font {
    name: Name<'static>,
    base: Name<'static>,
    /// How much wider than the plain one.
    widening: f32,
}

/// Lines of one size in one column.
struct Lines {
    font: Font,
    size: f32,
    left: f32,
    lines: Vec<String>,
}

impl Lines {
    fn of(text: &str, font: Font, size: f32, left: f32, right: f32) -> Self {
        Self { font, size, left, lines: wrapped(text, font, size, right - left) }
    }

    fn height(&self) -> f32 {
        self.lines.len() as f32 * self.size * 1.35
    }
}

/// What a piece of the paper is to who listens to it.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Heading,
    Paragraph,
}

impl Part {
    fn role(self) -> StructRole {
        match self {
            Self::Title => StructRole::H1,
            Self::Heading => StructRole::H2,
            Self::Paragraph => StructRole::P,
        }
    }

    fn tag(self) -> Name<'static> {
        Name(match self {
            Self::Title => b"H1",
            Self::Heading => b"H2",
            Self::Paragraph => b"P",
        })
    }
}

/// A page under way.
struct Sheet {
    content: Content,
    /// What each piece of it is, by its number on the page.
    parts: Vec<Part>,
}

impl Paper {
    /// The file's bytes.
    pub fn to_pdf(&self) -> Vec<u8> {
        self.write(self.sheets())
    }

    fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = vec![Sheet::new()];
        let mut y = TOP;
        let title = Block::Heading(self.title.clone());
        let blocks = std::iter::once((&title, true)).chain(self.blocks.iter().map(|block| (block, false)));
        for (block, is_title) in blocks {
            let (part, columns, space) = set(block, is_title);
            let height = columns.iter().map(Lines::height).fold(0.0, f32::max);
            if y - height < BOTTOM {
                sheets.push(Sheet::new());
                y = TOP;
            }
            let Some(sheet) = sheets.last_mut() else { continue };
            sheet.put(part, &columns, y);
            y -= height;
            if matches!(block, Block::ToFillIn(_)) {
                y -= 30.0;
                sheet.rule(y);
            }
            y -= space;
        }
        sheets
    }

    fn write(&self, sheets: Vec<Sheet>) -> Vec<u8> {
        let mut free = (FIRST_FREE..).map(Ref::new);
        let mut next = || free.next().unwrap_or(CATALOG);
        let mut pdf = Pdf::new();
        let pages: Vec<(Ref, Ref)> = sheets.iter().map(|_| (next(), next())).collect();
        let parents: Vec<Ref> = sheets.iter().map(|_| next()).collect();
        let count = i32::try_from(sheets.len()).unwrap_or(i32::MAX);
        let mut catalog = pdf.catalog(CATALOG);
        catalog.pages(PAGES).lang(TextStr(&self.language));
        catalog.mark_info().marked(true);
        catalog.viewer_preferences().display_doc_title(true);
        catalog.pair(Name(b"StructTreeRoot"), STRUCTURE);
        catalog.finish();
        pdf.document_info(INFO).title(TextStr(&self.title)).producer(TextStr("Helhet"));
        pdf.pages(PAGES).kids(pages.iter().map(|(page, _)| *page)).count(count);
        for (font, id) in FONTS {
            pdf.type1_font(id).base_font(font.base).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        let mut all = Vec::new();
        for (place, (sheet, (page, content))) in (0..).zip(sheets.into_iter().zip(&pages)) {
            let Sheet { content: written, parts } = sheet;
            let mut leaf = pdf.page(*page);
            leaf.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(PAGES).contents(*content);
            leaf.struct_parents(place);
            let mut resources = leaf.resources();
            let mut fonts = resources.fonts();
            for (font, id) in FONTS {
                fonts.pair(font.name, id);
            }
            fonts.finish();
            resources.finish();
            leaf.finish();
            pdf.stream(*content, &written.finish());
            let elements: Vec<Ref> = parts.iter().map(|_| next()).collect();
            for (number, (part, id)) in (0..).zip(parts.iter().zip(&elements)) {
                let mut element = pdf.struct_element(*id);
                element.kind(part.role()).parent(DOCUMENT).page(*page);
                element.marked_content_child().marked_content_id(number).page(*page);
            }
            if let Some(parent) = parents.get(place as usize) {
                pdf.indirect(*parent).array().items(elements.iter().copied());
            }
            all.extend(elements);
        }
        let mut root = pdf.indirect(STRUCTURE).start::<pdf_writer::writers::StructTreeRoot<'_>>();
        root.child(DOCUMENT).parent_tree_next_key(count);
        let mut tree = root.parent_tree();
        let mut entries = tree.nums();
        for (place, parent) in (0..).zip(&parents) {
            entries.insert(place, *parent);
        }
        entries.finish();
        tree.finish();
        root.finish();
        let mut document = pdf.struct_element(DOCUMENT);
        document.kind(StructRole::Document).parent(STRUCTURE);
        let mut children = document.children();
        for element in all {
            children.struct_element(element);
        }
        children.finish();
        document.finish();
        pdf.finish()
    }
}

/// What a block is, how it is set, and the space that follows.
fn set(block: &Block, is_title: bool) -> (Part, Vec<Lines>, f32) {
    let whole = |text, font, size| vec![Lines::of(text, font, size, LEFT, RIGHT)];
    match block {
        Block::Heading(text) if is_title => (Part::Title, whole(text, BOLD, 22.0), 18.0),
        Block::Heading(text) => (Part::Heading, whole(text, BOLD, 13.0), 5.0),
        Block::Text(text) => (Part::Paragraph, whole(text, PLAIN, 11.0), 10.0),
        Block::Small(text) => (Part::Paragraph, whole(text, PLAIN, 8.5), 4.0),
        Block::ToFillIn(text) => (Part::Paragraph, whole(text, PLAIN, 11.0), 18.0),
        Block::Pair(label, value) => {
            let label = Lines::of(label, BOLD, 11.0, LEFT, SECOND_COLUMN - 8.0);
            (Part::Paragraph, vec![label, Lines::of(value, PLAIN, 11.0, SECOND_COLUMN, RIGHT)], 6.0)
        }
    }
}

impl Sheet {
    fn new() -> Self {
        Self { content: Content::new(), parts: Vec::new() }
    }

    fn put(&mut self, part: Part, columns: &[Lines], top: f32) {
        let number = i32::try_from(self.parts.len()).unwrap_or(i32::MAX);
        self.parts.push(part);
        self.content.begin_marked_content_with_properties(part.tag()).properties().identify(number);
        for column in columns {
            for (line, text) in (1..).zip(&column.lines) {
                let baseline = top - line as f32 * column.size * 1.35 + column.size * 0.35;
                self.content.begin_text();
                self.content.set_font(column.font.name, column.size);
                self.content.next_line(column.left, baseline);
                self.content.show(Str(&WINDOWS_1252.encode(text).0));
                self.content.end_text();
            }
        }
        self.content.end_marked_content();
    }

    /// A line to write on, which says nothing.
    fn rule(&mut self, y: f32) {
        self.content.begin_marked_content(Name(b"Artifact"));
        self.content.set_line_width(0.7).move_to(LEFT, y).line_to(RIGHT, y).stroke();
        self.content.end_marked_content();
    }
}

/// Signs that the font has: others without their marks, else a question mark.
fn writable(text: &str) -> String {
    let has = |sign: char| !WINDOWS_1252.encode(sign.encode_utf8(&mut [0; 4])).2;
    let mut written = String::with_capacity(text.len());
    for sign in text.nfc() {
        match sign {
            sign if sign.is_control() => written.push(' '),
            sign if has(sign) => written.push(sign),
            'đ' | 'Đ' => written.push(if sign == 'đ' { 'd' } else { 'D' }),
            'ŋ' | 'Ŋ' => written.push(if sign == 'ŋ' { 'n' } else { 'N' }),
            'ŧ' | 'Ŧ' => written.push(if sign == 'ŧ' { 't' } else { 'T' }),
            sign => {
                let plain: String = sign.nfkd().filter(|part| has(*part) && !part.is_control()).collect();
                written.push_str(if plain.is_empty() { "?" } else { &plain });
            }
        }
    }
    written
}

fn wrapped(text: &str, font: Font, size: f32, room: f32) -> Vec<String> {
    let width = |text: &str| text.chars().map(width).sum::<u32>() as f32 * size / 1000.0 * font.widening;
    let mut lines = vec![String::new()];
    for word in writable(text).split_whitespace() {
        let mut rest = word;
        while let Some(line) = lines.last_mut() {
            let longer = if line.is_empty() { rest.to_owned() } else { format!("{line} {rest}") };
            if width(&longer) <= room {
                *line = longer;
                break;
            }
            if !line.is_empty() {
                lines.push(String::new());
                continue;
            }
            // A word that no line holds is cut.
            let fits = rest.char_indices().map(|(at, _)| at).take_while(|at| width(&rest[..*at]) <= room);
            let cut = fits.last().unwrap_or(0).max(rest.chars().next().map_or(0, char::len_utf8));
            line.push_str(&rest[..cut]);
            rest = &rest[cut..];
            if rest.is_empty() {
                break;
            }
            lines.push(String::new());
        }
    }
    lines
}

/// Of a sign of Helvetica, in thousandths of its size (Adobe's metrics, from the space on).
fn width(sign: char) -> u32 {
    const WIDTHS: [u32; 95] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
        556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
        722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
        278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];
    let plain = match sign {
        'ø' => return 611,
        'Ø' => return 778,
        'æ' => return 889,
        'Æ' => return 1000,
        sign => std::iter::once(sign).nfd().next().unwrap_or(sign),
    };
    let place = (plain as usize).checked_sub(32);
    place.and_then(|place| WIDTHS.get(place)).copied().unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(blocks: Vec<Block>) -> Paper {
        Paper { title: "Bevis på sletting".to_owned(), language: "nb".to_owned(), blocks }
    }

    fn read(paper: &Paper) -> lopdf::Document {
        lopdf::Document::load_mem(&paper.to_pdf()).unwrap()
    }

    fn text(document: &lopdf::Document) -> String {
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        document.extract_text(&pages).unwrap()
    }

    // P8: what is on it can be read back, with the letters of our languages; it says its language and is marked for who
    // listens.
    #[test]
    fn a_paper_can_be_read_back() {
        let blocks = vec![
            Block::Pair("Lokallag".to_owned(), "Kárášjohka, Čáhcesuolu og IJmuiden".to_owned()),
            Block::Heading("Hvem".to_owned()),
            Block::Text("Blåbærsyltetøy över ån, één".to_owned()),
            Block::ToFillIn("Navn".to_owned()),
            Block::Small("Ål".to_owned()),
        ];
        let document = read(&paper(blocks));
        let found = text(&document);
        for words in
            ["Bevis på sletting", "Kárášjohka, Cáhcesuolu og IJmuiden", "Blåbærsyltetøy över ån, één"]
        {
            assert!(found.contains(words), "{words}: {found}");
        }
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"nb");
        let (_, root) = document.dereference(catalog.get(b"StructTreeRoot").unwrap()).unwrap();
        let (_, of_root) = document.dereference(root.as_dict().unwrap().get(b"K").unwrap()).unwrap();
        let children = of_root.as_dict().unwrap().get(b"K").unwrap().as_array().unwrap().clone();
        let roles = children.iter().map(|child| {
            let (_, element) = document.dereference(child).unwrap();
            String::from_utf8_lossy(element.as_dict().unwrap().get(b"S").unwrap().as_name().unwrap())
                .into_owned()
        });
        assert_eq!(roles.collect::<Vec<_>>(), ["H1", "P", "H2", "P", "P", "P"]);
    }

    #[test]
    fn long_words_and_many_lines_find_their_place() {
        let words = "ord ".repeat(300) + &"langt".repeat(60);
        let blocks = (0..40).map(|_| Block::Text(words.clone())).collect();
        let document = read(&paper(blocks));
        assert!(document.get_pages().len() > 10);
        assert_eq!(text(&document).matches("ord").count(), 40 * 300);
        for line in wrapped(&words, PLAIN, 11.0, RIGHT - LEFT) {
            let width: u32 = line.chars().map(width).sum();
            assert!(width as f32 * 11.0 / 1000.0 <= RIGHT - LEFT, "{line}");
        }
    }
}

//! A value for every page, as the screens would get it.
use super::*;
use helhet_shared::supporter::value::Country;

pub(super) struct Sample {
    pub(super) t: Texts,
    pub(super) visit: Visit,
}

const ID: &str = "00112233445566778899aabbccddeeff";

impl Sample {
    fn frame(&self) -> Frame {
        Frame {
            place: "Lysning".to_owned(),
            links: vec![Link::new(&self.visit, "/supporters", self.t.get("nav-supporters"))],
            light: Some(Light {
                state: LightState::Waiting,
                words: self.t.get("light-coming").arg("count", 3).to_string(),
                href: Some("/chapters".to_owned()),
            }),
            done: Some("done-corrected"),
            live: true,
            ..Frame::bare(&self.visit, "x".to_owned())
        }
    }

    pub(super) fn pages(&self) -> Vec<(&'static str, String)> {
        let mut pages = self.first_pages();
        pages.extend(self.people());
        pages.extend(self.chapter_pages());
        pages.extend(self.imports());
        pages
    }

    fn first_pages(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let mut form = Form::default();
        form.refuse("login", "error-login");
        let need = |title, sentence, href| Need {
            title,
            sentence,
            count: 2,
            href,
            chapters: vec![Mention { href: "/chapters".into(), name: "Bergen".into(), detail: "2".into() }],
        };
        let front = |chapters, needs| FrontPage {
            t: t(),
            frame: self.frame(),
            urls: Urls,
            chapters,
            supporters: 12_345,
            roles: vec![("member".into(), 11_000), ("donor".into(), 1_345)],
            needs,
        };
        let row = |what: &str, why: &str| {
            let row = ReportRow {
                at: now().timestamp() - 500,
                login: "kontor".into(),
                what: what.into(),
                why: why.into(),
                how_many: 1,
            };
            ReportLine::of(&row, &self.t, now())
        };
        let needs = vec![
            need("need-doubtful", "need-doubtful-text", "/doubtful"),
            need("need-refused", "need-refused-text", ""),
            need("need-silent", "need-silent-text", ""),
        ];
        let reports = vec![
            row(&format!("card {ID}"), "screen"),
            row("export csv", "årsmelding"),
            row("list", "screen"),
        ];
        let erased = |receipt: Option<&str>, is_late, left: Option<&str>| ErasureLine {
            what: if left.is_some() { "erasures-erased" } else { "erasures-erased-sealed" },
            number: "3F9A-01C2".into(),
            owed_by: if receipt.is_some() { Vec::new() } else { vec!["Stand på Øyane".into()] },
            unconfirmed: if is_late { vec!["Gammel bærbar".into()] } else { Vec::new() },
            chapter: "Bergen".into(),
            received: "4.5.2026".into(),
            receipt: receipt.map(str::to_owned),
            is_late,
            left: left.map(str::to_owned),
        };
        let waiting = vec![("Bergen".to_owned(), 180)];
        let erasures = |late, rows| ErasuresPage {
            t: t(),
            frame: self.frame(),
            urls: Urls,
            late,
            waiting: waiting.clone(),
            rows,
        };
        let owed = vec![
            erased(None, true, Some(ID)),
            erased(None, false, None),
            erased(Some("5.5.2026"), false, None),
        ];
        vec![
            ("erasures", erasures(1, owed).render().unwrap()),
            ("erasures_none", erasures(0, Vec::new()).render().unwrap()),
            ("first", LoginPage::new(&self.visit, "Lysning".into(), Form::default(), true).render().unwrap()),
            ("login", LoginPage::new(&self.visit, "Lysning".into(), form, false).render().unwrap()),
            (
                "login_elsewhere",
                LoginPage::new(&self.visit, "Lysning".into(), Form::default(), false)
                    .with_elsewhere(Some("BankID".into()), Some("error-elsewhere-weak"))
                    .render()
                    .unwrap(),
            ),
            ("front", front(3, needs).render().unwrap()),
            ("front_empty", front(0, Vec::new()).render().unwrap()),
            ("front_well", front(3, Vec::new()).render().unwrap()),
            (
                "reports",
                ReportsPage { t: t(), frame: self.frame(), urls: Urls, rows: reports }.render().unwrap(),
            ),
            (
                "settings",
                SettingsPage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    form: Form::default(),
                    address: "hub.example.org:4433".into(),
                    codes_left: 10,
                    sessions: sessions_sample(&self.visit),
                    passkeys: passkeys_sample(&self.visit, true),
                    elsewhere: Some(ElsewhereCard { name: "BankID".into(), since: None }),
                    notice: None,
                }
                .render()
                .unwrap(),
            ),
            ("users", self.users_page()),
            ("export", ExportPage::new(t(), self.frame(), Form::default()).render().unwrap()),
        ]
    }

    fn users_page(&self) -> String {
        let users = UserRole::of(Program::Hub)
            .map(|role| UserLine {
                login: role.code().to_owned(),
                role,
                own: role == UserRole::Administrator,
                sessions: usize::from(role == UserRole::Analyst) * 2,
            })
            .collect();
        UsersPage {
            t: self.t.clone(),
            frame: self.frame(),
            urls: Urls,
            form: Form::default(),
            users,
            roles: users::role_choices(&self.t),
            let_in: vec!["leser".into()],
        }
        .render()
        .unwrap()
    }

    fn national(&self) -> serde_json::Value {
        let sources = json!([{"chapter": "Bergen", "at": "2026-05-04T10:00:00Z"}, {"chapter": "office", "at": "2026-01-02T10:00:00Z"}]);
        json!({
            "id": ID, "record": ID, "kind": "person",
            "name": {"given": "Kari", "family": "Solberg"}, "name_sources": sources,
            "birth": {"date": "1959-05-04"}, "birth_sources": sources,
            "emails": [{"value": "kari@post.example", "sources": sources}],
            "phones": [{"value": "+4799887766", "sources": sources}],
            "addresses": [{"value": {"street": "Storgata 1", "postcode": "5003", "city": "Bergen", "country": "NO"}, "sources": sources}],
            "roles": [{"role": "member", "from": "2019-01-01", "chapter": "Bergen"}, {"role": "donor", "chapter": "office"}],
            "tags": ["Turgruppa"],
            "grants": [{"purpose": "newsletter", "basis": "consent", "given_at": "2024-03-01T12:00Z", "chapter": "Bergen"},
                       {"purpose": "gifts", "given_at": "2024-03-01T12:00Z", "withdrawn_at": "2025-03-01T12:00Z", "chapter": "Bergen"}],
            "more": {"dues/2026": [{"value": "paid", "sources": sources}]},
            "records": [{"id": ID, "chapter": "Bergen"}, {"id": ID, "chapter": "office"}],
            "gifts": {"sums_minor": {"NOK": 12_345_050}, "ledger": [
                {"paid_at": "2026-02-03T10:00:00+01:00", "amount_minor": 12_345_050, "currency": "NOK", "frequency": "monthly", "method": "card", "campaign": "Jul"},
                {"paid_at": "2026-02-04T10:00:00+01:00", "amount_minor": -50, "currency": "NOK"}]},
        })
    }

    fn file(&self) -> SupporterFile {
        let id = ID.parse().unwrap();
        let bergen = Holder::Chapter("Bergen".into());
        let past = |outcome: Option<&str>| PastCorrection {
            chapter: "Bergen".into(),
            fields: vec!["phone/*".into()],
            login: "kontor".into(),
            source: "returned_post".into(),
            at: now().timestamp(),
            outcome: outcome.map(str::to_owned),
        };
        SupporterFile {
            national: self.national(),
            differences: vec![Difference {
                field: "birth/date".into(),
                values: vec![
                    ("1959-05-04".into(), bergen.clone(), 1),
                    ("1959-05-14".into(), Holder::Office, 0),
                ],
            }],
            records: vec![
                LinkedRecord { id, holder: bergen, said: None },
                LinkedRecord { id, holder: Holder::Office, said: Some(("kontor".into(), 1)) },
            ],
            apart: vec![Apart { own: id, other: id, login: "kontor".into(), at: 1 }],
            corrections: vec![past(None), past(Some("shown")), past(Some("rejected")), past(Some("gone"))],
        }
    }

    fn people(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let card = || Card::of(&self.national(), &self.t, now().date_naive(), &Country::norway());
        let row = Row {
            id: ID.into(),
            name: "Kari Solberg".into(),
            roles: "Medlem".into(),
            phone: "998 87 766".into(),
            email: "kari@post.example".into(),
            place: "Bergen".into(),
            chapters: "Bergen".into(),
        };
        let list = |total, rows: Vec<Row>| SupportersPage {
            t: t(),
            frame: self.frame(),
            urls: Urls,
            form: Form::default(),
            roles: role_choices(&self.t),
            total,
            found: total,
            rows,
            may_export: true,
        };
        let mut form = Form::default();
        form.set("phone-0", "12").refuse("phone-0", "error-phone");
        form.refuse("source", "error-source-missing");
        vec![
            ("supporters", list(200, vec![row]).render().unwrap()),
            ("supporters_none", list(200, Vec::new()).render().unwrap()),
            ("supporters_empty", list(0, Vec::new()).render().unwrap()),
            (
                "supporter",
                SupporterPage::new(t(), self.frame(), card(), &self.file(), &Country::norway(), true)
                    .render()
                    .unwrap(),
            ),
            (
                "correct",
                CorrectPage::new(
                    t(),
                    Frame { title: "Kari".into(), ..self.frame() },
                    &self.national(),
                    card(),
                    form,
                )
                .render()
                .unwrap(),
            ),
            (
                "doubtful",
                DoubtfulPage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    pairs: vec![[card(), card()]],
                    may_work: true,
                }
                .render()
                .unwrap(),
            ),
        ]
    }

    fn chapter_pages(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let file = chapter_file();
        let need = ChapterNeed { card: file.card.clone(), corrections: 1, refused: 3 };
        let mut form = Form::default();
        form.refuse("name", "error-chapter-taken");
        let frame = || Frame { title: "Bergen".into(), ..self.frame() };
        let root = [7; 32];
        let invite =
            Invite::new("hub.example.org:4433", root, [1; 16], "Bergen", now().timestamp(), &mut rand::rng());
        let line = ChapterLine::of(&need, &self.t, now());
        vec![
            (
                "chapters",
                ChaptersPage { t: t(), frame: frame(), urls: Urls, chapters: vec![line], may_add: true }
                    .render()
                    .unwrap(),
            ),
            (
                "chapters_empty",
                ChaptersPage { t: t(), frame: frame(), urls: Urls, chapters: Vec::new(), may_add: true }
                    .render()
                    .unwrap(),
            ),
            (
                "chapter",
                ChapterPage {
                    chapter: ChapterFacts::of(&file, &self.t, now()),
                    t: t(),
                    frame: frame(),
                    urls: Urls,
                    form: Form::default(),
                    may_invite: true,
                }
                .render()
                .unwrap(),
            ),
            ("chapter_add", AddPage { t: t(), frame: frame(), urls: Urls, form }.render().unwrap()),
            ("chapter_invite", InvitePage::new(t(), frame(), &invite).render().unwrap()),
        ]
    }

    fn imports(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let row = |kind, file: &str| ImportRow {
            id: ID.into(),
            file: file.into(),
            kind,
            imported_at: now().timestamp(),
            made: 451,
            changed: 3,
            gifts: 1801,
            undone_at: None,
        };
        let rows = [row(ImportKind::Gifts, ""), row(ImportKind::Supporters, "medlemmer.csv")];
        let past = rows.iter().map(|row| PastImport::of(row, &self.t, now())).collect();
        let of = vec![Whom::Supporter(ID.parse().unwrap()), Whom::Line(2)];
        let mut report = Report { lines: 3, new: 1, refused: 1, doubtful: 1, ..Report::default() };
        report.possible_doubles.push(PossibleDouble { line: 3, of });
        report.warn(2, &[helhet_shared::import::warning::Warning::on("Mobil", WarningCode::Phone)]);
        let imported = |kind| Imported {
            kind,
            report: report.clone(),
            import: Some(ID.into()),
            refused: Some(String::new()),
            doubtful_names: [(3, "Kari Solberg".to_owned())].into(),
        };
        let column = ColumnLine { heading: "Beløp".into(), examples: vec!["100".into()], meaning: "amount" };
        let mut form = Form::default();
        form.refuse("columns", "error-no-name");
        vec![
            (
                "import_file",
                FilePage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    form: Form::default(),
                    past,
                    may_work: true,
                }
                .render()
                .unwrap(),
            ),
            (
                "import_mapping",
                MappingPage::new(t(), self.frame(), form, ID.into(), "gaver.csv".into(), 1801, vec![column])
                    .render()
                    .unwrap(),
            ),
            (
                "import_preview",
                PreviewPage::new(
                    t(),
                    self.frame(),
                    ID.into(),
                    "gaver.csv".into(),
                    &imported(FileKind::Gifts),
                )
                .render()
                .unwrap(),
            ),
            (
                "import_result",
                ResultPage::new(
                    t(),
                    self.frame(),
                    ID.into(),
                    "medlemmer.csv".into(),
                    &imported(FileKind::Supporters),
                )
                .render()
                .unwrap(),
            ),
            (
                "import_undo",
                UndoPage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    import: ID.into(),
                    file: "medlemmer.csv".into(),
                    undone: Undone { erased: 450, kept: 1, reversed: 3, gifts: 12 },
                }
                .render()
                .unwrap(),
            ),
        ]
    }
}

fn chapter_file() -> ChapterFile {
    let seen = "2026-01-02T10:00:00Z".to_owned();
    ChapterFile {
        card: ChapterCard {
            id: ID.into(),
            name: "Bergen".into(),
            joined_at: Some(seen.clone()),
            last_seen: Some(seen.clone()),
            join_code: Some("482913".into()),
            entries: 12,
            supporters: 451,
            refused: 3,
            devices: vec![DeviceCard {
                name: "PC".into(),
                fingerprint: "ab12 cd34".into(),
                role: 1,
                certificate_until: seen.clone(),
                first_seen: seen.clone(),
                last_seen: seen.clone(),
                entry: 12,
                last_agreed: Some(seen),
                differs_since: None,
                begun_anew: 1,
            }],
            said: Vec::new(),
        },
        figures: helhet_shared::gate::Figures::from_content(
            &[("figure/member".to_owned(), vec![400_i64.into()])].into(),
        ),
        corrections: vec![CorrectionRow {
            id: 1,
            document: [1; 16],
            chapter: [1; 16],
            edits: "[[\"phone/AAAAAAAA\",\"+4712345678\"]]".into(),
            source: "supporter".into(),
            login: "kontor".into(),
            at: now().timestamp(),
            generation: helhet_shared::sqlite::StoredGeneration { number: 1, random: 1 },
        }],
        refused: vec![("unknown-key".into(), 3)],
    }
}

//! The front page: what needs the office, and the whole in figures.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, Utc};
use helhet_shared::web::{Frame, Texts, html};

use crate::read::{self, ChapterNeed, Overview};
use crate::web::state::{Answer, Screens, Signed};
use crate::web::urls::Urls;

/// A chapter that has been silent for longer is worth a call.
pub(super) const SILENT_DAYS: i64 = 21;
/// Refusals older than this need nobody any more.
pub(super) const REFUSED_DAYS: i64 = 30;

#[derive(Debug, Template)]
#[template(path = "pages/front.html")]
pub(crate) struct FrontPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) chapters: usize,
    pub(crate) supporters: u64,
    pub(crate) roles: Vec<(String, u64)>,
    pub(crate) needs: Vec<Need>,
}

/// One kind of thing that waits for a person.
#[derive(Debug, Clone)]
pub(crate) struct Need {
    pub(crate) title: &'static str,
    pub(crate) sentence: &'static str,
    pub(crate) count: u64,
    /// Where to look, when it is not a list of chapters.
    pub(crate) href: &'static str,
    pub(crate) chapters: Vec<Mention>,
}

/// A chapter named in a list, with a word more.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) detail: String,
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    let visit = &signed.visit;
    let since = (visit.now - chrono::Duration::days(REFUSED_DAYS)).timestamp();
    let today = visit.now.date_naive();
    let overview: Overview = screens
        .ask(visit, move |hub| {
            hub.database().read(|reader| read::overview(reader, hub.office(), since, today))
        })
        .await?;
    let t = visit.texts.clone();
    let frame = screens.frame(&signed, t.get("nav-front")).await?;
    Ok(html(&FrontPage {
        needs: needs(&overview, &t, visit.now),
        chapters: overview.chapters.len(),
        supporters: overview.supporters,
        roles: overview.roles,
        t,
        frame,
        urls: Urls,
    }))
}

fn needs(overview: &Overview, t: &Texts, now: DateTime<Utc>) -> Vec<Need> {
    let mut needs = Vec::new();
    if overview.doubtful > 0 {
        needs.push(Need {
            title: "need-doubtful",
            sentence: "need-doubtful-text",
            count: overview.doubtful as u64,
            href: Urls.doubtful(),
            chapters: Vec::new(),
        });
    }
    let mut about = |title, sentence, of: &dyn Fn(&ChapterNeed) -> Option<(u64, String)>| {
        let found: Vec<_> =
            overview.chapters.iter().filter_map(|chapter| Some((chapter, of(chapter)?))).collect();
        if !found.is_empty() {
            let count = found.iter().map(|(_, (count, _))| count).sum();
            let chapters = found
                .into_iter()
                .map(|(chapter, (_, detail))| Mention {
                    href: Urls.chapter(&chapter.card.id),
                    name: chapter.card.name.clone(),
                    detail,
                })
                .collect();
            needs.push(Need { title, sentence, count, href: "", chapters });
        }
    };
    about("need-refused", "need-refused-text", &|chapter| {
        (chapter.refused > 0).then(|| (chapter.refused, t.number(chapter.refused)))
    });
    about("need-corrections", "need-corrections-text", &|chapter| {
        (chapter.corrections > 0).then(|| (chapter.corrections as u64, t.number(chapter.corrections)))
    });
    about("need-silent", "need-silent-text", &|chapter| {
        let seen = moment(chapter.card.last_seen.as_deref()?)?;
        (now - seen > chrono::Duration::days(SILENT_DAYS))
            .then(|| (1, t.get("chapter-seen").arg("ago", t.ago(seen, now)).to_string()))
    });
    about("need-not-joined", "need-not-joined-text", &|chapter| {
        chapter.card.joined_at.is_none().then(|| (1, String::new()))
    });
    needs
}

/// A moment as the questions give it.
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc))
}

//! The certificate of an erasure, for the supporter to keep. It names nobody: the chapter does not have the name any more, and
//! keeping it for this would be to keep it. Whoever hands the paper over writes the name on it.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use helhet_shared::erasures::Erasure;
use helhet_shared::export::pdf::{Block, Paper};
use helhet_shared::web::{Texts, Visit};

use super::erasures::stores;
use crate::web::state::{Answer, Failure, Screens};

pub(crate) async fn download(
    State(screens): State<Screens>,
    visit: Visit,
    Path(number): Path<String>,
) -> Answer {
    let question = |desk: &dyn crate::web::desk::Desk| Ok((desk.erasures()?, desk.place()?));
    let (all, place) = screens.ask(&visit, question).await?;
    let erasure = all.into_iter().find(|erasure| erasure.number.in_full() == number);
    let erasure = erasure.ok_or_else(|| Failure::not_found(&visit))?;
    let made = visit.texts.date(visit.now.date_naive());
    let bytes = certificate(&visit.texts, &erasure, &place.chapter, made).to_pdf();
    let disposition = format!("attachment; filename=\"{}.pdf\"", erasure.number);
    Ok(([(CONTENT_TYPE, "application/pdf"), (CONTENT_DISPOSITION, disposition.as_str())], bytes)
        .into_response())
}

/// What stands on it. `made` is today in words.
pub(crate) fn certificate(t: &Texts, erasure: &Erasure, chapter: &str, made: String) -> Paper {
    let owing = erasure.owing().count();
    let word = match owing {
        0 => t.get("certificate-complete").to_string(),
        _ => t.get("certificate-open").arg("count", owing).to_string(),
    };
    let mut blocks = vec![
        Block::Pair(t.get("certificate-chapter").to_string(), chapter.to_owned()),
        Block::Pair(t.get("certificate-number").to_string(), erasure.number.to_string()),
        Block::ToFillIn(t.get("certificate-name").to_string()),
        Block::Text(t.get("certificate-what").arg("day", t.date(erasure.day)).to_string()),
        Block::Text(t.get("certificate-stays").to_string()),
        Block::Heading(t.get("certificate-stores").to_string()),
        Block::Text(word),
    ];
    blocks.extend(stores(erasure, t).into_iter().map(|store| Block::Pair(store.name, store.words)));
    blocks.push(Block::ToFillIn(t.get("certificate-signature").to_string()));
    blocks.push(Block::Small(t.get("certificate-made").arg("day", made).to_string()));
    let digits = t.get("certificate-digits").arg("number", erasure.number.in_full()).to_string();
    blocks.push(Block::Small(digits));
    Paper { title: t.get("certificate-title").to_string(), language: t.language().code().to_owned(), blocks }
}

//! Adding a supporter: few fields first, the rest behind one click.

use super::card::ASKED;
use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens, done, error_key, role_choices};
use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::command::{AddressInput, RoleInput, SupporterInput};
use helhet_shared::rights::Action;
use helhet_shared::supporter::{Field, Purpose, Role, SupporterKind};
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};

use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/add.html")]
pub(crate) struct AddPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) organisation: bool,
    pub(crate) title: &'static str,
    pub(crate) action: String,
    /// Where the user came from, and the key of what it is called: who only adds has no list to go back to.
    pub(crate) back: (String, &'static str),
    /// None where the list to which somebody is added says it.
    pub(crate) roles: Vec<Choice>,
    pub(crate) consents: Vec<Choice>,
    /// Whether the part with more details stands open: when one of its fields was refused.
    pub(crate) more_open: bool,
}

/// Where somebody is added: among all, or to a list that is lent to the visitor.
#[derive(Debug, Clone)]
enum Among {
    Persons,
    Organisations,
    Lent(String),
}

pub(crate) async fn show_person(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default(), Among::Persons).await
}

pub(crate) async fn show_organisation(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default(), Among::Organisations).await
}

pub(crate) async fn show_to_lent(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
) -> Answer {
    let login = visit.who();
    let lent = screens.ask(&visit, move |desk| desk.lent_to(&login)).await?;
    if !lent.iter().any(|lent| lent.id == id) {
        return Err(Failure::not_found(&visit));
    }
    page(&screens, &visit, Form::default(), Among::Lent(id)).await
}

pub(crate) async fn add_person(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    add(&screens, &visit, form, Among::Persons).await
}

pub(crate) async fn add_organisation(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    add(&screens, &visit, form, Among::Organisations).await
}

pub(crate) async fn add_to_lent(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    add(&screens, &visit, form, Among::Lent(id)).await
}

async fn add(screens: &Screens, visit: &Visit, mut form: Form, among: Among) -> Answer {
    let input = input(&form, matches!(among, Among::Organisations));
    let consents: Vec<Purpose> = form.values("consent").iter().filter_map(|code| code.parse().ok()).collect();
    let added = match among.clone() {
        Among::Lent(id) => {
            let login = visit.who();
            screens.try_to(move |desk| desk.register_to(&login, &id, input, &consents).map(|()| None)).await
        }
        Among::Persons | Among::Organisations => {
            screens.try_to(move |desk| desk.register(&input, &consents).map(Some)).await
        }
    };
    match (added, &among) {
        (Ok(Some(id)), _) if visit.may(Action::ReadSupporters) => Ok(done(Urls.supporter(&id), "done-added")),
        (Ok(_), Among::Lent(id)) => Ok(done(Urls.lent(id), "done-added")),
        (Ok(_), _) => Ok(done(Urls.front(), "done-added")),
        (Err(DeskError::Input(refused)), _) => {
            for error in &refused.errors {
                form.refuse(form_field(error.field), error_key(error.field, error.code));
            }
            page(screens, visit, form, among).await
        }
        (Err(error), _) => Err(Failure::of(visit, error)),
    }
}

fn input(form: &Form, organisation: bool) -> SupporterInput {
    let text = |field: &str| form.value(field).to_owned();
    SupporterInput {
        kind: Some(if organisation { SupporterKind::Organisation } else { SupporterKind::Person }),
        given_name: text("given_name"),
        family_name: text("family_name"),
        legal_name: text("legal_name"),
        organisation_number: text("organisation_number"),
        birth: text("birth"),
        emails: form.given("email").into_iter().collect(),
        phones: form.given("phone").into_iter().collect(),
        addresses: vec![AddressInput {
            street: text("street"),
            postcode: text("postcode"),
            city: text("city"),
            country: String::new(),
        }],
        roles: form
            .values("role")
            .iter()
            .map(|code| RoleInput { role: (*code).to_owned(), ..RoleInput::default() })
            .collect(),
        tags: Vec::new(),
        note: text("note"),
    }
}

/// What the form calls a field.
fn form_field(field: Field) -> &'static str {
    let known = [
        (Field::GivenName, "given_name"),
        (Field::FamilyName, "family_name"),
        (Field::LegalName, "legal_name"),
        (Field::OrganisationNumber, "organisation_number"),
        (Field::BirthDate, "birth"),
        (Field::BirthYear, "birth"),
        (Field::Email, "email"),
        (Field::Phone, "phone"),
        (Field::Street, "street"),
        (Field::Postcode, "postcode"),
        (Field::City, "city"),
        (Field::NoteText, "note"),
    ];
    known.iter().find(|(of, _)| *of == field).map_or("role", |(_, name)| name)
}

/// The roles that a new supporter usually has; the rest are given on the supporter's page.
const ROLES_OF_PERSONS: [Role; 7] = [
    Role::Member,
    Role::Volunteer,
    Role::PeerSupporter,
    Role::Donor,
    Role::Elected,
    Role::Speaker,
    Role::Prospect,
];
const ROLES_OF_ORGANISATIONS: [Role; 5] =
    [Role::Member, Role::Sponsor, Role::Partner, Role::Donor, Role::Prospect];

async fn page(screens: &Screens, visit: &Visit, form: Form, among: Among) -> Answer {
    let t = visit.texts.clone();
    let back = match visit.may(Action::ReadSupporters) {
        true => (Urls.supporters().to_owned(), "supporter-back"),
        false => (Urls.front().to_owned(), "nav-front"),
    };
    let (title, action, offered, back) = match &among {
        Among::Persons => ("add-title", Urls.add().to_owned(), &ROLES_OF_PERSONS[..], back),
        Among::Organisations => {
            ("add-organisation-title", Urls.add_organisation().to_owned(), &ROLES_OF_ORGANISATIONS[..], back)
        }
        Among::Lent(id) => ("lent-add", Urls.add_to_lent(id), &[][..], (Urls.lent(id), "lent-back")),
    };
    let frame = screens.frame(visit, t.get(title)).await?;
    let mut consents = Vec::new();
    for purpose in ASKED {
        consents.push(Choice::new(purpose.code(), t.code("purpose", purpose.code())));
    }
    let more_open =
        ["birth", "street", "postcode", "city", "note"].iter().any(|field| form.error(field).is_some());
    let roles = role_choices(&t, offered);
    let organisation = matches!(among, Among::Organisations);
    Ok(html(&AddPage {
        t,
        frame,
        urls: Urls,
        form,
        organisation,
        title,
        action,
        back,
        roles,
        consents,
        more_open,
    }))
}

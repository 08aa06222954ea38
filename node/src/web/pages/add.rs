//! Adding a supporter: few fields first, the rest behind one click.

use super::card::ASKED;
use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens, done, error_key, role_choices};
use askama::Template;
use axum::extract::State;
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
    pub(crate) action: &'static str,
    /// Where the user came from, and the key of what it is called: who only adds has no list to go back to.
    pub(crate) back: (&'static str, &'static str),
    pub(crate) roles: Vec<Choice>,
    pub(crate) consents: Vec<Choice>,
    /// Whether the part with more details stands open: when one of its fields was refused.
    pub(crate) more_open: bool,
}

pub(crate) async fn show_person(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default(), false).await
}

pub(crate) async fn show_organisation(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default(), true).await
}

pub(crate) async fn add_person(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    add(&screens, &visit, form, false).await
}

pub(crate) async fn add_organisation(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    add(&screens, &visit, form, true).await
}

async fn add(screens: &Screens, visit: &Visit, mut form: Form, organisation: bool) -> Answer {
    let input = input(&form, organisation);
    let consents: Vec<Purpose> = form.values("consent").iter().filter_map(|code| code.parse().ok()).collect();
    match screens.try_to(move |desk| desk.register(&input, &consents)).await {
        Ok(id) if visit.may(Action::ReadSupporters) => Ok(done(Urls.supporter(&id), "done-added")),
        Ok(_) => Ok(done(Urls.front(), "done-added")),
        Err(DeskError::Input(refused)) => {
            for error in &refused.errors {
                form.refuse(form_field(error.field), error_key(error.field, error.code));
            }
            page(screens, visit, form, organisation).await
        }
        Err(error) => Err(Failure::of(visit, error)),
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

async fn page(screens: &Screens, visit: &Visit, form: Form, organisation: bool) -> Answer {
    let t = visit.texts.clone();
    let (title, action) = if organisation {
        ("add-organisation-title", Urls.add_organisation())
    } else {
        ("add-title", Urls.add())
    };
    let frame = screens.frame(visit, t.get(title)).await?;
    let mut consents = Vec::new();
    for purpose in ASKED {
        consents.push(Choice::new(purpose.code(), t.code("purpose", purpose.code())));
    }
    let more_open =
        ["birth", "street", "postcode", "city", "note"].iter().any(|field| form.error(field).is_some());
    let offered: &[Role] = if organisation { &ROLES_OF_ORGANISATIONS } else { &ROLES_OF_PERSONS };
    let roles = role_choices(&t, offered);
    let back = match visit.may(Action::ReadSupporters) {
        true => (Urls.supporters(), "supporter-back"),
        false => (Urls.front(), "nav-front"),
    };
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

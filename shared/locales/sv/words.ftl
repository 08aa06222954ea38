## Kinds and roles
kind-person = Person
kind-organisation = Organisation
role-member = Medlem
role-volunteer = Volontär
role-peer_supporter = Stödperson
role-donor = Givare
role-elected = Förtroendevald
role-contact_person = Kontaktperson
role-sponsor = Sponsor
role-partner = Samarbetspartner
role-speaker = Föreläsare
role-subscriber = Får nyhetsbrev
role-prospect = Intresserad
role-hint-member = Har gått med i föreningen.
role-hint-volunteer = Hjälper till, i ett stånd eller på annat sätt.
role-hint-peer_supporter = Har egen erfarenhet och utbildning och stöttar andra.
role-hint-donor = Skänker pengar.
role-hint-elected = Är vald till ett uppdrag, till exempel i styrelsen.
role-hint-contact_person = Är den vi talar med i en organisation.
role-hint-sponsor = Stöder oss med pengar mot avtalad synlighet.
role-hint-partner = Samarbetar med oss.
role-hint-speaker = Håller föredrag hos oss.
role-hint-subscriber = Vill gärna läsa nyhetsbrevet.
role-hint-prospect = Har visat intresse, men är inte med än.

## What a consent is for, and on which ground
purpose-membership = Medlemskap
purpose-newsletter = Nyhetsbrev
purpose-gifts = Gåvor
purpose-volunteering = Volontärarbete
purpose-peer_support = Stödpersonsarbete
purpose-partnership = Samarbete och sponsring
purpose-national_record = Delning med riksförbundet
basis-consent = samtycke
basis-contract = avtal
basis-legitimate_interest = berättigat intresse
basis-legal_obligation = rättslig skyldighet

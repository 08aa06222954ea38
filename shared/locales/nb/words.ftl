## Kinds and roles
kind-person = Person
kind-organisation = Virksomhet
role-member = Medlem
role-volunteer = Frivillig
role-peer_supporter = Likeperson
role-donor = Giver
role-elected = Tillitsvalgt
role-contact_person = Kontaktperson
role-sponsor = Sponsor
role-partner = Samarbeidspartner
role-speaker = Foredragsholder
role-subscriber = Får nyhetsbrev
role-prospect = Interessert
role-hint-member = Har meldt seg inn i laget.
role-hint-volunteer = Hjelper til, på stand eller på annen måte.
role-hint-peer_supporter = Har egen erfaring og kurs, og er til støtte for andre.
role-hint-donor = Gir penger.
role-hint-elected = Er valgt til et verv, for eksempel i styret.
role-hint-contact_person = Er den vi snakker med i en virksomhet.
role-hint-sponsor = Støtter oss med penger mot avtalt synlighet.
role-hint-partner = Samarbeider med oss.
role-hint-speaker = Holder foredrag hos oss.
role-hint-subscriber = Vil gjerne lese nyhetsbrevet.
role-hint-prospect = Har vist interesse, men er ikke med ennå.

## What a consent is for, and on which ground
purpose-membership = Medlemskap
purpose-newsletter = Nyhetsbrev
purpose-gifts = Gaver
purpose-volunteering = Frivillig innsats
purpose-peer_support = Likepersonarbeid
purpose-partnership = Samarbeid og sponsing
purpose-national_record = Deling med landskontoret
basis-consent = samtykke
basis-contract = avtale
basis-legitimate_interest = berettiget interesse
basis-legal_obligation = lovpålagt

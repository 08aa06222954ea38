## Kinds and roles
kind-person = Persoon
kind-organisation = Organisatie
role-member = Lid
role-volunteer = Vrijwilliger
role-peer_supporter = Ervaringsdeskundige
role-donor = Donateur
role-elected = Bestuurslid
role-contact_person = Contactpersoon
role-sponsor = Sponsor
role-partner = Partner
role-speaker = Spreker
role-subscriber = Ontvangt de nieuwsbrief
role-prospect = Geïnteresseerd
role-hint-member = Heeft zich aangemeld bij de vereniging.
role-hint-volunteer = Helpt mee, in een kraam of op een andere manier.
role-hint-peer_supporter = Heeft eigen ervaring en een cursus, en steunt anderen.
role-hint-donor = Geeft geld.
role-hint-elected = Is gekozen in een functie, bijvoorbeeld in het bestuur.
role-hint-contact_person = Is degene met wie we in een organisatie spreken.
role-hint-sponsor = Steunt ons met geld tegen afgesproken zichtbaarheid.
role-hint-partner = Werkt met ons samen.
role-hint-speaker = Geeft lezingen bij ons.
role-hint-subscriber = Leest graag de nieuwsbrief.
role-hint-prospect = Heeft interesse getoond, maar doet nog niet mee.

## What a consent is for, and on which ground
purpose-membership = Lidmaatschap
purpose-newsletter = Nieuwsbrief
purpose-gifts = Giften
purpose-volunteering = Vrijwilligerswerk
purpose-peer_support = Ervaringsdeskundigheid
purpose-partnership = Samenwerking en sponsoring
purpose-national_record = Delen met het landelijk bureau
basis-consent = toestemming
basis-contract = overeenkomst
basis-legitimate_interest = gerechtvaardigd belang
basis-legal_obligation = wettelijke plicht

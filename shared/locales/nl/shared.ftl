## Layout
layout-skip = Naar de inhoud
layout-navigation = Hoofdmenu
layout-languages = Taal
layout-sign-out = Uitloggen
onward-title = Een ogenblik
onward-link = Ga verder
search-button = Zoeken

## Numbers, dates and how long ago
number = { $count }
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
date-long = { $day } { $month } { $year }
date-short = { $day }-{ $month }-{ $year }
ago-now = zojuist
ago-minutes = { $count ->
    [one] één minuut geleden
   *[other] { $count } minuten geleden
}
ago-hours = { $count ->
    [one] één uur geleden
   *[other] { $count } uur geleden
}
ago-days = { $count ->
    [one] gisteren
   *[other] { $count } dagen geleden
}
ago-date = op { $date }
span-hours = { $count ->
    [one] een uur
   *[other] { $count } uur
}
span-days = { $count ->
    [one] een dag
   *[other] { $count } dagen
}

## Forms
form-errors = { $count ->
    [one] Er klopt iets niet
   *[other] { $count } dingen kloppen niet
}
error-email = Vul een e-mailadres in, bijvoorbeeld kim@post.nl
error-password-short = Het wachtwoord moet minstens 12 tekens hebben. Drie of vier woorden achter elkaar zijn makkelijk te onthouden
error-password-long = Het wachtwoord mag hoogstens 256 tekens hebben
error-password-common = Dit wachtwoord is makkelijk te raden. Kies een ander

## What can go wrong
problem-home = Naar de startpagina
problem-not-found = Deze pagina bestaat niet
problem-not-found-next = Misschien is ze verwijderd of verplaatst. Begin op de startpagina of zoek op naam.
problem-old-form = De pagina stond te lang open
problem-old-form-next = Er is niets opgeslagen. Ga terug, laad de pagina opnieuw en probeer het nog eens.
problem-unreadable = Het formulier kon niet worden gelezen
problem-unreadable-next = Er is niets opgeslagen. Ga terug en probeer het nog eens.
problem-too-large = Het bestand is te groot
problem-too-large-next = Er is niets ingelezen. Splits het bestand in tweeën en lees de delen één voor één in.
problem-not-allowed = U hebt hier geen toegang toe
problem-not-allowed-next = Vraag het aan degene die bij u de gebruikers beheert.
problem-failed = Er ging bij ons iets mis
problem-failed-next = Wat al was opgeslagen, is veilig. Probeer het nog eens. Gebeurt het weer, laat het dan het landelijk bureau weten.

## The second factor
factor-title = Een code naast het wachtwoord
factor-lead = Een app op uw telefoon toont een code die elke halve minuut verandert. Wie uw wachtwoord heeft gezien, komt er dan toch niet in.
factor-mandatory = U hebt die nodig voordat u verder kunt.
factor-step-app = Open een app voor codes op uw telefoon. Hebt u er geen, dan zijn Aegis, 2FAS en de wachtwoordapp van de telefoon gratis.
factor-step-picture = Laat de app deze afbeelding scannen.
factor-picture = Afbeelding voor de app
factor-by-hand = Ik kan geen foto maken: dit typt u in de app
factor-code = De code die de app nu toont
factor-code-hint = Zes cijfers.
factor-button = Vanaf nu een code gebruiken
error-factor-code = De code klopt niet. Wacht op de volgende en typ die
factor-codes-title = Tien codes voor op papier
factor-codes-lead = Als de telefoon weg is, komt u met een van deze binnen. Elke code werkt één keer. Ze worden alleen nu getoond: druk ze af of schrijf ze op, en bewaar ze niet bij de computer.
factor-codes-print = Afdrukken
factor-codes-next = Ik heb ze op papier
login-code = Code uit de app
login-code-hint = Laat dit leeg als u geen app hebt ingesteld, of een passkey gebruikt. Is de telefoon weg, typ dan een van uw codes op papier.
error-login = De gebruikersnaam, het wachtwoord of de code klopt niet
done-clock = De klok van uw telefoon of van deze computer loopt een halve minuut of meer verkeerd: de code was oud. Laat het netwerk beide gelijkzetten.
done-by-paper = U bent binnengekomen met een van de codes op papier. Is de telefoon weg, stel dan de nieuwe in bij Instellingen.

## Passkeys
passkeys-title = Passkeys
passkeys-text = Met een passkey raakt u de vingerafdruklezer, uw telefoon of een beveiligingssleutel aan in plaats van een code te typen wanneer u inlogt. Niemand kan hem u aftroggelen.
passkeys-code-first = Stel eerst de code naast het wachtwoord in: die laat u binnen wanneer de passkey niet bij de hand is.
passkeys-elsewhere = Passkeys werken alleen op dit adres:
passkeys-add = Een passkey toevoegen
passkeys-added = Toegevoegd: { $ago }.
passkeys-remove = Verwijderen
passkey-add-title = Een passkey toevoegen
passkey-add-lead = Druk op de knop en doe wat de browser u vraagt. De passkey kan op deze computer, op uw telefoon of op een beveiligingssleutel staan.
passkey-back = Terug naar de instellingen
passkey-name = Hoe u hem noemt
passkey-name-hint = Zodat u hem herkent, bijvoorbeeld ‘Mijn telefoon’.
passkey-add-button = De passkey maken
passkey-use-title = Gebruik uw passkey
passkey-use-lead = Het wachtwoord klopt. Druk op de knop en doe wat de browser u vraagt.
passkey-use-button = De passkey gebruiken
passkey-with-code = Liever met een code inloggen
passkey-no-script = Scripts staan uit in deze browser, en een passkey heeft er een nodig. Log in met een code.
passkey-unable = Deze browser kan geen passkeys gebruiken. Werk hem bij, of log in met een code.
passkey-failed = De browser gaf geen passkey. Probeer het nog eens, of gebruik een code.
done-passkey-added = De passkey is toegevoegd. Laat het veld voor de code leeg wanneer u de volgende keer inlogt.
done-passkey-removed = De passkey is verwijderd. U bent overal elders uitgelogd.
error-passkey = De passkey is niet aanvaard. Log opnieuw in, of typ een code
error-passkey-elsewhere = Passkeys werken niet op dit adres. Typ de code uit de app

## One's own sign-ins
sessions-title = Waar u bent ingelogd
sessions-limits = Wie is ingelogd, wordt vanzelf uitgelogd na { $idle } zonder gebruik, en na { $longest } in elk geval.
sessions-here = Deze browser
sessions-since = Ingelogd: { $ago }.
sessions-used = Laatst gebruikt: { $ago }.
sessions-end = Daar uitloggen
sessions-end-others = Overal elders uitloggen
sessions-end-text = Staat er een bij die u niet kent, of een computer die anderen gebruiken? Geef uw wachtwoord en log daar uit.
sessions-password = Uw wachtwoord
done-sessions-ended = Daar uitgelogd. Wie daar zit, moet opnieuw inloggen.
browser-on = { $browser } op { $system }
browser-unknown-on = Een browser op { $system }
browser-unknown = Een browser die niet zegt welke het is

## The page of components
design-title = De bouwstenen
design-lead = Alles waaruit de schermen zijn opgebouwd, op één plek.
design-back = Terug naar de startpagina
design-buttons = Knoppen
design-button-primary = Het belangrijkste
design-button-other = Iets anders
design-button-danger = Wissen
design-button-link = Een link als knop
design-lights = Het lampje
design-light-sent = Alles is twee minuten geleden verstuurd
design-light-waiting = Drie wijzigingen wachten op internet
design-light-refused = Eén wijziging is geweigerd
design-form = Formulier
design-name = Naam
design-name-hint = Zoals in het paspoort.
design-email = E-mail
design-choice = Kies er een
design-roles = Rollen
design-one = Slechts een van deze
design-note = Notitie
design-file = Bestand
design-file-hint = Een lijst uit Excel, opgeslagen als CSV.
design-notices = Meldingen
design-notice-info = Goed om te weten
design-notice-success = Opgeslagen
design-notice-warning = Kijk hier even naar
design-notice-error = Dit is niet gelukt
design-notice-sentence = Een zin zegt waar het om gaat en wat u kunt doen.
design-table = Tabel
design-tags = Labels
design-tag = Een label
design-summary = Overzicht
design-compare = Naast elkaar
design-compare-here = Dit ziet u
design-compare-there = Dit zien de anderen
design-search = Zoeken
design-search-label = Zoek op naam
design-empty = Als het leeg is
design-empty-title = Nog niemand
design-empty-sentence = Voeg de eerste toe, dan staat de lijst hier.

## Layout
layout-skip = Hoppa till innehållet
layout-navigation = Huvudmeny
layout-languages = Språk
layout-sign-out = Logga ut
onward-title = Ett ögonblick
onward-link = Gå vidare
search-button = Sök

## Numbers, dates and how long ago
number = { $count }
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
date-long = { $day } { $month } { $year }
date-short = { $year }-{ $month }-{ $day }
ago-now = alldeles nyss
ago-minutes = { $count ->
    [one] för en minut sedan
   *[other] för { $count } minuter sedan
}
ago-hours = { $count ->
    [one] för en timme sedan
   *[other] för { $count } timmar sedan
}
ago-days = { $count ->
    [one] i går
   *[other] för { $count } dagar sedan
}
ago-date = den { $date }
span-hours = { $count ->
    [one] en timme
   *[other] { $count } timmar
}
span-days = { $count ->
    [one] en dag
   *[other] { $count } dagar
}

## Forms
form-errors = { $count ->
    [one] Något behöver rättas
   *[other] { $count } saker behöver rättas
}
error-email = Skriv en e-postadress, till exempel karin@epost.se
error-password-short = Lösenordet måste ha minst 12 tecken. Tre eller fyra ord i rad är lätt att minnas
error-password-long = Lösenordet får ha högst 256 tecken
error-password-common = Det här lösenordet är lätt att gissa. Välj ett annat

## What can go wrong
problem-home = Till startsidan
problem-not-found = Den här sidan finns inte
problem-not-found-next = Den kan ha tagits bort eller flyttats. Börja på startsidan eller sök efter namnet.
problem-old-form = Sidan har stått öppen för länge
problem-old-form-next = Inget har sparats. Gå tillbaka, ladda om sidan och försök igen.
problem-unreadable = Formuläret kunde inte läsas
problem-unreadable-next = Inget har sparats. Gå tillbaka och försök igen.
problem-too-large = Filen är för stor
problem-too-large-next = Inget har lästs in. Dela filen i två och läs in en del i taget.
problem-not-allowed = Du har inte behörighet till detta
problem-not-allowed-next = Fråga den som ansvarar för användarna hos er.
problem-failed = Något gick fel hos oss
problem-failed-next = Det du redan hade sparat är tryggt. Försök igen. Händer det igen, säg till riksförbundet.

## The second factor
factor-title = En kod utöver lösenordet
factor-lead = En app i telefonen visar en kod som byts varje halvminut. Då kommer den som har sett ditt lösenord ändå inte in.
factor-mandatory = Du behöver den innan du kan gå vidare.
factor-step-app = Öppna en app för koder i telefonen. Har du ingen är Aegis, 2FAS och telefonens egen lösenordsapp gratis.
factor-step-picture = Låt appen ta den här bilden.
factor-picture = Bild till appen
factor-by-hand = Jag kan inte ta en bild: det här skrivs in i appen
factor-code = Koden som appen visar nu
factor-code-hint = Sex siffror.
factor-button = Använd kod från och med nu
error-factor-code = Koden stämmer inte. Vänta på nästa och skriv den
factor-codes-title = Tio koder på papper
factor-codes-lead = Om telefonen kommer bort släpper en av de här in dig. Var och en fungerar en gång. De visas bara nu: skriv ut dem eller skriv av dem, och lägg dem någon annanstans än vid datorn.
factor-codes-print = Skriv ut dem
factor-codes-next = Jag har dem på papper
login-code = Kod från appen
login-code-hint = Lämna fältet tomt om du inte har någon app, eller använder en nyckel. Är telefonen borta, skriv en av koderna på papper.
error-login = Användarnamnet, lösenordet eller koden stämmer inte
done-clock = Telefonens eller datorns klocka går en halv minut fel eller mer: koden var gammal. Låt nätet ställa båda.
done-by-paper = Du kom in med en av koderna på papper. Är telefonen borta, ställ in den nya under Inställningar.

## Passkeys
passkeys-title = Nycklar i stället för kod
passkeys-text = Med en nyckel (passkey) rör du vid fingeravtrycksläsaren, telefonen eller en säkerhetsnyckel i stället för att skriva en kod när du loggar in. Ingen kan lura den av dig.
passkeys-code-first = Ställ in koden vid sidan av lösenordet först: det är den som släpper in dig när nyckeln inte är till hands.
passkeys-elsewhere = Nycklar fungerar bara på den här adressen:
passkeys-add = Lägg till en nyckel
passkeys-added = Tillagd { $ago }.
passkeys-remove = Ta bort
passkey-add-title = Lägg till en nyckel
passkey-add-lead = Tryck på knappen och gör det som webbläsaren ber dig om. Nyckeln kan ligga på den här datorn, på telefonen eller på en säkerhetsnyckel.
passkey-back = Tillbaka till inställningarna
passkey-name = Vad du kallar den
passkey-name-hint = Så att du känner igen den, till exempel ”Min telefon”.
passkey-add-button = Gör nyckeln
passkey-use-title = Använd din nyckel
passkey-use-lead = Lösenordet är rätt. Tryck på knappen och gör det som webbläsaren ber dig om.
passkey-use-button = Använd nyckeln
passkey-with-code = Logga in med en kod i stället
passkey-no-script = Skript är avstängda i den här webbläsaren, och en nyckel behöver det. Logga in med en kod.
passkey-unable = Den här webbläsaren kan inte använda nycklar. Uppdatera den, eller logga in med en kod.
passkey-failed = Webbläsaren gav ingen nyckel. Försök en gång till, eller använd en kod.
done-passkey-added = Nyckeln är tillagd. Lämna fältet för koden tomt nästa gång du loggar in.
done-passkey-removed = Nyckeln är borttagen. Du är utloggad överallt annars.
error-passkey = Nyckeln godtogs inte. Logga in på nytt, eller skriv en kod
error-passkey-elsewhere = Nycklar fungerar inte på den här adressen. Skriv koden från appen

## One's own sign-ins
sessions-title = Var du är inloggad
sessions-limits = En inloggning upphör av sig själv efter { $idle } utan användning, och efter { $longest } i alla fall.
sessions-here = Den här webbläsaren
sessions-since = Inloggad { $ago }.
sessions-used = Senast använd { $ago }.
sessions-end = Logga ut där
sessions-end-others = Logga ut överallt annars
sessions-end-text = Finns det en som du inte känner igen, eller en dator som andra använder? Ange ditt lösenord och logga ut där.
sessions-password = Ditt lösenord
done-sessions-ended = Utloggad där. Den som sitter där måste logga in igen.
browser-on = { $browser } på { $system }
browser-unknown-on = En webbläsare på { $system }
browser-unknown = En webbläsare som inte säger vilken den är

## The page of components
design-title = Byggstenarna
design-lead = Allt som skärmarna är uppbyggda av, på ett ställe.
design-back = Tillbaka till startsidan
design-buttons = Knappar
design-button-primary = Det viktigaste
design-button-other = Något annat
design-button-danger = Radera
design-button-link = En länk som knapp
design-lights = Lampan
design-light-sent = Allt är skickat för två minuter sedan
design-light-waiting = Tre ändringar väntar på nät
design-light-refused = En ändring avvisades
design-form = Formulär
design-name = Namn
design-name-hint = Som det står i passet.
design-email = E-post
design-choice = Välj en
design-roles = Roller
design-one = Bara en av dessa
design-note = Anteckning
design-file = Fil
design-file-hint = En lista från Excel, sparad som CSV.
design-notices = Meddelanden
design-notice-info = Värt att veta
design-notice-success = Sparat
design-notice-warning = Se över det här
design-notice-error = Det här gick inte
design-notice-sentence = En mening säger vad det gäller och vad du kan göra.
design-table = Tabell
design-tags = Märken
design-tag = Ett märke
design-summary = Översikt
design-compare = Sida vid sida
design-compare-here = Det här ser ni
design-compare-there = Det här ser de andra
design-search = Sök
design-search-label = Sök efter namn
design-empty = När det är tomt
design-empty-title = Ingen här än
design-empty-sentence = Lägg till den första, så visas listan här.

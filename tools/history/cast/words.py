"""What people write in the made-up history: leads in forms, sales in notes, marketing in reviews."""

REQUESTS = {
    False: (
        "We lose about a third of our web enquiries between the two teams. Could someone show us how you stop that?",
        "Can you call me before noon? I am in meetings from then on.",
        "Looking for something to replace the spreadsheet we use to hand leads to our three sales offices.",
        "Saw your webinar last week. We are 12 people in sales and 4 in marketing. Is that too small for you?",
        "Our CRM consultant says this can't be done without a year-long project. Prove him wrong please :)",
        "Need a quote for 40 users, decision by end of quarter.",
        "Do you have a reference customer in cold storage or food logistics? If so I'd like to talk to them first.",
        "Hi, following up on the call with your colleague in spring. Budget is approved now.",
        "Two questions: where is the data kept, and can we sign in with our own identity provider?",
        "We're comparing you with two others. A 30 minute demo with my operations manager would be great. "
        "Thursdays are best.\n\nThanks\nsent from my phone",
        "please call. we have a new sales director and she wants numbers on how fast we respond.",
        "Is there a version for partners? Half our leads go to distributors and we never hear what became of them.",
        "Would like pricing. The page with prices does not load in our office.",
        "We had a bad year with agencies sending us anything that has a pulse. How does your scoring work?",
        "Just a rough figure is fine for now. About 300 leads a month, 6 reps.",
        "Can one of your team join our steering meeting on the 14th? Remote is fine.",
    ),
    True: (
        "Bei uns bleiben Anfragen von der Webseite oft tagelang liegen. Wie schnell wären Sie bei uns im Einsatz?",
        "Bitte um Rückruf, am besten zwischen 9 und 11 Uhr. Es geht um etwa 25 Arbeitsplätze.",
        "Wir suchen einen Ersatz für unsere Excel-Liste. Vertrieb sitzt in Kassel und Graz, Marketing in München.",
        "Guten Tag, können Sie uns ein Angebot für 15 Nutzer machen? Entscheidung fällt noch in diesem Quartal.",
        "Haben Sie Referenzen aus dem Maschinenbau? Unser Betriebsrat fragt außerdem, was über einzelne "
        "Mitarbeiter ausgewertet wird.",
        "Ihr Webinar war gut, aber die Hälfte meiner Fragen blieb offen. Rufen Sie mich bitte an.",
        "Wo liegen die Daten? Wir dürfen nur in der EU speichern.",
        "Kurze Frage vorab: Läuft das mit unserem CRM zusammen oder müssen wir alles doppelt pflegen?",
        "Wir vergleichen drei Anbieter. Eine Vorführung kommende Woche wäre schön, donnerstags bin ich nicht da.",
        "Neue Vertriebsleitung, neue Wünsche... Bitte melden Sie sich, dann erkläre ich es in fünf Minuten.",
        "Interessant. Was kostet das ungefähr bei 200 Anfragen im Monat?",
    ),
}
"""What leads write into the form, in German or not."""
CALLS = {
    "reached": (
        "Nice call. They rebuild sales from January, three vendors on the list, we are second to present.",
        "Hat Interesse, braucht aber den Segen der IT. Schickt mir die Fragen bis Freitag.",
        "Spoke for 20 min. Pain is real: 4 days until first call today. Wants the handover demo with his COO.",
        "Will be the one who decides. Asked twice about the contract length, prefers monthly.",
        "War kurz angebunden, aber freundlich. Neuer Anlauf nach der Messe.",
        "She knows the product from her last company. Easy conversation, send the rollout plan.",
        "Two offices, one CRM per country (!). Needs to see that first.",
        "Budget steht, Geschäftsführer unterschreibt selbst. Angebot für 25 Plätze zugesagt.",
    ),
    "no_answer": (
        "",
        "Rang out.",
        "Nobody picks up, tried reception as well.",
        "Keiner da.",
        "No luck, will try at 4.",
    ),
    "left_message": (
        "Left a message on the machine, with my mobile number.",
        "Assistentin richtet es aus.",
        "Spoke to reception. She calls back after lunch.",
    ),
    "wrong_number": ("Number belongs to a bakery.", "Nummer existiert nicht, Mail geschrieben."),
}
"""What sales notes of a contact, by its outcome."""
NOTES = (
    "Met her at the fair in Hanover two years ago, at that time for another company.",
    "Careful: their purchasing insists on paper orders.",
    "Kennt Jonas noch aus der Ausbildung, am besten er ruft an.",
    "Asked for the data processing agreement. Sent on the same day.",
    "The CFO is on holiday until Monday and nothing moves before.",
    "Nicht vor 10 Uhr anrufen.",
    "Competes with one of our customers in the north. No names of references from there!",
    "Prefers e-mail. Long ones, with numbers.",
    'They call a lead an "Anfrage" and an MQL a "heiße Anfrage". Use their words on the slides.',
    "Wants to know who else sees the notes. Told him: both teams.",
)
"""What staff writes down of a lead."""
RETURNS = {
    "bad_timing": (
        "Budget is frozen until their new year starts.",
        "Umzug der Fertigung bis Frühjahr, vorher geht nichts.",
        "Just signed with someone else for twelve months. Wants to look again then.",
    ),
    "bad_fit": (
        "A consultancy that looks for a partner programme.",
        "Only wants leads, does not sell anything himself.",
    ),
    "not_qualified": (
        "Student project, but the professor may be worth a call some day.",
        "Liest sich nur ein, kein Projekt. Gern weiter mit dem Newsletter.",
        "Nice person, no need yet. They have 10 enquiries a month.",
    ),
    "unreachable": ("Four calls, two mails, nothing.", "Dreimal versucht, zu verschiedenen Zeiten."),
    "wrong_person": ("Speaks French only, I do not.", "Old customer of Tess, she should have it."),
}
"""What sales says when it gives a lead back, by the reason."""
REASONS = (
    "Nobody has called them since they asked. Please do it today.",
    "Bitte übernehmen, der Kollege ist beim Kunden.",
    "Lies around for too long, and it is a good one.",
)
"""Why a manager gives a lead to somebody else."""
LOST = (
    "Went with the vendor of their CRM, because it comes at no extra cost.",
    "Project stopped by the new owner.",
    "Zu teuer, haben intern etwas gebaut.",
    "No decision after three meetings.",
)
AMOUNTS = ("18,400 EUR", "7200 EUR", "36k EUR", "54,000 EUR", "12.960 EUR", "$22,500", "96,000 EUR", "9,900 EUR")
REVIEWS = {
    "bad_timing": ("Said on the phone that the project starts after the summer.", "Neues Geschäftsjahr abwarten."),
    "bad_fit": (
        "A recruiter who sells to us.",
        "Student, schreibt eine Arbeit über Lead Management.",
        "Is a competitor.",
    ),
    "not_ready": ("Reads a lot, asks nothing. Let us send the webinar first.", "Noch kein Projekt erkennbar."),
}
"""Why marketing decides as it does, by the verdict."""
ANSWERS = {
    "budget": ("40,000", "15.000 EUR", "60k", "about 25,000 EUR", "12000"),
    "authority": ("decides", "recommends to the board", "entscheidet mit dem Geschäftsführer", "decides with the COO"),
    "need": (
        "slow handover",
        "leads get lost between two offices",
        "no idea which campaign pays",
        "Wiedervorlagen fehlen",
    ),
    "timeline": ("this quarter", "by March", "vor der Messe im April", "as soon as possible", "Q1"),
}
"""What sales learns of budget, authority, need and timeline."""
DISTRUSTED = (
    "CHEAP SEO!!! 1000 backlinks for 9$ -> reply YES",
    "Dear Sir, I represent a family of investors and have a proposal of mutual benefit.",
    "Hello, I can place your advert in our directory of leading suppliers. Price list attached",
    "win win win",
)
"""What robots write."""

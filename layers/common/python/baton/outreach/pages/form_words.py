"""The words of the pages that visitors of a website see, in six languages."""

from typing import NamedTuple


class FormWords(NamedTuple):
    """The sentences of one language; `labels` are the names of the usual fields."""

    thanks: str
    got_it: str
    reference: str
    again: str
    mend: str
    needed: str
    address: str
    unread: str
    send: str
    not_now: str
    wait: str
    failed: str
    go_back: str
    too_long: str
    labels: dict[str, str]


_FIELDS = ("email", "first_name", "last_name", "title", "company", "phone", "country", "message")


def _labels(*words: str) -> dict[str, str]:
    return dict(zip(_FIELDS, words, strict=True))


WORDS = {
    "en": FormWords(
        "Thank you",
        "We have got it.",
        "Your reference",
        "Please have another look",
        "Correct what is marked and send it again.",
        "This is needed. Please fill it in.",
        "This is not an address that mail could reach. Write it like name@company.com.",
        "This could not be read. Please write it in another way.",
        "Send again",
        "Not just now",
        "Nothing is lost: send it again in a moment.",
        "That did not work",
        "Please go back and try again.",
        "It is too long. Please go back, shorten the longest answer and send no file.",
        _labels("E-mail", "First name", "Last name", "Job title", "Company", "Phone", "Country", "Message"),
    ),
    "de": FormWords(
        "Vielen Dank",
        "Ihre Nachricht ist angekommen.",
        "Ihr Zeichen",
        "Bitte sehen Sie noch einmal hin",
        "Berichtigen Sie, was markiert ist, und senden Sie es noch einmal.",
        "Diese Angabe fehlt. Bitte füllen Sie sie aus.",
        "An diese Adresse kann keine E-Mail gehen. Schreiben Sie sie wie name@firma.de.",
        "Das war nicht zu lesen. Bitte schreiben Sie es anders.",
        "Noch einmal senden",
        "Gerade geht es nicht",
        "Es ist nichts verloren: Senden Sie es gleich noch einmal.",
        "Das hat nicht geklappt",
        "Bitte gehen Sie zurück und versuchen Sie es noch einmal.",
        "Das ist zu lang. Bitte gehen Sie zurück, kürzen Sie die längste Angabe und senden Sie keine Datei.",
        _labels("E-Mail", "Vorname", "Nachname", "Position", "Firma", "Telefon", "Land", "Nachricht"),
    ),
    "fr": FormWords(
        "Merci",
        "Nous avons bien reçu votre message.",
        "Votre référence",
        "Merci de vérifier",
        "Corrigez ce qui est signalé et envoyez-le à nouveau.",
        "Ce champ est nécessaire. Merci de le remplir.",
        "Aucun message ne peut arriver à cette adresse. Écrivez-la comme nom@societe.fr.",
        "Nous n’avons pas pu lire ceci. Merci de l’écrire autrement.",
        "Envoyer à nouveau",
        "Pas pour le moment",
        "Rien n’est perdu : envoyez-le à nouveau dans un instant.",
        "Cela n’a pas fonctionné",
        "Merci de revenir en arrière et de réessayer.",
        "C’est trop long. Revenez en arrière, raccourcissez la plus longue réponse et n’envoyez pas de fichier.",
        _labels("E-mail", "Prénom", "Nom", "Fonction", "Société", "Téléphone", "Pays", "Message"),
    ),
    "es": FormWords(
        "Gracias",
        "Hemos recibido su mensaje.",
        "Su referencia",
        "Por favor, revíselo",
        "Corrija lo que está marcado y envíelo de nuevo.",
        "Este dato es necesario. Por favor, rellénelo.",
        "Ningún correo puede llegar a esta dirección. Escríbala como nombre@empresa.es.",
        "No hemos podido leerlo. Por favor, escríbalo de otra manera.",
        "Enviar de nuevo",
        "Ahora no es posible",
        "No se ha perdido nada: envíelo de nuevo dentro de un momento.",
        "No ha funcionado",
        "Por favor, vuelva atrás e inténtelo de nuevo.",
        "Es demasiado largo. Vuelva atrás, acorte la respuesta más larga y no envíe archivos.",
        _labels("Correo electrónico", "Nombre", "Apellidos", "Cargo", "Empresa", "Teléfono", "País", "Mensaje"),
    ),
    "it": FormWords(
        "Grazie",
        "Abbiamo ricevuto il suo messaggio.",
        "Il suo riferimento",
        "La preghiamo di controllare",
        "Corregga ciò che è segnato e lo invii di nuovo.",
        "Questo dato è necessario. La preghiamo di inserirlo.",
        "Nessuna e-mail può arrivare a questo indirizzo. Lo scriva come nome@azienda.it.",
        "Non siamo riusciti a leggerlo. La preghiamo di scriverlo in un altro modo.",
        "Invia di nuovo",
        "Non in questo momento",
        "Non è andato perso nulla: lo invii di nuovo tra un momento.",
        "Non ha funzionato",
        "La preghiamo di tornare indietro e riprovare.",
        "È troppo lungo. Torni indietro, accorci la risposta più lunga e non invii file.",
        _labels("E-mail", "Nome", "Cognome", "Ruolo", "Azienda", "Telefono", "Paese", "Messaggio"),
    ),
    "nl": FormWords(
        "Bedankt",
        "We hebben uw bericht ontvangen.",
        "Uw kenmerk",
        "Kijk het nog eens na",
        "Verbeter wat gemarkeerd is en verstuur het opnieuw.",
        "Dit is nodig. Vul het in.",
        "Op dit adres kan geen e-mail aankomen. Schrijf het als naam@bedrijf.nl.",
        "Dit konden we niet lezen. Schrijf het anders.",
        "Opnieuw versturen",
        "Nu even niet",
        "Er is niets verloren: verstuur het zo meteen opnieuw.",
        "Dat is niet gelukt",
        "Ga terug en probeer het opnieuw.",
        "Het is te lang. Ga terug, kort het langste antwoord in en stuur geen bestand.",
        _labels("E-mail", "Voornaam", "Achternaam", "Functie", "Bedrijf", "Telefoon", "Land", "Bericht"),
    ),
}


def language_of(accepted: str) -> str:
    """Returns the first language of an `Accept-Language` header that there are words in, such as `de`; else `en`."""
    wanted = (each.partition(";")[0].strip().partition("-")[0].lower() for each in accepted[:200].split(","))
    return next((each for each in wanted if each in WORDS), "en")

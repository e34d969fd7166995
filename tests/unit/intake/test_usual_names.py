"""The one table of usual names: what exports, tools, spreadsheets and page builders call Baton's fields."""

import random
from collections import Counter

import pytest

from baton.intake.names.usual_names import USUAL_NAMES, name_key, usual_field, usual_field_among, usual_rank

NAMES = {
    "HubSpot": {
        "First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone Number": "phone",
        "Job Title": "title", "Company Name": "company", "Country/Region": "country", "State/Region": "region",
        "Number of Employees": "employees", "Annual Revenue": "revenue", "Unsubscribed from all email": "opt_out",
        "Preferred language": "language", "Original Traffic Source": "source", "hs_email_optout": "opt_out",
        "numemployees": "employees", "0-1/email": "email", "0-2/name": "company", "Record ID": None,
        "Contact owner": None, "Create Date": None,
    },
    "Salesforce, report": {
        "Salutation": "salutation", "Title": "title", "Company / Account": "company", "Lead Source": "source",
        "Account Name": "company", "Email Opt Out": "opt_out", "Mobile": "phone", "No. of Employees": "employees",
        "Lead Owner": None, "Street": None, "Mailing Country": "country",
    },
    "Salesforce, Data Loader": {
        "FIRSTNAME": "first_name", "LASTNAME": "last_name", "NUMBEROFEMPLOYEES": "employees",
        "HASOPTEDOUTOFEMAIL": "opt_out", "LEADSOURCE": "source", "ACCOUNT.NAME": "company", "Budget__c": "budget",
        "COUNTRYCODE": "country", "MOBILEPHONE": "phone", "ID": None, "ISCONVERTED": None,
    },
    "Pipedrive": {
        "Person - Name": "full_name", "Person - Email - Work": "email", "Person - Phone - Mobile": "phone",
        "Person - Organization": "company", "Person - Job title": "title", "Person - Marketing status": "consent",
        "Lead - Title": None, "Organization - Name": "company", "Deal - Title": None,
    },
    "Mailchimp": {
        "Email Address": "email", "FNAME": "first_name", "LNAME": "last_name", "OPTIN_TIME": "consent",
        "UNSUB_TIME": "opt_out", "MEMBER_RATING": None, "MMERGE3": None, "LEID": None,
    },
    "Apollo and ZoomInfo": {
        "# Employees": "employees", "Work Direct Phone": "phone", "Company Country": "company_country",
        "Company HQ Phone": "phone", "Direct Phone Number": "phone", "Primary Industry": "industry",
        "Employee Range": "employees", "Revenue Range (in USD)": "revenue", "Person State": "region",
        "Email Status": None, "Person Linkedin Url": None, "Company City": None,
    },
    "LinkedIn and Google Ads": {
        "First name": "first_name", "Work email": "email", "Company name": "company", "Full Name": "full_name",
        "User Email": "email", "User Phone": "phone", "Lead submit time": "at", "FULL_NAME": "full_name",
        "PHONE_NUMBER": "phone", "Form Name": None, "Campaign Name": "campaign", "Creative ID": None,
    },
    "Dynamics, Marketo and Zoom": {
        "Business Phone": "phone", "Do not allow Emails": "opt_out", "(Do Not Modify) Lead": None,
        "Unsubscribed": "opt_out", "Person Source": "source", "Num Employees": "employees",
        "User Name (Original Name)": "full_name", "Join Time": "at", "Country/Region Name": "country",
        "Organization": "company", "Leave Time": None, "Attended": None,
    },
    "German": {
        "Vorname": "first_name", "Nachname": "last_name", "E-Mail-Adresse": "email", "Straße": None,
        "Position im Unternehmen": "title", "Größe des Unternehmens": None, "Unternehmensgröße": "employees",
        "Anzahl Mitarbeiter": "employees", "Anzahl Beschäftigte": "employees", "Telefon (geschäftlich)": "phone",
        "Ihre E-Mail": "email", "Ihre Nachricht": "message", "Anrede": "salutation", "Firma": "company",
        "Bundesland": "region", "Jahresumsatz": "revenue", "Datum/Uhrzeit": "at", "Branche": "industry",
    },
    "French": {
        "Prénom": "first_name", "Nom": "last_name", "Adresse e-mail": "email", "Société": "company",
        "Numéro de téléphone": "phone", "Pays": "country", "Chiffre d'affaires": "revenue",
        "Nombre de salariés": "employees", "Secteur d’activité": "industry", "Votre message": "message",
        "Désabonné": "opt_out", "Civilité": "salutation", "Date d'envoi": "at", "Fonction": "title",
    },
    "Spanish": {
        "Nombre": "first_name", "Apellidos": "last_name", "Correo electrónico": "email", "Teléfono": "phone",
        "País": "country", "Empresa": "company", "Nº de empleados": "employees", "Número de empleados": "employees",
        "Facturación": "revenue", "Cargo": "title", "Tu correo": "email", "Fecha y hora": "at",
        "Nombre y apellidos": "full_name", "Dado de baja": "opt_out", "Campaña": "campaign",
    },
    "Other languages": {
        "メールアドレス": "email", "氏名": "full_name", "Imię": "first_name", "Cognome": "last_name",
        "E-posta": "email",
        "Naam": "full_name",
        "Empresa / Nome": "company",
    },
    "page builders": {
        "form_fields[email]": "email", "form_fields[First-Name]": "first_name", "your-email": "email",
        "your-name": "full_name", "your-message": "message", "First-Name": "first_name", "Email-2": "email",
        "mauticform[f_name]": "first_name", "contact[orgname]": "company", "data[Lead][email]": "email",
        "q3_email": "email", "q4_name[first]": "first_name", "q4_name[last]": "last_name",
        "et_pb_contact_email_0": "email", "et_pb_contact_message_0": "message", "email-1": "email",
        "Name (First)": "first_name", "Email *": "email", "yourEmail": "email", "contact.email": "email",
        "properties.job_title": "title", "page.title": None, "product[title]": None, "your-subject": None,
        "form_fields[newsletter]": "consent", "item_meta[25]": None, "Contact date": None,
        "email-914": "email", "tel-387": "phone", "text-245": None, "g12-email": "email", "g2-name": "full_name",
        "input_email": "email", "txtEmail": "email", "inputPhone": "phone", "input_1": None,
        "Contact number": "phone", "Mobile No.": "phone", "Contact person": "full_name",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "field"),
    [pytest.param(name, field, id=f"{tool}: {name}") for tool, names in NAMES.items() for name, field in names.items()],
)
def test_a_usual_name_means_its_field_and_any_other_name_means_none(name: str, field: str | None) -> None:
    assert usual_field(name) == field


def test_the_table_has_each_name_once_and_as_it_is_compared() -> None:
    names = [name for of_field in USUAL_NAMES.values() for name in of_field.split()]
    assert [name for name in names if name != name_key(name)] == []
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_a_field_name_of_baton_means_its_own_field() -> None:
    assert {field for field in USUAL_NAMES if usual_field(field) != field} == set()


def test_a_plain_name_fits_better_than_one_with_more_around_it() -> None:
    names = ["Person - Email - Other", "Personal email", "Work Email", "form_fields[email]", "Email"]
    ranked = sorted(names, key=usual_rank)
    assert ranked == ["Email", "form_fields[email]", "Work Email", "Personal email", "Person - Email - Other"]


def test_only_a_field_that_the_caller_takes_is_found() -> None:
    assert usual_field_among({"email", "title"}, "name", "job_title") == "title"
    assert usual_field_among({"email"}, "name") is None
    assert usual_field_among({"email"}) is None


def test_any_name_is_read_and_a_field_found_again_by_its_key() -> None:
    draw = random.Random(12)
    pieces = [*"[]./:()-_ *#'’0129", "your", "email", "E-Mail", "Größe", "İ", "ß", "ﬁ", "\ud800", "q3_", "0-2/", "__c"]
    for _ in range(10_000):
        name = "".join(draw.choices(pieces, k=draw.randint(0, 12)))
        assert name_key(name_key(name)) == name_key(name)
        assert usual_field(name) in {None, *USUAL_NAMES}
        usual_rank(name)


def test_a_hostile_name_is_looked_at_only_as_far_as_names_go() -> None:
    assert usual_field("(" * 1_000_000) is None
    assert usual_field("your-" * 300_000 + "email") is None

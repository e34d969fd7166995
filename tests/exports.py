"""Small look-alikes of what tools and spreadsheets export: invented people, example domains, the tools' own headers."""

from dataclasses import dataclass, field
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """A file as a tool gives it, what is said of it beforehand, and what becomes of its lines.

    `leads` has for each accepted line what is known by it, and `why` what is said of other lines or of cells.
    """

    text: str
    leads: list[Facts]
    terms: dict[str, Any] = field(default_factory=dict)
    why: tuple[str, ...] = ()
    encoding: str = "utf-8"

    @property
    def file(self) -> bytes:
        return self.text.encode(self.encoding)


HUBSPOT = Export(
    '"Record ID","First Name","Last Name","Email","Phone Number","Mobile Phone Number","Contact owner","Job Title",'
    '"Company Name","Number of Employees","Country/Region","State/Region","Preferred language","Create Date",'
    '"Unsubscribed from all email","Original Traffic Source","Message","Last Activity Date"\n'
    '"101","Ana","Ruiz","Ana.Ruiz@example.com","","+49 30 5550199","Sam Lee","Head of IT","Acme GmbH","120",'
    '"Germany","Bavaria","German","2026-10-02 09:15","No","Organic Search","We look for a CRM.","2026-11-20 10:00"\n'
    '"102","Bo","Li","bo.li@example.org","n/a","","","","Globex","","","","","2019-03-01 12:00","Yes",'
    '"Offline Sources","",""\n',
    [
        {
            "email": "ana.ruiz@example.com",
            "first_name": "Ana",
            "last_name": "Ruiz",
            "title": "Head of IT",
            "company": "Acme GmbH",
            "employees": 120,
            "phone": "+49 30 5550199",
            "source": "organic-search",
            "message": "We look for a CRM.",
            "opted_out": None,
            "at": None,
            "region": "Bavaria",
        },
        {"email": "bo.li@example.org", "company": "Globex", "opted_out": True, "source": "offline-sources"},
    ],
)
SALESFORCE_REPORT = Export(
    '"First Name","Last Name","Title","Company / Account","Email","Phone","Mobile","Lead Source","Country","Rating",'
    '"Email Opt Out","Street"\n'
    '"Jürgen","Groß","Geschäftsführer","Müller & Söhne KG","j.gross@example.com","+49 (0)89 5550123","",'
    '"Trade Show","Germany","Hot","0","Hauptstraße 1"\n'
    '"Eve","Adams","","Initech","eve@example.net","","+1 415 555 0100","Partner Referral","United States","","1",""\n'
    "\n"
    '"Leads with Source"\n'
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
    '"Confidential Information - Do Not Distribute"\n',
    [
        {"last_name": "Groß", "company": "Müller & Söhne KG", "source": "trade-show", "opted_out": None},
        {"phone": "+1 415 555 0100", "source": "partner-referral", "opted_out": True},
    ],
    why=("email (column 5) is needed",) * 3,
    encoding="windows-1252",
)
SALESFORCE_DATA_LOADER = Export(
    '"ID","SALUTATION","FIRSTNAME","LASTNAME","TITLE","COMPANY","EMAIL","PHONE","COUNTRYCODE","STATE","LEADSOURCE",'
    '"NUMBEROFEMPLOYEES","ANNUALREVENUE","HASOPTEDOUTOFEMAIL","BUDGET__C","CREATEDDATE"\n'
    '"00Q5e00000AbCdEFGH","Mr.","Tom","Hale","CTO","Hooli","tom.hale@example.com","","US","CA","Web","120",'
    '"1.5E7","false","","2026-11-02T14:33:00.000Z"\n',
    [
        {
            "title": "CTO",
            "country": "US",
            "region": "CA",
            "employees": 120,
            "revenue": 15_000_000,
            "source": "web",
            "opted_out": None,
            "at": None,
        }
    ],
)
PIPEDRIVE = Export(
    '"Person - Name","Person - Organization","Person - Email - Work","Person - Email - Home","Person - Phone - Work",'
    '"Person - Marketing status","Person - Label","Person - Person created","Person - ID"\n'
    '"Ana Ruiz","Acme","ana@example.com, ana.ruiz@example.org","","+34 91 555 01 99","Subscribed","Hot",'
    '"2026-11-02 14:33:00","7"\n'
    '"Bo Li","","","bo@example.org","","Unsubscribed","","2026-11-02 14:33:00","8"\n'
    '"Cy Young","","","","","No consent","","2026-11-02 14:33:00","9"\n',
    [
        {
            "email": "ana@example.com",
            "first_name": "Ana",
            "last_name": "Ruiz",
            "company": "Acme",
            "consents": {"newsletter": "imported"},
        },
        {"email": "bo@example.org", "opted_out": True, "consents": {}},
    ],
    why=("email (column 3): all of its addresses but the first", "email (column 3) is needed"),
)
MAILCHIMP = Export(
    '"Email Address","First Name","Last Name","Address","Phone Number","MEMBER_RATING","OPTIN_TIME","OPTIN_IP",'
    '"CONFIRM_TIME","CONFIRM_IP","LATITUDE","LONGITUDE","GMTOFF","DSTOFF","TIMEZONE","CC","REGION","LAST_CHANGED",'
    '"LEID","EUID","NOTES","TAGS"\n'
    '"ana@example.com","Ana","Ruiz","","","2","2026-05-11 08:00:12","","2026-05-11 08:00:12","192.0.2.1","52.5",'
    '"13.4","1","2","Europe/Berlin","DE","BE","2026-10-10 10:10:10","123","0a1b2c3d4e","","""webinar"""\n',
    [{"first_name": "Ana", "region": "BE", "country": "DE", "consents": {"newsletter": "imported"}, "at": None}],
    {"mapping": {"CC": "country"}},
)
MAILCHIMP_UNSUBSCRIBED = Export(
    '"Email Address","First Name","Last Name","MEMBER_RATING","OPTIN_TIME","UNSUB_TIME","UNSUB_CAMPAIGN_TITLE",'
    '"UNSUB_CAMPAIGN_ID","UNSUB_REASON","UNSUB_REASON_OTHER","LEID"\n'
    '"bo@example.org","Bo","Li","2","2026-05-11 08:00:12","2026-11-01 07:15:00","November","77","NORMAL","","124"\n',
    [{"email": "bo@example.org", "opted_out": True}],
)
APOLLO = Export(
    "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Seniority,Contact Owner,"
    "Work Direct Phone,Home Phone,Mobile Phone,Corporate Phone,# Employees,Industry,Website,City,State,Country,"
    "Company Country,Company Phone,Technologies,Annual Revenue,Secondary Email\n"
    "Ana,Ruiz,VP Engineering,Acme Inc,Acme,ana@example.com,Verified,Vp,sam@example.com,,,'+49 151 5550199,"
    "'+49 30 5550100,250,information technology & services,https://example.com,Berlin,Berlin,Germany,United States,"
    '\'+1 212 555 0123,"Python, AWS",25000000,ana.ruiz@example.org\n',
    [
        {
            "title": "VP Engineering",
            "company": "Acme Inc",
            "employees": 250,
            "revenue": 25_000_000,
            "phone": "+49 151 5550199",
            "industry": "information technology & services",
            "region": "Berlin",
        }
    ],
)
ZOOMINFO = Export(
    '"ZoomInfo Contact ID","Last Name","First Name","Salutation","Job Title","Management Level","Department",'
    '"Direct Phone Number","Email Address","Mobile phone","Person State","Country","ZoomInfo Company ID",'
    '"Company Name","Website","Company HQ Phone","Revenue (in 000s USD)","Revenue Range (in USD)","Employees",'
    '"Employee Range","Primary Industry","Company Country"\n'
    '"-12345","Ruiz","Ana","","Chief Information Officer","C-Level","IT","","ana@example.com","(415) 555-0100",'
    '"California","United States","77","Acme Inc","example.com","(415) 555-0199","12,500","$10 mil. - $25 mil.",'
    '"1,200","1,000 - 5,000","Software","United States"\n',
    [
        {
            "title": "Chief Information Officer",
            "phone": "(415) 555-0100",
            "region": "California",
            "employees": 1200,
            "industry": "Software",
            "revenue": 12_500_000,
        }
    ],
    {"decimals": "."},
)
LINKEDIN = Export(
    "Lead ID,Form Name,Campaign Name,Account Name,Creative ID,Submitted At,Test Lead,First name,Last name,"
    "Email address,Job title,Company name,Phone number,Country/Region\n"
    'a1b2,Guide 2026,Autumn 2026,Our Ad Account,991,"Nov 2, 2026 14:33",No,Ana,Ruiz,ana@example.com,Head of IT,'
    "Acme,+49 30 5550199,Germany\n"
    'a1b3,Guide 2026,Autumn 2026,Our Ad Account,991,"Nov 2, 2026 14:40",Yes,Test,Lead,test@example.com,Tester,'
    "Our company,,Germany\n",
    [{"company": "Acme", "campaign": "Autumn 2026", "at": "2026-11-02T13:33:00+00:00", "title": "Head of IT"}],
    {"source": "linkedin", "time_zone": "Europe/Berlin", "only": {"Test Lead": "No"}},
    why=("is not meant: column 7 has another value than `only` asks for",),
)
GOOGLE_ADS = Export(
    "Lead ID,Campaign ID,Campaign name,Ad group ID,Form ID,Google Click ID,Lead submit time,Full Name,User Email,"
    "User Phone,Company name,Job title,Country\n"
    "TeSter-1,111,Search DE,222,333,Cj0KCQ,2026-11-02 14:33:05,Ana Ruiz,ana@example.com,+493055501 99,Acme,"
    "Head of IT,DE\n",
    [
        {
            "first_name": "Ana",
            "last_name": "Ruiz",
            "campaign": "Search DE",
            "country": "DE",
            "at": "2026-11-02T14:33:05+00:00",
            "kind": "form_submitted",
        }
    ],
    {"kind": "signals", "constants": {"kind": "form_submitted", "source": "Google Ads"}},
)
DYNAMICS = Export(
    "(Do Not Modify) Lead,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,First Name,Last Name,"
    "Job Title,Company Name,Email,Business Phone,Mobile Phone,No. of Employees,Annual Revenue,Lead Source,Rating,"
    "Status Reason,Country/Region,Do not allow Emails,Created On\n"
    "00000000-aaaa,Zk3=,11/24/2026 9:30 AM,Interested in CRM,Ana,Ruiz,CFO,Acme Ltd,ana@example.com,,"
    '020 7946 0100,"1,200","£1,500,000.00",Seminar,Warm,New,United Kingdom,Allow,11/2/2026 2:33 PM\n'
    "00000000-bbbb,Zk4=,11/24/2026 9:30 AM,Demo,Bo,Li,,,bo@example.org,,,,,,,,,Do Not Allow,11/2/2026 2:33 PM\n",
    [
        {"phone": "020 7946 0100", "employees": 1200, "source": "seminar", "opted_out": None, "revenue": 1_500_000},
        {"email": "bo@example.org", "opted_out": True},
    ],
    {"decimals": "."},
)
MARKETO = Export(
    "Id,First Name,Last Name,Email Address,Job Title,Company Name,Phone Number,Country,Num Employees,Annual Revenue,"
    "Person Source,Unsubscribed,Black Listed,Marketing Suspended,Created At\n"
    "1000001,Ana,Ruiz,ana@example.com,Head of IT,Acme,NULL,Germany,120,5000000,Web Form,false,false,false,"
    "2026-11-02T14:33:00Z\n"
    "1000002,Bo,Li,bo@example.org,,,,,,,List Import,false,true,false,2026-11-02T14:33:00Z\n",
    [{"employees": 120, "revenue": 5_000_000, "source": "web-form", "opted_out": None}, {"opted_out": True}],
)
ZOOM = Export(
    "\ufeffAttendee Report,\n"
    'Report Generated:,"Nov 24, 2026 10:12:33"\n'
    "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users\n"
    '"CRM in practice",812 5550 0199,"Nov 23, 2026 14:00:02",61,3,0,1,1\n'
    "Attendee Details,\n"
    "Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Organization,Job Title,Registration Time,"
    "Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,Source Name\n"
    'Yes,"Ana R.",Ana,Ruiz,ana@example.com,,Acme,Head of IT,"Nov 2, 2026 09:00:00",approved,'
    '"Nov 23, 2026 13:59:10","Nov 23, 2026 15:00:00",60,Yes,"Germany",linkedin,\n'
    'No,"Bo Li",Bo,Li,bo@example.org,,,,"Nov 3, 2026 10:00:00",approved,--,--,--,--,"",,\n',
    [
        {
            "email": "ana@example.com",
            "kind": "webinar_attended",
            "at": "2026-11-23T12:59:10+00:00",
            "first_name": "Ana",
            "company": "Acme",
            "source": "linkedin",
            "title": "Head of IT",
        }
    ],
    {
        "kind": "signals",
        "time_zone": "Europe/Berlin",
        "skip_lines": 5,
        "constants": {"kind": "webinar_attended"},
        "only": {"Attended": "Yes"},
    },
    why=("is not meant: column 1 has another value than `only` asks for",),
)
EXCEL_GERMAN = Export(
    "Anrede;Vorname;Nachname;E-Mail-Adresse;Telefon (geschäftlich);Firma;Position;Land;Anzahl Mitarbeiter;"
    "Jahresumsatz;Budget;Datum;Nachricht;Newsletter\r\n"
    'Frau;Änne;Groß;anne@example.com;"+49 (30) 555-0199";Müller AG;Leiterin Einkauf;Deutschland;1.200;"2.500.000,00";'
    '"12.500,50";02.11.2026 14:33;"Bitte rufen Sie an.\r\nDanke!";ja\r\n',
    [
        {
            "first_name": "Änne",
            "last_name": "Groß",
            "title": "Leiterin Einkauf",
            "employees": 1200,
            "revenue": 2_500_000,
            "budget": "12500.50",
            "at": "2026-11-02T13:33:00+00:00",
            "message": "Bitte rufen Sie an.\nDanke!",
            "consents": {"newsletter": "imported"},
        }
    ],
    {"time_zone": "Europe/Berlin"},
    encoding="windows-1252",
)
EXCEL_UNICODE_TEXT = Export(
    'Vorname\tNachname\tE-Mail\tFirma\tOrt\r\nÄnne\tGroß\tanne@example.com\t"Müller, Söhne & Co."\tKöln\r\n',
    [{"first_name": "Änne", "last_name": "Groß", "company": "Müller, Söhne & Co."}],
    encoding="utf-16",
)
EXCEL_FRENCH = Export(
    "sep=;\r\nCivilité;Prénom;Nom;Adresse e-mail;Numéro de téléphone;Société;Fonction;Pays;Nombre de salariés;"
    "Chiffre d’affaires;Date d’envoi;Message\r\n"
    "Mme;Zoé;Lefèvre;zoe@example.com;01 55 50 01 99;Société Générale d’Exemple;Directrice;France;1 200;"
    "2 500 000,00;02/11/2026 14:33;Bonjour\r\n",
    [
        {
            "first_name": "Zoé",
            "last_name": "Lefèvre",
            "title": "Directrice",
            "employees": 1200,
            "revenue": 2_500_000,
            "at": "2026-11-02T13:33:00+00:00",
            "message": "Bonjour",
        }
    ],
    {"dates": "DD/MM/YYYY", "time_zone": "Europe/Paris"},
    encoding="windows-1252",
)
EXCEL_SPANISH = Export(
    "\ufeffNombre;Apellidos;Correo electrónico;Teléfono;Empresa;Cargo;País;Nº de empleados;Facturación;Fecha;"
    "Comentarios;Dado de baja\r\n"
    "Íñigo;Núñez Ortega;inigo@example.com;+34 915 55 01 99;Ejemplo S.A.;Director;España;1.200;2.500.000,00;"
    "2 nov. 2026;Hola;no\r\n",
    [
        {
            "first_name": "Íñigo",
            "last_name": "Núñez Ortega",
            "company": "Ejemplo S.A.",
            "employees": 1200,
            "at": "2026-11-02T00:00:00+00:00",
            "message": "Hola",
            "opted_out": None,
        }
    ],
)
EXPORTS = {
    "HubSpot": HUBSPOT,
    "Salesforce report": SALESFORCE_REPORT,
    "Salesforce Data Loader": SALESFORCE_DATA_LOADER,
    "Pipedrive": PIPEDRIVE,
    "Mailchimp": MAILCHIMP,
    "Mailchimp, unsubscribed": MAILCHIMP_UNSUBSCRIBED,
    "Apollo": APOLLO,
    "ZoomInfo": ZOOMINFO,
    "LinkedIn Lead Gen": LINKEDIN,
    "Google Ads": GOOGLE_ADS,
    "Dynamics": DYNAMICS,
    "Marketo": MARKETO,
    "Zoom attendees": ZOOM,
    "Excel, German": EXCEL_GERMAN,
    "Excel, Unicode text": EXCEL_UNICODE_TEXT,
    "Excel, French": EXCEL_FRENCH,
    "Excel, Spanish": EXCEL_SPANISH,
}

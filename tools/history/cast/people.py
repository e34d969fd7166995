"""The people of the made-up history: staff, and leads with their companies. Nobody of them is real."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any, NamedTuple

from tools import roster
from tools.roster import Rosters

MARIA, MIA = "maria@baton.example", "mia@baton.example"
SAM, TESS, JONAS, ASTRID = (f"{name}@baton.example" for name in ("sam", "tess", "jonas", "astrid"))
PRIYA, OLAF = "priya@baton.example", "olaf@baton.example"
MONA, ADA = "mona@baton.example", "ada@baton.example"

ROSTERS: Rosters = {
    "sales": {
        **roster.ROSTERS["sales"],
        JONAS: {"capacity": 20, "territories": ["dach"]},
        ASTRID: {"capacity": 20, "territories": ["nordics"], "time_zone": "Europe/Oslo"},
    },
    "enterprise": {PRIYA: {"capacity": 3}, OLAF: {"capacity": 3}, MONA: {"role": "manager"}},
    "marketing": roster.ROSTERS["marketing"],
}


class Company(NamedTuple):
    """A company: its name, the domain of its addresses, its country, industry and number of people."""

    name: str
    domain: str
    country: str
    industry: str
    employees: int


class Person(NamedTuple):
    """Somebody who may become a lead."""

    first_name: str
    last_name: str
    title: str
    company: Company
    email: str
    phone: str

    @property
    def speaks_german(self) -> bool:
        """Tells whether the person writes German."""
        return self.company.country in ("DE", "AT", "CH")

    @property
    def form(self) -> dict[str, str]:
        """Returns what the person types into a form."""
        typed = {"first_name": self.first_name, "last_name": self.last_name, "title": self.title}
        typed |= {"email": self.email, "company": self.company.name, **self._country}
        return typed | ({"phone": self.phone} if self.phone else {})

    @property
    def facts(self) -> dict[str, Any]:
        """Returns what a tool knows of the person and the company."""
        known = {"first_name": self.first_name, "last_name": self.last_name, "title": self.title}
        company = {"company": self.company.name, "industry": self.company.industry}
        return known | company | self._country | {"employees": self.company.employees}

    @property
    def _country(self) -> dict[str, str]:
        return {"country": self.company.country}


_COMPANIES = """
Hartwig Fördertechnik GmbH|hartwig-foerdertechnik|DE|manufacturing|340
Lindner & Söhne Getriebebau KG|lindner-getriebe|DE|manufacturing|180
Brenner Kühllogistik GmbH|brenner-kuehllogistik|DE|logistics|620
Seeblick Hotels AG|seeblick-hotels|CH|hospitality|410
Almtal Molkerei eGen|almtal-molkerei|AT|food|150
Ostwerk Metallbau GmbH|ostwerk-metallbau|DE|manufacturing|95
Kranich Spedition GmbH & Co. KG|kranich-spedition|DE|logistics|780
Tannhof Möbel GmbH|tannhof-moebel|DE|furniture|60
Quellgrund Medizintechnik AG|example.ch|CH|medical devices|520
Falkenried Automotive GmbH|example.net|DE|automotive|1450
Wiesental Druckguss GmbH|wiesental-druckguss|DE|automotive|260
Hafenkante Umschlag GmbH|hafenkante|DE|logistics|330
Donaublick Energie GmbH|donaublick-energie|AT|energy|240
Sonnleitner Verpackungen GmbH|sonnleitner|AT|manufacturing|120
Zeitler Sensorik GmbH|zeitler-sensorik|DE|manufacturing|75
Moorland Biogas GmbH|moorland-biogas|DE|energy|35
Pennine Bearings Ltd|pennine-bearings|GB|manufacturing|210
Harrow & Thistle Ltd|harrow-thistle|GB|retail|90
Castlegate Freight plc|example.co.uk|GB|logistics|1100
Moss Lane Foods Ltd|mosslane-foods|GB|food|300
Blackwater Marine Ltd|blackwater-marine|GB|manufacturing|140
Fernhill Care Group|fernhill-care|GB|health|860
Cedar & Pike Inc.|cedarpike|US|manufacturing|430
Bluestem Cold Storage LLC|bluestem-cold|US|logistics|270
Prairie Rail Services Inc.|prairierail|US|logistics|940
Copper Hollow Tools Inc.|copperhollow|US|manufacturing|65
Lakeshore Dental Supply|lakeshore-dental|US|medical devices|48
Harbor Nine Analytics|harbornine|US|software|28
Fjordkraft Verksted AS|fjordverksted|NO|manufacturing|160
Nordlys Sjømat AS|nordlys-sjomat|NO|food|220
Björkdal Trä AB|bjorkdal-tra|SE|manufacturing|190
Silverån Logistik AB|silveran|SE|logistics|350
Havnegade Shipping A/S|example.dk|DK|logistics|510
Kuura Koneet Oy|kuura-koneet|FI|manufacturing|130
Ateliers Roussel SAS|ateliers-roussel|FR|manufacturing|280
Transports Vignon SARL|transports-vignon|FR|logistics|460
Officine Belmonte S.p.A.|officine-belmonte|IT|automotive|640
Van der Meulen Logistiek B.V.|vdmeulen-logistiek|NL|logistics|390
Polderzicht Zuivel B.V.|polderzicht|NL|food|170
Wawel Precision Sp. z o.o.|wawel-precision|PL|manufacturing|230
Clonmore Packaging Ltd|clonmore|IE|manufacturing|85
Grünfeld Baustoffe GmbH|gruenfeld-baustoffe|DE|construction|310
Ringhoff Antriebe AG|ringhoff-antriebe|DE|automotive|880
Steinbeck Filter GmbH|steinbeck-filter|DE|manufacturing|58
Wolkenstein Textil GmbH|wolkenstein-textil|AT|textiles|105
Bergmoser Seilbahnen AG|bergmoser|CH|manufacturing|200
Elbufer Chemiehandel GmbH|elbufer-chemie|DE|chemicals|145
Rotenfels Maschinenbau GmbH|example.de|DE|manufacturing|420
Talsperre Wasserwerke GmbH|talsperre|DE|utilities|260
Marktplatz Elf GmbH|marktplatz-elf|DE|retail|22
Oakmere School Supplies|oakmere-supplies|GB|retail|40
Tidewell Robotics Inc.|tidewell-robotics|US|manufacturing|55
Redwater Trucking Co.|redwater-trucking|US|logistics|720
Ashgrove Laboratories|ashgrove-labs|IE|pharma|330
Kvarnby Elektronik AB|kvarnby|SE|manufacturing|115
Nørrevang Møbler A/S|norrevang|DK|furniture|70
Pont-Neuf Emballages SA|pontneuf|FR|manufacturing|155
Trentino Ortofrutta Soc. Coop.|trentino-ortofrutta|IT|food|95
Maasoever Havenbedrijf N.V.|example.nl|NL|logistics|1300
Zielona Hala S.A.|zielona-hala|PL|logistics|240
""".strip()
COMPANIES = tuple(
    Company(name, domain if "." in domain else f"{domain}.example", country, industry, int(employees))
    for name, domain, country, industry, employees in (line.split("|") for line in _COMPANIES.splitlines())
)
TARGETS = {
    "Falkenried Automotive GmbH": SAM,
    "Castlegate Freight plc": TESS,
    "Rotenfels Maschinenbau GmbH": SAM,
    "Havnegade Shipping A/S": ASTRID,
    "Maasoever Havenbedrijf N.V.": None,
    "Quellgrund Medizintechnik AG": JONAS,
}
"""The list of target accounts by the companies' names, each with its owner."""
LARGE = (
    Company("Vereinigte Walzwerke SE", "vereinigte-walzwerke.example", "DE", "manufacturing", 8200),
    Company("Transalpina Bahn AG", "transalpina-bahn.example", "CH", "logistics", 5400),
    Company("Great Moor Rail plc", "greatmoor-rail.example", "GB", "logistics", 12500),
    Company("Stadtwerke Nordmark AG", "stadtwerke-nordmark.example", "DE", "utilities", 2600),
    Company("Continental Grocers Inc.", "continental-grocers.example", "US", "retail", 31000),
    Company("Océane Industries SA", "oceane-industries.example", "FR", "manufacturing", 4100),
    Company("Havøy Offshore ASA", "havoy-offshore.example", "NO", "energy", 3300),
    Company("Silesia Steel S.A.", "silesia-steel.example", "PL", "manufacturing", 6700),
)
"""Companies of the enterprise team's size."""
_FIRST_NAMES: Mapping[str, str] = {
    "DE": "Katrin Stefan Ayşe Jürgen Lena Torsten Nadine Heike Malte Birgit Yusuf Carla Dirk Svenja Holger Anja",
    "AT": "Elisabeth Markus Johanna Florian Roswitha",
    "CH": "Reto Sandra Beat Regula Urs",
    "GB": "Eleanor Daniel Fiona Gareth Sunita Oliver Imogen Kwame Hugh Priti",
    "US": "Marcus Kelly Tyrone Dana Hannah Walt Rosa Brett Shawna Luis",
    "NO": "Ingrid Kjetil Silje",
    "SE": "Linnea Oskar Maja",
    "DK": "Mette Rasmus Signe",
    "FI": "Aino Mikko",
    "FR": "Camille Étienne Inès Bastien",
    "IT": "Chiara Luca Paola",
    "NL": "Sanne Bram Joost",
    "PL": "Agnieszka Tomasz Ewa",
    "IE": "Aoife Conor",
}
_LAST_NAMES: Mapping[str, str] = {
    "DE": "Vogt Brand Demir Kessler Hofmann Böhm Kurz Albrecht Ziegler Reuter Öztürk Wendt Marx Seidel Thiel Franke",
    "AT": "Gruber Leitner Pichler Moser Ebner",
    "CH": "Ammann Zürcher Lüthi Hofer Steiner",
    "GB": "Whitcombe Okoro MacRae Pryce Rao Thorne Ashdown Mensah Fairley Patel",
    "US": "Delgado Brennan Banks Kowalski Lee Jensen Whitfield Ortiz McCabe Nguyen",
    "NO": "Solheim Haugen Bakke",
    "SE": "Ekström Nyberg Lindahl",
    "DK": "Kjær Holm Dahl",
    "FI": "Lehtonen Salo",
    "FR": "Perrin Garnier Benali Leroy",
    "IT": "Fontana Moretti Gallo",
    "NL": "Dekker Visser Kuipers",
    "PL": "Nowicka Wrona Mazur",
    "IE": "Brady Daly",
}
_TITLES: Mapping[bool, Sequence[str]] = {
    True: (
        *("Leiterin Vertrieb", "Head of Sales", "Geschäftsführer", "Leiter IT", "Vertriebsassistenz", "CRM-Manager"),
        *("Einkauf", "Leiterin Marketing", "Werkstudent", "Projektmanagerin"),
    ),
    False: (
        *("Head of Operations", "Sales Director", "COO", "IT Manager", "Marketing Lead", "Account Executive"),
        *("Owner", "Revenue Operations Manager", "VP Sales", "Intern", "Buyer"),
    ),
}
HOSTILE = (
    Person(
        "<b>Robert</b>",
        "O'Neil\"><script>alert(1)</script>",
        "{{7*7}} & CEO",
        Company('=HYPERLINK("https://evil.example","Offer")', "bold-and-sons.example", "US", "retail", 12),
        "robert@bold-and-sons.example",
        "+1 202-555-0143",
    ),
    Person(
        "Zoë \u202eneddirrevo\u202c",
        "A" * 60,
        "Head of Averylongjobtitlethatdoesnotendandhasnoplacetobreakinanycolumn",
        Company("Łódź 株式会社 & Co. – «Büro» 🚚", "lodz-buero.example", "PL", "logistics", 77),
        "zoe@lodz-buero.example",
        "+48 22 555 01 99",
    ),
)
"""People whose names are no markup, whatever they look like."""


def people(chance: random.Random) -> Iterator[Person]:
    """Yields people without end: first one of each company, then colleagues of theirs."""
    names = {country: cycle(_full_names(country, chance)) for country in _FIRST_NAMES}
    while True:
        for company in chance.sample(COMPANIES, len(COMPANIES)):
            yield somebody(next(names[company.country]), company, chance)


def _full_names(country: str, chance: random.Random) -> list[str]:
    """Returns each first name with each last name, in the order of chance."""
    found = [f"{first} {last}" for first in _FIRST_NAMES[country].split() for last in _LAST_NAMES[country].split()]
    return chance.sample(found, len(found))


def somebody(name: str, company: Company, chance: random.Random) -> Person:
    """Returns a person of this name at a company."""
    first_name, _, last_name = name.partition(" ")
    titles = _TITLES[company.country in ("DE", "AT", "CH")]
    phone = "".join(str(chance.randrange(10)) if sign == "#" else sign for sign in _PHONES.get(company.country, ""))
    local = f"{first_name}.{last_name}".lower().translate(_ASCII).replace(" ", "-")
    return Person(first_name, last_name, chance.choice(titles), company, f"{local}@{company.domain}", phone)


_PHONES = {"DE": "+49 30 23125 ###", "GB": "+44 20 7946 0###", "US": "+1 312-555-01##", "FR": "+33 1 99 00 ## ##"}
"""Numbers that are given to nobody, kept for films and books."""
_ASCII = str.maketrans(
    {"É": "e", "Ö": "oe", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ş": "s", "é": "e", "è": "e", "æ": "ae", "ø": "o"}
)

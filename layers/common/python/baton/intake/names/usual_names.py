"""The one table of usual names: what exports, tools, spreadsheets and page builders call Baton's fields.

Lists, webhooks and forms all read it. A name is compared without case, accents, and signs between words: `E-Mail`,
`eMail` and `e_mail` are `email`. Of a field's names the earlier ones fit better: `email` before `personalemail`.
"""

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache, lru_cache
from unicodedata import normalize

_MAX_NAME = 200
"""Letters of a name that are looked at; whoever sends a form chooses its length."""
_WORSE = 100

USUAL_NAMES: Mapping[str, str] = {
    "email": """
        email emailaddress mail workemail businessemail emailwork companyemail useremail primaryemail
        contactemail leademail emailaddress1 email1 email1value address1email eaddress attendeeemail registrantemail
        emailadresse mailadresse emailgeschaftlich geschaftlicheemail geschaeftlicheemail dienstlicheemail
        courriel adresseemail adressemail adressedemail adressecourriel adressedemessagerie
        adresseelectronique emailprofessionnel adresseemailprofessionnelle mailprofessionnel
        correo correoelectronico direcciondecorreo direcciondecorreoelectronico direcciondeemail correodetrabajo
        indirizzoemail postaelettronica emailadres enderecodeemail adresemail eposta epost sahkoposti メールアドレス
        personalemail emailhome privateemail emailother""",
    "full_name": """
        fullname name contactname leadname personname yourname nameofcontact attendeename registrantname
        usernameoriginalname nameoriginalname vollername vollstandigername vollstaendigername vornachname
        vornameundnachname vorundnachname vorundzuname namevorname nachnamevorname kontaktname ansprechpartner
        contactperson personadecontacto
        nomcomplet nometprenom prenometnom nomprenom prenomnom nombrecompleto nombreyapellidos nombreyapellido
        apellidosynombre nomecompleto nomecognome volledigenaam naam imieinazwisko 氏名 お名前""",
    "first_name": """
        firstname fname first given givenname namefirst forename christianname firstnames vorname rufname prenom
        nombre nombredepila primernombre nome primeironome voornaam imie fornavn fornamn etunimi""",
    "last_name": """
        lastname lname last surname familyname namelast secondname nachname familienname zuname nom nomdefamille
        apellido apellidos primerapellido cognome sobrenome achternaam nazwisko etternavn efternamn sukunimi""",
    "salutation": """
        salutation courtesytitle nameprefix honorific honorificprefix prefix anrede briefanrede civilite titredecivilite
        tratamiento saludo aanhef""",
    "title": """
        jobtitle title organizationtitle position role jobrole jobposition worktitle currenttitle
        berufsbezeichnung jobtitel stellenbezeichnung funktion rolle positionimunternehmen beruf poste fonction
        intituleduposte titreduposte intitulefonction puesto cargo puestodetrabajo posicion funcion ruolo
        posizione functie functietitel stanowisko stilling""",
    "phone": """
        phone phonenumber phonework workphone businessphone directphone directphonenumber workdirectphone directdial
        userphone contactphone leadphone phone1 phone1value businessphone1 mobile mobilephone mobilephonenumber
        mobilenumber cell cellphone phonemobile telephone telephonenumber telephone1 tel telnumber
        telefon telefonnummer telefonnr telefongeschaftlich telefongeschaeftlich rufnummer durchwahl mobil
        mobiltelefon mobilnummer handy handynummer numerodetelephone telephoneprofessionnel telephonemobile
        telportable portable mobileprofessionnel numdetelephone telefono numerodetelefono telefonodetrabajo
        telefonomovil movil celular cellulare telefone telefoonnummer telefoon nrtelefonu 電話番号
        mobileno phoneno contactnumber contactno homephone phonehome otherphone phoneother
        corporatephone companyphone companyphonenumber companyhqphone""",
    "country": """
        country countrycode countryregion countryname countryregionname countryiso contactcountry personcountry
        mailingcountry mailingcountrycode businesscountryregion businesscountry address1country ipcountry
        land landregion landercode laendercode staat
        herkunftsland pays paysregion codepays pais paisregion codigodepais paese nazione landcode kraj 国""",
    "region": """
        state stateregion stateprovince region province stateorprovince regionname statename statecode mailingstate
        mailingstateprovince personstate contactstate address1stateorprovince bundesland kanton
        departement provincia estado comunidadautonoma regione provincie wojewodztwo""",
    "language": """
        language preferredlanguage languagecode contactlanguage hslanguage preferredlocale locale lang sprache
        bevorzugtesprache korrespondenzsprache langue languepreferee idioma idiomapreferido lingua taal jezyk""",
    "company": """
        company companyname organization organisation organizationname organisationname companyaccount employer
        orgname businessname contactcompany associatedcompany primarycompany leadcompany companyorganization
        companyororganization firma firmenname unternehmen unternehmensname firmaunternehmen arbeitgeber
        organisationsname betrieb societe nomdelasociete nomsociete entreprise nomdelentreprise raisonsociale
        nomdentreprise organisme empresa nombredelaempresa nombreempresa nombredeempresa compania organizacion
        razonsocial azienda nomeazienda ragionesociale societa bedrijf bedrijfsnaam nomedaempresa empresanome 会社名
        foretag yritys virksomhed accountname parentaccount companynameforemails""",
    "industry": """
        industry industrysector sector primaryindustry companyindustry industryname branche wirtschaftszweig
        branchesektor secteur secteurdactivite secteuractivite industrie sectoractividad sectordeactividad industria
        settore bedrijfstak setor branza""",
    "employees": """
        employees numberofemployees noofemployees nofemployees numemployees numofemployees employeecount
        employeescount employeesnumber companysize companyemployees headcount sizeofcompany employeerange
        employeesrange staffcount mitarbeiter anzahlmitarbeiter mitarbeiterzahl mitarbeiteranzahl anzahldermitarbeiter
        anzahlbeschaftigte beschaftigte unternehmensgrosse unternehmensgroesse firmengrosse
        effectif effectifs nombredesalaries nombredemployes tailledelentreprise salaries empleados numerodeempleados
        nodeempleados numerodetrabajadores tamanodelaempresa dipendenti numerodidipendenti aantalmedewerkers
        medewerkers numerodefuncionarios""",
    "revenue": """
        revenue annualrevenue companyrevenue yearlyrevenue turnover annualturnover umsatz
        jahresumsatz umsatzprojahr chiffredaffaires chiffredaffairesannuel chiffreaffaires caannuel ingresos
        ingresosanuales facturacion facturacionanual fatturato fatturatoannuo omzet jaaromzet faturamento
        revenueinusd annualrevenueinusd revenuerange revenuerangeinusd""",
    "company_country": """
        companycountry companyhqcountry accountcountry billingcountry billingcountrycode firmenland
        landdesunternehmens paysdelentreprise paysdelasociete paisdelaempresa""",
    "budget": """budget budgetamount estimatedbudget projectbudget budgetrahmen presupuesto orcamento""",
    "authority": """authority decisionmaker decisionrole entscheider entscheidungsbefugnis decideur decisor""",
    "need": """need needs bedarf besoin besoins necesidad necesidades""",
    "timeline": """
        timeline timeframe purchasetimeframe purchasingtimeframe purchasetimeline buyingtimeframe zeitrahmen
        zeitplan delai echeance calendrier plazo plazodecompra""",
    "message": """
        message comments comment question questions yourmessage messagetext inquiry enquiry
        questionscomments questionsandcomments commentsquestions nachricht mitteilung ihrenachricht
        anmerkung anmerkungen kommentar bemerkung bemerkungen frage fragen
        commentaire commentaires remarque remarques mensaje comentario comentarios pregunta observaciones
        messaggio commenti bericht opmerkingen mensagem""",
    "campaign": """
        campaign campaignname utmcampaign leadcampaign kampagne kampagnenname campagne nomdelacampagne campana
        nombredelacampana""",
    "source": """
        source leadsource utmsource personsource originalsource hsanalyticssource originaltrafficsource
        contactsource leadsourcename sourcename quelle leadquelle herkunft kontaktquelle sourceduprospect
        sourceduelead origine fuente fuentedelprospecto origen procedencia""",
    "channel": "channel",
    "kind": """kind event eventtype eventname activity activitytype activityname""",
    "at": """
        at date time timestamp datetime occurredat activitydate submittedat submitdate submitdateutc submissiondate
        submissiontime submitted submittime leadsubmittime leadsubmissiontime eventdate eventtime entrydate
        jointime firstjoin registrationtime registeredat registrationdate registrationdatetime datum
        zeitpunkt zeitstempel datumuhrzeit eingangsdatum
        dateetheure datedenvoi datedesoumission horodateur horodatage fecha fechayhora fechadeenvio marcatemporal
        dataora""",
    "content": "content contentid",
    "content_title": "contenttitle contentname",
    "content_topic": "contenttopic",
    "content_stage": "contentstage",
    "message_id": "messageid",
    "opt_out": """
        optout emailoptout emailoptedout hasoptedoutofemail optedout optedoutofemail unsubscribed
        unsubscribedfromemail unsubscribedfromallemail unsubscribedfromallemails optedoutofallemail hsemailoptout
        hsemailhasoptedout isunsubscribed unsubscribe unsubtime unsubscribedat unsubscribetime unsubscribedate
        donotemail donotsendemail donotsendemails donotallowemails donotallowemail donotallowbulkemails donotcontact
        donotbulkemail noemail nomail noemails blacklisted blocklisted donotmail emailunsubscribed
        emailoptoutdate abgemeldet abmeldung newsletterabmeldung keinewerbung keineemails keineemail werbesperre
        desabonne desinscrit desinscription nepascontacter nepasenvoyerdemail refusemail
        dadodebaja baja noenviarcorreo noenviarcorreos noenviarcorreoelectronico nocontactar""",
    "consent": """
        consent optin emailoptin optedin optedintoemail marketingconsent emailconsent newsletter subscribed
        newslettersubscription newslettersignup newsletteroptin marketingoptin emailmarketingconsent
        acceptsmarketing acceptsemailmarketing emailsubscribed gdprconsent marketingstatus emailmarketingstatus
        emailsubscriptionstatus subscriptionstatus marketingpermission marketingpermissions emailpermission
        optintime optindate optinconfirmed consentdate permissiontoemail
        einwilligung newsletteranmeldung newsletterabonniert werbeeinwilligung zustimmung
        consentement inscriptionnewsletter abonnenewsletter inscritnewsletter accordmarketing
        consentimiento suscrito suscripcion suscripcionboletin boletin aceptamarketing""",
}
"""The usual names of each field, as they are compared, the better ones first."""

_AROUND = frozenset(
    {"formfields", "fields", "field", "data", "form", "mauticform", "properties", "attributes", "traits", "merges"}
    | {"mergefields", "values", "answers", "submission", "registration", "profile", "item", "customer", "visitor"}
    | {"contact", "contacts", "lead", "leads", "person", "people", "user", "member", "subscriber", "attendee"}
    | {"registrant", "inquiry", "enquiry"}
)
"""What a field's name may stand within, without another meaning: `form_fields[email]`, `contact.email`."""
_BEFORE = frozenset(
    {"your", "my", "ihr", "ihre", "dein", "deine", "votre", "vos", "su", "tu", "uw", "field", "contact", "lead"}
    | {"person", "user", "member", "subscriber", "attendee", "registrant", "input", "txt", "frm"}
)
"""The words before a field's name that change nothing: `your-email`, `Ihre E-Mail`, `Person - Email - Work`."""
_NEVER_CUT_OUT = frozenset({"at", "kind", "channel", "message_id", "content"})
"""Fields that only a whole name means: `Contact date` is no time of a signal."""
_OTHER_MEANING = frozenset({"leadtitle", "dealtitle", "pagetitle", "formtitle", "formname", "itemname", "fieldname"})
_MIDDLE_OF_CAMEL = r"(?<=[a-z])(?=[A-Z])"
_WORD = r"[^\W_]+"
_WITHIN = r"[\[\]./:]+"
_SAID_BESIDE = r"\([^()]*\)|__c$"
_NUMBERED = r"[ _-]*[0-9]{1,3}$"
_FIRST_SIGNS = r"q[0-9]{1,3}_|g[0-9]{1,6}-|0-1/|et_pb_contact_"
"""How names of JotForm, Jetpack, HubSpot and Divi begin: `q3_email`, `g12-email`, `et_pb_contact_email_0`."""
_OF_COMPANIES = "0-2/"
"""How HubSpot's names of a company's fields begin: `0-2/name`."""


@lru_cache(maxsize=1024)
def usual_field(name: str) -> str | None:
    """Returns the field that a usual name means: `email` for `form_fields[email]`, `title` for `Job Title`; or None."""
    return found[0] if (found := _found(name)) else None


def usual_field_among(fields: Container[str], *names: str) -> str | None:
    """Returns the first field that these names mean and that is among `fields`; None if there is none."""
    return next((field for field in map(usual_field, names) if field is not None and field in fields), None)


def usual_rank(name: str) -> int:
    """Returns how well a usual name fits its field, 0 best: a name with more around it fits less well."""
    return found[1] if (found := _found(name)) else len(_table()) * _WORSE


def name_key(name: str) -> str:
    """Returns a name as it is compared: `E-Mail-Adresse` as `emailadresse`, `Prénom` as `prenom`."""
    if not name.isascii():
        apart = normalize("NFKD", name[:_MAX_NAME])
        name = normalize("NFC", "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f"))
    return "".join(re.findall(_WORD, name[:_MAX_NAME])).casefold()


@cache
def _table() -> dict[str, tuple[str, int]]:
    """Returns the field of each usual name, and the name's rank among the field's names."""
    return {name: (field, rank) for field, names in USUAL_NAMES.items() for rank, name in enumerate(names.split())}


def _found(name: str) -> tuple[str, int] | None:
    table = _table()
    for place, (key, is_whole) in enumerate(_keys(name[:_MAX_NAME])):
        if key in table and (is_whole or table[key][0] not in _NEVER_CUT_OUT):
            field, rank = table[key]
            return field, rank * _WORSE + place
    return None


def _keys(name: str) -> Iterator[tuple[str, bool]]:
    """Yields the keys under which a name may be known, whole ones first, then those with less and less around."""
    whole = name_key(name)
    if whole in _OTHER_MEANING:
        return
    yield whole, True
    bare = re.sub(_SAID_BESIDE, "", name).strip()
    yield name_key(bare), True
    yield from ((key, False) for key in _inner(re.sub(_MIDDLE_OF_CAMEL, " ", bare)))


def _inner(name: str) -> Iterator[str]:
    if name.startswith(_OF_COMPANIES):
        yield f"company{name_key(name)[2:]}"
        return
    name = re.sub(_NUMBERED, "", re.sub(f"^(?:{_FIRST_SIGNS})", "", name))
    pieces = [key for piece in re.split(_WITHIN, name) if (key := name_key(piece))]
    yield "".join(pieces)
    while len(pieces) > 1 and pieces[0] in _AROUND:
        pieces = pieces[1:]
        yield "".join(pieces)
    words = [name_key(word) for word in re.findall(_WORD, name)]
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
        yield "".join(words)

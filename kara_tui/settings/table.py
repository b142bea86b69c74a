"""Every setting of a profile, once: reading, writing, checking, asking and the docs follow from it.

The entries of a section stand in the order in which they are written; ``questions_of`` gives
those that a new profile asks for, in the order of asking. A new setting is an entry here and the
field of the profile that it fills.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kara_tui.model import BankScheme, Routing, TaxScheme, VatPreset
from kara_tui.settings import fields, named
from kara_tui.settings.account_numbers import BANK_FORMS, TAX_FORMS, compact
from kara_tui.settings.kinds import (
    Kind,
    lines,
    named_columns,
    percentage,
    sponsors,
    text,
    whole,
    word,
    yes_or_no,
)
from kara_tui.settings.problem import Refused
from kara_tui.settings.profile import MailSettings, SupplierKind
from kara_tui.settings.question import ASIDE, Answers, Choice, Setting


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the file: the sentence written above it, and whether it must be there."""

    sentence: str
    needed: bool = False


# In the order in which they are written. There may be several of a bank's.
SECTIONS: Mapping[str, Section] = {
    "supplier": Section("Who sends the invoice.", needed=True),
    "customer": Section(
        "Whom it is sent to: take name, address and numbers from your agreement.", needed=True
    ),
    "bank": Section("Where the money goes; one section for each account.", needed=True),
    "vat": Section("How VAT is treated, as you or your accountant decided.", needed=True),
    "invoice": Section(
        "last_used is where your own series of numbers stood when you began with kara-tui.",
        needed=True,
    ),
    "calendar": Section("Whose public holidays count beside Iceland's."),
    "mail": Section("Where the invoice is mailed to."),
    "reading": Section("What was settled about reading the portal's exports."),
    "sponsors": Section("Who is invoiced for a sponsor's sessions: kara, elsewhere or ask."),
}
BANK = "bank"

# The order of asking: the beginnings of the questions' keys. Within one it is the table's.
_ASKED = (
    "supplier.", "customer.", "invoice.language", "vat.preset", "vat.rate", "vat.prices", "vat.",
    "invoice.currency", ASIDE, "bank.", "invoice.", "calendar.", "mail.", "reading.", "sponsors.",
)  # fmt: skip

# The reader's caps on one export, by its own names for them, what each can be and what it caps: a
# workbook's parser needs some memory to begin, and nobody waits for it longer than a day.
EXPORT_LIMITS: Mapping[str, tuple[int, int, str]] = {
    "file_bytes": (1, 10**15, "the size of a file"),
    "rows": (1, 10**15, "payments in a file"),
    "columns": (1, 10**15, "columns"),
    "cell_characters": (1, 10**15, "characters of a cell, as in Excel"),
    "distinct": (1, 10**15, "different values in one column of dates, amounts or types"),
    "unpacked_bytes": (1, 10**15, "what a workbook or a ZIP file becomes when it is unpacked"),
    "unpacked_ratio": (1, 10**15, "how many times larger it becomes"),
    "members": (1, 10**15, "files inside it"),
    "child_memory": (
        1 << 28, 10**15, "memory of the process that reads a workbook, in bytes",
    ),
    "child_seconds": (
        1, 86_400, "its processor time; a small file has less, 15 s and 10 s for each MiB",
    ),
}  # fmt: skip

_NOT_ASKED = ("", "")  # no title, and so no reason to ask
_FORM = f"{ASIDE}bank_form"
_AGREEMENT = "Take it from your agreement with Kara Connect; their success manager knows it too."
_LOCAL_CURRENCY = {"IS": "ISK", "GB": "GBP", "SE": "SEK", "DK": "DKK", "NO": "NOK", "US": "USD"}
_LOCAL_FORM = {"ISK": "icelandic", "GBP": "uk", "USD": "us"}


def _sure(scheme: BankScheme) -> Kind:
    """A number by its form, and when it is typed by its check digits too.

    python-stdnum's 50 ms do not matter to a typist.
    """

    def check(value: str) -> str:
        from kara_tui.settings.bank import refused_because

        kept = BANK_FORMS[scheme](value)
        reason = refused_because(scheme, compact(kept))
        if reason:
            raise Refused(reason, "Compare it with your bank's papers.")
        return kept

    return text(BANK_FORMS[scheme], check)


def _is(key: str, *words: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(key, "") in words


def _is_not(key: str, word: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(key, "") != word


def _like(key: str) -> Callable[[Answers], str]:
    return lambda answers: answers.get(key, "")


def _nothing(_: Answers) -> str:
    """Nothing is proposed, whatever is usual: only the user knows."""
    return ""


def _local(table: dict[str, str], key: str, otherwise: str) -> Callable[[Answers], str]:
    return lambda answers: table.get(answers.get(key, ""), otherwise)


def _choices(**titles: str) -> Callable[[Answers], tuple[Choice, ...]]:
    choices = tuple(Choice(word, title) for word, title in titles.items())
    return lambda _: choices


def _presets(answers: Answers) -> tuple[Choice, ...]:
    from kara_tui.settings.vat import presets

    return tuple(
        Choice(shown.preset.value, shown.title, shown.text)
        for shown in presets(answers.get("supplier.country", ""), _language(answers))
    )


def _preset_text(answers: Answers) -> str:
    """The words of the preset that was chosen; before that there are none."""
    from kara_tui.settings.vat import preset_text

    preset = answers.get("vat.preset")
    country = answers.get("supplier.country", "")
    return preset_text(VatPreset(preset), country, _language(answers)) if preset else ""


def _free_prefix(_: Answers) -> str:
    from kara_tui.settings.prefixes import free_prefix

    return free_prefix()


def _language(answers: Answers) -> str:
    return answers.get("invoice.language") or "en"


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "supplier.kind", "Who sends the invoice?",
        "A clinic sends one invoice for all its professionals; it then shows a sum for each.",
        "person", word(SupplierKind),
        choices=_choices(
            person="one professional, for their own sessions",
            clinic="a clinic, for all its professionals",
        ),
        usual=SupplierKind.PERSON, field="kind", filled_in='"person"',
        meaning="`person`, or `clinic`: one invoice for all its professionals",
    ),
    Setting(
        "supplier.name", "Your name, or the clinic's",
        "It stands on the invoice as the sender. Kara Connect asks for it.",
        "Þóra Ægisdóttir", text(fields.text),
        meaning="the sender, as the invoice names it",
    ),
    Setting(
        "supplier.address", "Your address",
        "An invoice names its sender's address, in lines as on an envelope.",
        "Laugavegur 1; 101 Reykjavík", lines(fields.text, 8),
        meaning="one text for each line",
    ),
    Setting(
        "supplier.country", "Your country",
        "It decides which tax numbers and bank details are asked for.",
        "Iceland", text(fields.country, named.country), names=named.countries,
        meaning="two letters (ISO 3166-1), such as `IS`, `IE`, `GB` or `SE`",
    ),
    Setting(
        "supplier.email", "Your e-mail address",
        "Kara Connect asks for it on the invoice; the mail is sent from it.",
        "thora@example.is", text(fields.email),
        shown='"name@example.is"', meaning="Kara Connect asks for it",
    ),
    Setting(
        "supplier.tax_ids.kennitala", "Your kennitala",
        "An Icelandic invoice names its sender by it.",
        "010130-2989", text(TAX_FORMS[TaxScheme.KENNITALA]), optional=True,
        when=_is("supplier.country", "IS"),
        usual="", field="supplier.tax_ids", meaning="an Icelandic identification number",
    ),
    Setting(
        "supplier.tax_ids.vsk", "Your VSK number",
        "Only if you are registered for VAT in Iceland.",
        "12345", text(TAX_FORMS[TaxScheme.VSK]), optional=True, when=_is("supplier.country", "IS"),
        usual="", field="supplier.tax_ids", meaning="an Icelandic VAT number",
    ),
    Setting(
        "supplier.tax_ids.vat", "Your VAT number",
        "Only if you are registered for VAT. It begins with the letters of its country.",
        "IE6433435F", text(TAX_FORMS[TaxScheme.VAT]), optional=True,
        when=_is_not("supplier.country", "IS"),
        usual="", field="supplier.tax_ids", meaning="a VAT number with its country in front",
    ),
    Setting(
        "supplier.tax_ids.company", *_NOT_ASKED, "1234567", text(TAX_FORMS[TaxScheme.COMPANY]),
        usual="", field="supplier.tax_ids", meaning="a company number of any country",
    ),
    Setting(
        "supplier.tax_ids.tax", "Another tax number",
        "Some countries ask for one on invoices; it is printed as you type it.",
        "1234567TA", text(TAX_FORMS[TaxScheme.TAX]), optional=True,
        when=_is_not("supplier.country", "IS"),
        usual="", field="supplier.tax_ids", meaning="any other tax number, printed as typed",
    ),
    Setting(
        "customer.name", "The customer's legal name",
        "As in your agreement with Kara Connect; their success manager knows it too.",
        "Company ehf.", text(fields.text),
        shown='"…" (take it from your agreement with Kara Connect)',
        meaning="the legal name in your agreement",
    ),
    Setting(
        "customer.address", "The customer's address",
        _AGREEMENT, "Street 1; 105 Reykjavík", lines(fields.text, 8),
        shown='["…", "…"] (take it from your agreement with Kara Connect)',
        meaning="one text for each line",
    ),
    Setting(
        "customer.country", "The customer's country", _AGREEMENT,
        "Iceland", text(fields.country, named.country), names=named.countries,
        meaning="two letters (ISO 3166-1)",
    ),
    Setting(
        "customer.email", *_NOT_ASKED, "invoices@example.is", text(fields.email), usual="",
        meaning="printed below the address",
    ),
    Setting(
        "customer.tax_ids.kennitala", "The customer's kennitala",
        f"It tells companies of one name apart. {_AGREEMENT}",
        "000000-0000", text(TAX_FORMS[TaxScheme.KENNITALA]), optional=True,
        when=_is("customer.country", "IS"),
        usual="", field="customer.tax_ids", meaning="an Icelandic identification number",
    ),
    Setting(
        "customer.tax_ids.vsk", "The customer's VSK number",
        f"Needed when the customer accounts for the VAT (reverse charge). {_AGREEMENT}",
        "12345", text(TAX_FORMS[TaxScheme.VSK]), optional=True, when=_is("customer.country", "IS"),
        usual="", field="customer.tax_ids", meaning="an Icelandic VAT number",
    ),
    Setting(
        "customer.tax_ids.vat", "The customer's VAT number",
        f"Needed when the customer accounts for the VAT (reverse charge). {_AGREEMENT}",
        "IE6433435F", text(TAX_FORMS[TaxScheme.VAT]), optional=True,
        when=_is_not("customer.country", "IS"),
        usual="", field="customer.tax_ids", meaning="a VAT number with its country in front",
    ),
    Setting(
        "customer.tax_ids.company", *_NOT_ASKED, "1234567", text(TAX_FORMS[TaxScheme.COMPANY]),
        usual="", field="customer.tax_ids", meaning="a company number of any country",
    ),
    Setting(
        "customer.tax_ids.tax", *_NOT_ASKED, "1234567TA", text(TAX_FORMS[TaxScheme.TAX]),
        usual="", field="customer.tax_ids", meaning="any other tax number, printed as typed",
    ),
    Setting(
        _FORM, "Account identified by",
        "The invoice shows what Kara Connect needs to pay you.",
        "iban", text(fields.one_of(("iban", "icelandic", "uk", "bankgiro", "us"))),
        _local(_LOCAL_FORM, "invoice.currency", "iban"),
        choices=_choices(
            iban="IBAN",
            icelandic="Icelandic account, 0000-00-000000",
            uk="UK sort code and account number",
            bankgiro="Swedish bankgiro",
            us="US routing and account number",
        ),
    ),
    Setting(
        "bank.holder", "The account's holder", "Banks compare it with the account.",
        "Þóra Ægisdóttir", text(fields.text), _like("supplier.name"),
        field="holder", meaning="whose account it is",
    ),
    Setting(
        "bank.currency", *_NOT_ASKED, "EUR", text(fields.currency), usual="", field="currency",
        meaning="only if the account takes no other",
    ),
    Setting(
        "bank.bank_name", "The bank's name", "It helps whoever types the payment in.",
        "Landsbankinn", text(fields.text), optional=True,
        usual="", field="bank_name", meaning="printed if given",
    ),
    Setting(
        "bank.iban", "The IBAN", "It names the account in every country that pays by IBAN.",
        "IE29 AIBK 9311 5212 3456 78", _sure(BankScheme.IBAN), when=_is(_FORM, "iban"),
        usual="", field="numbers", meaning="international; an IBAN, or the numbers of one country",
    ),
    Setting(
        "bank.bic", "The bank's BIC", "Some banks ask for it beside an IBAN.",
        "AIBKIE2D", _sure(BankScheme.BIC), optional=True, when=_is(_FORM, "iban"),
        usual="", field="numbers", meaning="beside an IBAN, if wanted",
    ),
    Setting(
        "bank.icelandic_account", "The account number",
        "As your bank writes it; shorter parts are filled up.",
        "0133-26-007690", text(BANK_FORMS[BankScheme.ICELANDIC_ACCOUNT]),
        when=_is(_FORM, "icelandic"),
        usual="", field="numbers", meaning="bank, hb and number; needs `kennitala`",
    ),
    Setting(
        "bank.kennitala", "The holder's kennitala",
        "A payment in Iceland goes to an account and its holder's kennitala.",
        "010130-2989", text(BANK_FORMS[BankScheme.KENNITALA]),
        _like("supplier.tax_ids.kennitala"), when=_is(_FORM, "icelandic"),
        usual="", field="numbers", meaning="of the holder of an Icelandic account",
    ),
    Setting(
        "bank.sort_code", "The sort code", "Six digits, the branch.",
        "12-34-56", text(BANK_FORMS[BankScheme.SORT_CODE]), when=_is(_FORM, "uk"),
        usual="", field="numbers", meaning="United Kingdom; needs `uk_account`",
    ),
    Setting(
        "bank.uk_account", "The account number", "Eight digits; shorter ones begin with zeros.",
        "12345678", text(BANK_FORMS[BankScheme.UK_ACCOUNT]), when=_is(_FORM, "uk"),
        usual="", field="numbers", meaning="United Kingdom; needs `sort_code`",
    ),
    Setting(
        "bank.bankgiro", "The bankgiro number", "Seven or eight digits.",
        "5050-1055", _sure(BankScheme.BANKGIRO), when=_is(_FORM, "bankgiro"),
        usual="", field="numbers", meaning="Sweden",
    ),
    Setting(
        "bank.aba", "The routing number", "Nine digits, the bank.",
        "111000025", _sure(BankScheme.ABA), when=_is(_FORM, "us"),
        usual="", field="numbers", meaning="United States; needs `us_account`",
    ),
    Setting(
        "bank.us_account", "The account number", "As it stands on a cheque.",
        "000123456789", text(BANK_FORMS[BankScheme.US_ACCOUNT]), when=_is(_FORM, "us"),
        usual="", field="numbers", meaning="United States; needs `aba`",
    ),
    Setting(
        "vat.preset", "How is VAT treated?",
        "kara-tui never decides this: ask your accountant or the tax office when unsure.",
        "exempt-health", word(VatPreset), choices=_presets,
        meaning="`not-registered`, `outside-scope`, `reverse-charge`, `exempt-health` or `taxed`",
    ),
    Setting(
        "vat.text", "The words about VAT on the invoice",
        "An invoice without VAT says on what ground. Change them if your accountant says so.",
        "No VAT charged: supplier not registered for VAT.", text(fields.long_text), _preset_text,
        usual="", shown='"Exempt from VAT: …"',
        meaning="the words on the invoice, when the usual ones will not do",
    ),
    Setting(
        "vat.rate", "The VAT rate in percent", "It is charged on the sum of the sessions.",
        "24", percentage(), when=_is("vat.preset", "taxed"),
        conditional=True, meaning="with `taxed`: in percent",
    ),
    Setting(
        "vat.prices", "Do the export's prices include VAT?",
        "It decides whether VAT is added to the sum or is a part of it.",
        "gross", word({"gross": True, "net": False}), when=_is("vat.preset", "taxed"),
        choices=_choices(gross="yes, VAT is a part of them", net="no, VAT is added"),
        conditional=True, field="vat.prices_include_vat",
        meaning="with `taxed`: `gross` when the portal's prices include VAT, else `net`",
    ),
    Setting(
        "invoice.prefix", "Invoice numbers begin with",
        "Numbers look like KC-0011. A series of its own for Kara Connect keeps it without a gap. "
        "Each profile has its own.",
        "KC-", text(fields.prefix), _free_prefix, optional=True,
        usual="", field="numbering.prefix", kept_empty=True, filled_in='"KC-"',
        meaning="makes numbers like KC-0011; each of your profiles needs one of its own",
    ),
    Setting(
        "invoice.last_used", "The last number you used",
        "In this series; the next invoice takes the number after it. 0 begins at 1.",
        "0", whole(0, 999_999_999), lambda _: "0",
        field="numbering.last_used", filled_in="0",
        meaning="where your own series stood when you began; 0 if you begin at 1",
    ),
    Setting(
        "invoice.width", *_NOT_ASKED, "4", whole(1, 12), usual=4, field="numbering.width",
        meaning="how many digits a number has at least",
    ),
    Setting(
        "invoice.currency", "The currency you are paid in",
        "The usual one: sessions in another currency get an invoice of their own.",
        "EUR", text(fields.currency, named.currency),
        _local(_LOCAL_CURRENCY, "supplier.country", "EUR"), names=named.currencies,
        field="currency",
        meaning="what you are usually paid in; another one in an export is a warning",
    ),
    Setting(
        "invoice.language", "Language of invoice and mail",
        "What the portal's export says, such as the services' names, stays as it is.",
        "en", text(fields.one_of(fields.LANGUAGES)),
        _nothing,
        choices=_choices(
            en="English", **{"is": "Icelandic"}, sv="Swedish", da="Danish", nb="Norwegian Bokmål",
            de="German",
        ),
        usual="en", field="language",
        meaning="of the invoice's labels: `en`, `is`, `sv`, `da`, `nb` or `de`",
    ),
    Setting(
        "invoice.theme", *_NOT_ASKED, "classic", text(fields.theme_name), usual="classic",
        field="theme", meaning="the invoice's look",
    ),
    Setting(
        "invoice.folder", *_NOT_ASKED, "~/Documents/Kara invoices", text(fields.folder), usual="",
        field="folder", meaning="where the copies go: a whole path, or one from `~/` on",
    ),
    Setting(
        "calendar.country", "Public holidays kept in",
        "Deadlines count working days in Iceland and there, and the safer day wins.",
        "Iceland", text(fields.country, named.country), _like("supplier.country"),
        names=named.countries,
        usual="IS", filled_in='"IS"', meaning="whose public holidays count beside Iceland's",
    ),
    Setting(
        "calendar.subdivision", "Which part of it", "Its parts keep different public holidays.",
        "ENG", text(fields.subdivision), lambda _: "eng",
        when=_is("calendar.country", "GB"),
        choices=_choices(eng="England", nir="Northern Ireland", sct="Scotland", wls="Wales"),
        usual="", meaning="a part of it; `GB` needs `ENG`, `NIR`, `SCT` or `WLS`",
    ),
    Setting(
        "mail.to", "The invoice is mailed to", "Kara Connect's accounts department.",
        MailSettings().to, text(fields.email),
        usual=MailSettings().to, meaning="where the draft goes",
    ),
    Setting(
        "mail.cc", "Who gets a copy of the mail",
        "Your accountant perhaps.",
        "books@example.is", lines(fields.email, 10), optional=True,
        usual=(), meaning="who gets a copy",
    ),
    Setting(
        "mail.attach_annex", "Attach a workbook too?",
        "A list of the sessions that the invoice shows already; no clients are in it either.",
        "no", yes_or_no(),
        choices=_choices(no="no, the invoice alone", yes="yes, invoice and workbook"),
        usual=False, meaning="whether the list of sessions goes along as a workbook",
    ),
    Setting(
        "reading.date_order", *_NOT_ASKED, "dmy", text(fields.one_of(("dmy", "mdy", "ymd"))),
        usual="", meaning="how dates are read that could be two: `dmy`, `mdy` or `ymd`",
    ),
    Setting(
        "reading.decimal", *_NOT_ASKED, ",", text(fields.one_of((",", "."))),
        usual="", meaning="what stands before an amount's decimals: `,` or `.`",
    ),
    Setting(
        "reading.time_zone", *_NOT_ASKED, "Atlantic/Reykjavik", text(fields.time_zone),
        usual="", meaning="for exports whose times carry a zone: where you are",
    ),
    Setting(
        "reading.encoding", *_NOT_ASKED, "mac-roman", text(fields.encoding), usual="",
        meaning="how the letters of your text files are written, by a name that Python knows",
    ),
    Setting(
        "reading.month_by", *_NOT_ASKED, "session",
        text(fields.one_of(("session", "transaction"))), usual="",
        meaning="`session` or `transaction`: which date decides when a file has both",
    ),
    Setting(
        "reading.columns", *_NOT_ASKED, "", named_columns(), usual={},
        meaning="a header, as your file has it, and the field that the column is",
        shown='"Paid by company" = "sponsor"',
    ),
    *(
        Setting(
            f"reading.limits.{name}", *_NOT_ASKED, "", whole(least, most), usual=0,
            field="limits", meaning=meaning,
        )
        for name, (least, most, meaning) in EXPORT_LIMITS.items()
    ),
    Setting(
        "sponsors.default", "Who is invoiced for sponsors?",
        "Your success manager says so when some company is to be invoiced directly.",
        "kara", word(Routing),
        choices=_choices(kara="Kara Connect, for all", ask="ask me for each new sponsor"),
        usual=Routing.KARA, field="routing_default", filled_in='"kara"',
        meaning="who is invoiced for a sponsor's sessions: `kara`, `elsewhere` or `ask`",
    ),
    Setting(
        "sponsors.names", *_NOT_ASKED, "", sponsors(), usual={}, field="routing",
        meaning="a sponsor, and who is invoiced for this one",
        shown='"ACME ehf." = "elsewhere"',
    ),
)  # fmt: skip


def _place_in_asking(setting: Setting) -> int:
    """The longest beginning that its key has, so that one setting can come before its section."""
    having = [beginning for beginning in _ASKED if setting.key.startswith(beginning)]
    return _ASKED.index(max(having, key=len))


def questions_of(settings: Sequence[Setting]) -> tuple[Setting, ...]:
    """Those that are asked for, in the order of asking."""
    return tuple(sorted((each for each in settings if each.is_a_question), key=_place_in_asking))

"""What a new profile asks, in order. Every face draws this one list."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from kara_tui.model import BankScheme, TaxScheme, VatPreset
from kara_tui.settings import fields, named
from kara_tui.settings.account_numbers import BANK_FORMS, TAX_FORMS, compact
from kara_tui.settings.fields import Check
from kara_tui.settings.prefixes import free_prefix
from kara_tui.settings.problem import Refused
from kara_tui.settings.profile import MailSettings
from kara_tui.settings.question import ASIDE, Answers, Choice, Question, split

_FORM = f"{ASIDE}bank_form"
_AGREEMENT = "Take it from your agreement with Kara Connect; their success manager knows it too."
_LOCAL_CURRENCY = {"IS": "ISK", "GB": "GBP", "SE": "SEK", "DK": "DKK", "NO": "NOK", "US": "USD"}
_LOCAL_FORM = {"ISK": "icelandic", "GBP": "uk", "USD": "us"}


def _lines(check: Check) -> Check:
    """A check of each part of a list."""
    return lambda value: "; ".join(check(part) for part in split(value))


def _number(most: int) -> Check:
    def check(value: str) -> str:
        digits = value.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 12 and int(digits) <= most):
            raise Refused("This is not a whole number.", f"Write one from 0 to {most}.")
        return str(int(digits))

    return check


def _rate(value: str) -> str:
    try:
        rate = Decimal(value.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        rate = Decimal(0)
    if not (rate.is_finite() and 0 < rate < 100 and round(rate, 3) == rate):
        raise Refused("This is not a VAT rate in percent.", "Write it like 24 or 25.5.")
    return f"{rate.normalize():f}"


def _sure(scheme: BankScheme) -> Check:
    """The number's form and its check digits: python-stdnum's 50 ms do not matter to a typist."""

    def check(value: str) -> str:
        from kara_tui.settings.bank import refused_because

        kept = BANK_FORMS[scheme](value)
        reason = refused_because(scheme, compact(kept))
        if reason:
            raise Refused(reason, "Compare it with your bank's papers.")
        return kept

    return check


def _is(key: str, *words: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(key, "") in words


def _is_not(key: str, word: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(key, "") != word


def _like(key: str) -> Callable[[Answers], str]:
    return lambda answers: answers.get(key, "")


def _usual(word: str) -> Callable[[Answers], str]:
    return lambda _: word


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


def _language(answers: Answers) -> str:
    return answers.get("invoice.language") or "en"


QUESTIONS: tuple[Question, ...] = (
    Question(
        "supplier.kind", "Who sends the invoice?",
        "A clinic sends one invoice for all its professionals; it then shows a sum for each.",
        "person", fields.one_of(("person", "clinic")), _usual("person"),
        choices=_choices(
            person="one professional, for their own sessions",
            clinic="a clinic, for all its professionals",
        ),
    ),
    Question(
        "supplier.name", "Your name, or the clinic's",
        "It stands on the invoice as the sender. Kara Connect asks for it.",
        "Þóra Ægisdóttir", fields.text,
    ),
    Question(
        "supplier.address", "Your address",
        "An invoice names its sender's address, in lines as on an envelope.",
        "Laugavegur 1; 101 Reykjavík", _lines(fields.text), several=True,
    ),
    Question(
        "supplier.country", "Your country",
        "It decides which tax numbers and bank details are asked for.",
        "Iceland", named.country, names=named.countries,
    ),
    Question(
        "supplier.email", "Your e-mail address",
        "Kara Connect asks for it on the invoice; the mail is sent from it.",
        "thora@example.is", fields.email,
    ),
    Question(
        "supplier.tax_ids.kennitala", "Your kennitala",
        "An Icelandic invoice names its sender by it.",
        "010130-2989", TAX_FORMS[TaxScheme.KENNITALA], optional=True,
        when=_is("supplier.country", "IS"),
    ),
    Question(
        "supplier.tax_ids.vsk", "Your VSK number",
        "Only if you are registered for VAT in Iceland.",
        "12345", TAX_FORMS[TaxScheme.VSK], optional=True, when=_is("supplier.country", "IS"),
    ),
    Question(
        "supplier.tax_ids.vat", "Your VAT number",
        "Only if you are registered for VAT. It begins with the letters of its country.",
        "IE6433435F", TAX_FORMS[TaxScheme.VAT], optional=True,
        when=_is_not("supplier.country", "IS"),
    ),
    Question(
        "supplier.tax_ids.tax", "Another tax number",
        "Some countries ask for one on invoices; it is printed as you type it.",
        "1234567TA", TAX_FORMS[TaxScheme.TAX], optional=True,
        when=_is_not("supplier.country", "IS"),
    ),
    Question(
        "customer.name", "The customer's legal name",
        "As in your agreement with Kara Connect; their success manager knows it too.",
        "Company ehf.", fields.text,
    ),
    Question(
        "customer.address", "The customer's address",
        _AGREEMENT, "Street 1; 105 Reykjavík", _lines(fields.text), several=True,
    ),
    Question(
        "customer.country", "The customer's country", _AGREEMENT,
        "Iceland", named.country, names=named.countries,
    ),
    Question(
        "customer.tax_ids.kennitala", "The customer's kennitala",
        f"It tells companies of one name apart. {_AGREEMENT}",
        "000000-0000", TAX_FORMS[TaxScheme.KENNITALA], optional=True,
        when=_is("customer.country", "IS"),
    ),
    Question(
        "customer.tax_ids.vsk", "The customer's VSK number",
        f"Needed when the customer accounts for the VAT (reverse charge). {_AGREEMENT}",
        "12345", TAX_FORMS[TaxScheme.VSK], optional=True, when=_is("customer.country", "IS"),
    ),
    Question(
        "customer.tax_ids.vat", "The customer's VAT number",
        f"Needed when the customer accounts for the VAT (reverse charge). {_AGREEMENT}",
        "IE6433435F", TAX_FORMS[TaxScheme.VAT], optional=True,
        when=_is_not("customer.country", "IS"),
    ),
    Question(
        "invoice.language", "Language of invoice and mail",
        "What the portal's export says, such as the services' names, stays as it is.",
        "en", fields.one_of(fields.LANGUAGES),
        choices=_choices(
            en="English", **{"is": "Icelandic"}, sv="Swedish", da="Danish", nb="Norwegian Bokmål",
            de="German",
        ),
    ),
    Question(
        "vat.preset", "How is VAT treated?",
        "kara-tui never decides this: ask your accountant or the tax office when unsure.",
        "exempt-health", fields.one_of(list(VatPreset)), choices=_presets,
    ),
    Question(
        "vat.rate", "The VAT rate in percent", "It is charged on the sum of the sessions.",
        "24", _rate, when=_is("vat.preset", "taxed"),
    ),
    Question(
        "vat.prices", "Do the export's prices include VAT?",
        "It decides whether VAT is added to the sum or is a part of it.",
        "gross", fields.one_of(("net", "gross")), when=_is("vat.preset", "taxed"),
        choices=_choices(gross="yes, VAT is a part of them", net="no, VAT is added"),
    ),
    Question(
        "vat.text", "The words about VAT on the invoice",
        "An invoice without VAT says on what ground. Change them if your accountant says so.",
        "No VAT charged: supplier not registered for VAT.", fields.long_text, _preset_text,
    ),
    Question(
        "invoice.currency", "The currency you are paid in",
        "The usual one: sessions in another currency get an invoice of their own.",
        "EUR", named.currency, _local(_LOCAL_CURRENCY, "supplier.country", "EUR"),
        names=named.currencies,
    ),
    Question(
        _FORM, "Account identified by",
        "The invoice shows what Kara Connect needs to pay you.",
        "iban", fields.one_of(("iban", "icelandic", "uk", "bankgiro", "us")),
        _local(_LOCAL_FORM, "invoice.currency", "iban"),
        choices=_choices(
            iban="IBAN",
            icelandic="Icelandic account, 0000-00-000000",
            uk="UK sort code and account number",
            bankgiro="Swedish bankgiro",
            us="US routing and account number",
        ),
    ),
    Question(
        "bank.holder", "The account's holder", "Banks compare it with the account.",
        "Þóra Ægisdóttir", fields.text, _like("supplier.name"),
    ),
    Question(
        "bank.bank_name", "The bank's name", "It helps whoever types the payment in.",
        "Landsbankinn", fields.text, optional=True,
    ),
    Question(
        "bank.icelandic_account", "The account number",
        "As your bank writes it; shorter parts are filled up.",
        "0133-26-007690", BANK_FORMS[BankScheme.ICELANDIC_ACCOUNT], when=_is(_FORM, "icelandic"),
    ),
    Question(
        "bank.kennitala", "The holder's kennitala",
        "A payment in Iceland goes to an account and its holder's kennitala.",
        "010130-2989", BANK_FORMS[BankScheme.KENNITALA],
        _like("supplier.tax_ids.kennitala"), when=_is(_FORM, "icelandic"),
    ),
    Question(
        "bank.sort_code", "The sort code", "Six digits, the branch.",
        "12-34-56", BANK_FORMS[BankScheme.SORT_CODE], when=_is(_FORM, "uk"),
    ),
    Question(
        "bank.uk_account", "The account number", "Eight digits; shorter ones begin with zeros.",
        "12345678", BANK_FORMS[BankScheme.UK_ACCOUNT], when=_is(_FORM, "uk"),
    ),
    Question(
        "bank.bankgiro", "The bankgiro number", "Seven or eight digits.",
        "5050-1055", _sure(BankScheme.BANKGIRO), when=_is(_FORM, "bankgiro"),
    ),
    Question(
        "bank.aba", "The routing number", "Nine digits, the bank.",
        "111000025", _sure(BankScheme.ABA), when=_is(_FORM, "us"),
    ),
    Question(
        "bank.us_account", "The account number", "As it stands on a cheque.",
        "000123456789", BANK_FORMS[BankScheme.US_ACCOUNT], when=_is(_FORM, "us"),
    ),
    Question(
        "bank.iban", "The IBAN", "It names the account in every country that pays by IBAN.",
        "IE29 AIBK 9311 5212 3456 78", _sure(BankScheme.IBAN), when=_is(_FORM, "iban"),
    ),
    Question(
        "bank.bic", "The bank's BIC", "Some banks ask for it beside an IBAN.",
        "AIBKIE2D", _sure(BankScheme.BIC), optional=True, when=_is(_FORM, "iban"),
    ),
    Question(
        "invoice.prefix", "Invoice numbers begin with",
        "Numbers look like KC-0011. A series of its own for Kara Connect keeps it without a gap. "
        "Each profile has its own.",
        "KC-", fields.prefix, lambda _: free_prefix(), optional=True,
    ),
    Question(
        "invoice.last_used", "The last number you used",
        "In this series; the next invoice takes the number after it. 0 begins at 1.",
        "0", _number(999_999_999), _usual("0"),
    ),
    Question(
        "calendar.country", "Public holidays kept in",
        "Deadlines count working days in Iceland and there, and the safer day wins.",
        "Iceland", named.country, _like("supplier.country"), names=named.countries,
    ),
    Question(
        "calendar.subdivision", "Which part of it", "Its parts keep different public holidays.",
        "ENG", fields.one_of(("eng", "nir", "sct", "wls")), _usual("eng"),
        when=_is("calendar.country", "GB"),
        choices=_choices(eng="England", nir="Northern Ireland", sct="Scotland", wls="Wales"),
    ),
    Question(
        "mail.to", "The invoice is mailed to", "Kara Connect's accounts department.",
        MailSettings().to, fields.email, _usual(MailSettings().to),
    ),
    Question(
        "mail.cc", "Who gets a copy of the mail",
        "Your accountant perhaps.",
        "books@example.is", _lines(fields.email), optional=True, several=True,
    ),
    Question(
        "mail.attach_annex", "Attach a workbook too?",
        "A list of the sessions that the invoice shows already; no clients are in it either.",
        "no", fields.one_of(("yes", "no")), _usual("no"),
        choices=_choices(no="no, the invoice alone", yes="yes, invoice and workbook"),
    ),
    Question(
        "sponsors.default", "Who is invoiced for sponsors?",
        "Your success manager says so when some company is to be invoiced directly.",
        "kara", fields.one_of(("kara", "ask")), _usual("kara"),
        choices=_choices(kara="Kara Connect, for all", ask="ask me for each new sponsor"),
    ),
)  # fmt: skip

"""A profile as TOML: what stands where, read with every problem found at once, and written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from kara_tui.model import (
    BankAccount,
    BankScheme,
    Party,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
)
from kara_tui.settings import fields
from kara_tui.settings.account_numbers import (
    BANK_FORMS,
    NAMES_AN_ACCOUNT,
    NEEDS_BESIDE,
    TAX_FORMS,
)
from kara_tui.settings.problem import Problem, ProfileError, Refused, shown
from kara_tui.settings.profile import (
    HolidayCalendar,
    MailSettings,
    Numbering,
    Profile,
    Reading,
    Routing,
    SupplierKind,
)
from kara_tui.settings.toml_table import TomlTable

# The sections in the order in which they are written, each with the sentence above it.
SECTIONS: Mapping[str, str] = {
    "supplier": "Who sends the invoice.",
    "customer": "Whom it is sent to: take name, address and numbers from your agreement.",
    "bank": "Where the money goes; one section for each account.",
    "vat": "How VAT is treated, as you or your accountant decided.",
    "invoice": "last_used is where your own series of numbers stood when you began with kara-tui.",
    "calendar": "Whose public holidays count beside Iceland's.",
    "mail": "Where the invoice is mailed to.",
    "reading": "What was settled about reading the portal's exports.",
    "sponsors": "Who is invoiced for a sponsor's sessions: kara, elsewhere or ask.",
}

_EXAMPLES = {
    "supplier.name": '"Þóra Ægisdóttir"',
    "supplier.address": '["Laugavegur 1", "101 Reykjavík"]',
    "supplier.country": '"IS"',
    "supplier.email": '"name@example.is"',
    "customer.name": '"…" (take it from your agreement with Kara Connect)',
    "customer.address": '["…", "…"] (take it from your agreement with Kara Connect)',
    "customer.country": '"IS"',
    "bank.holder": '"Þóra Ægisdóttir"',
    "vat.preset": '"exempt-health"',
    "vat.text": '"Exempt from VAT: …"',
    "vat.rate": "24",
    "vat.prices": '"gross"',
    "invoice.last_used": "0",
    "invoice.currency": '"EUR"',
}

_SPONSORS_AT_MOST = 5000


def profile_from(
    document: Mapping[str, object],
    name: str,
    languages: Collection[str] = fields.LANGUAGES,
) -> Profile:
    """The profile that a parsed TOML document describes, its values in the form they are kept in.

    Raises ProfileError with every problem of structure and form. Check digits and what numbers
    say about each other are not looked at: that is ``check``.
    """
    problems: list[Problem] = []
    root = TomlTable("", document, problems, _EXAMPLES)
    supplier_table = root.table("supplier", needed=True)
    kind = SupplierKind.PERSON
    if supplier_table is not None:
        kind = SupplierKind(
            supplier_table.text("kind", fields.one_of(list(SupplierKind)), "person") or "person"
        )
    supplier = _party(supplier_table, email_needed=True)
    customer = _party(root.table("customer", needed=True), email_needed=False)
    banks = tuple(_bank(table) for table in root.tables("bank"))
    vat_table = root.table("vat", needed=True)
    invoice = root.table("invoice", needed=True) or TomlTable("invoice", {}, [], {})
    numbering = Numbering(
        invoice.text("prefix", fields.prefix, ""),
        invoice.whole("last_used", 0, 999_999_999),
        invoice.whole("width", 1, 12, 4),
    )
    currency = invoice.text("currency", fields.currency)
    language = invoice.text("language", fields.one_of(languages), "en")
    vat = _vat(vat_table, supplier.country, language)
    theme = invoice.text("theme", _theme_name, "classic")
    folder = invoice.text("folder", fields.folder, "")
    invoice.no_others()
    calendar = _calendar(root.table("calendar"))
    mail = _mail(root.table("mail"))
    reading, columns, limits = _reading(root.table("reading"))
    routing_default, routing = _routing(root.table("sponsors"))
    root.no_others()
    if problems or vat is None:
        raise ProfileError(problems)
    return Profile(
        name, kind, supplier, customer, banks, vat, numbering, currency, language, calendar,
        mail, reading, routing_default, routing, theme, columns, limits, folder,
    )  # fmt: skip


def document_from(profile: Profile) -> dict[str, object]:
    """The document that ``profile_from`` reads as this profile. Empty values are left out."""
    vat: dict[str, object] = {"preset": profile.vat.preset.value, "text": profile.vat.text}
    if profile.vat.preset is VatPreset.TAXED:
        rate = profile.vat.rate
        vat["rate"] = int(rate) if rate == rate.to_integral_value() else rate
        vat["prices"] = "gross" if profile.vat.prices_include_vat else "net"
    return {
        "supplier": {"kind": profile.kind.value, **_party_values(profile.supplier)},
        "customer": _party_values(profile.customer),
        "bank": [_bank_values(bank) for bank in profile.banks],
        "vat": vat,
        "invoice": {
            "prefix": profile.numbering.prefix,
            "last_used": profile.numbering.last_used,
            "width": profile.numbering.width,
            "currency": profile.currency,
            "language": profile.language,
            "theme": profile.theme,
            **_filled(folder=profile.folder),
        },
        "calendar": _filled(
            country=profile.calendar.country, subdivision=profile.calendar.subdivision
        ),
        "mail": {
            **_filled(to=profile.mail.to, cc=list(profile.mail.cc)),
            "attach_annex": profile.mail.attach_annex,
        },
        "reading": _filled(
            date_order=profile.reading.date_order,
            decimal=profile.reading.decimal,
            time_zone=profile.reading.time_zone,
            encoding=profile.reading.encoding,
            month_by=profile.reading.month_by,
            columns=dict(profile.columns),
            limits=dict(profile.limits),
        ),
        "sponsors": {
            "default": profile.routing_default.value,
            **_filled(names={name: way.value for name, way in profile.routing.items()}),
        },
    }


def rendered(document: Mapping[str, Any]) -> str:
    """The document as TOML text, its sections in their order under a sentence each."""
    import tomli_w

    parts = []
    for section, sentence in SECTIONS.items():
        value = document.get(section)
        if not value:
            continue
        parts.append(f"# {sentence}\n")
        # Each section is written by itself: tomli-w would put a short account on one line.
        for table in value if isinstance(value, list) else [value]:
            head = f"[[{section}]]" if isinstance(value, list) else f"[{section}]"
            inner = {key: item for key, item in table.items() if isinstance(item, dict)}
            flat = {key: item for key, item in table.items() if key not in inner}
            parts.append(f"{head}\n{tomli_w.dumps(flat)}\n")
            parts += [f"[{section}.{key}]\n{tomli_w.dumps(item)}\n" for key, item in inner.items()]
    return "".join(parts).rstrip("\n") + "\n"


def _party(table: TomlTable | None, *, email_needed: bool) -> Party:
    if table is None:
        return Party("", (), "")
    address = table.texts("address", fields.text, most=8, needed=True)
    tax_ids: tuple[TaxId, ...] = ()
    numbers = table.table("tax_ids")
    if numbers is not None:
        tax_ids = tuple(
            TaxId(TaxScheme(key), value)
            for key in numbers.keys()  # noqa: SIM118 — a TomlTable is no dict
            if key in TAX_FORMS and (value := numbers.text(key, TAX_FORMS[TaxScheme(key)], ""))
        )
        for scheme in TaxScheme:
            numbers.text(scheme, str, "")
        numbers.no_others()
    party = Party(
        table.text("name", fields.text),
        address,
        table.text("country", fields.country),
        table.text("email", fields.email, None if email_needed else ""),
        tax_ids,
    )
    table.no_others()
    return party


def _bank(table: TomlTable) -> BankAccount:
    numbers = tuple(
        (BankScheme(key), value)
        for key in table.keys()  # noqa: SIM118 — a TomlTable is no dict
        if key in BANK_FORMS and (value := table.text(key, BANK_FORMS[BankScheme(key)], ""))
    )
    given = {scheme for scheme in BankScheme if table.has(scheme)}
    if not given & NAMES_AN_ACCOUNT:
        table.problem(
            "iban", "", "No account number is given.",
            "Add iban, icelandic_account, sort_code, bankgiro or aba.",
        )  # fmt: skip
    for scheme in BankScheme:
        beside = NEEDS_BESIDE.get(scheme)
        if scheme in given and beside is not None and beside not in given:
            table.problem(beside, "", f"{scheme} is given without it.", f"Add {beside}.")
    account = BankAccount(
        table.text("holder", fields.text),
        numbers,
        table.text("bank_name", fields.text, ""),
        table.text("currency", fields.currency, ""),
    )
    for scheme in BankScheme:
        table.text(scheme, str, "")
    table.no_others()
    return account


def _vat(table: TomlTable | None, country: str, language: str) -> VatTreatment | None:
    if table is None:
        return None
    word = table.text("preset", fields.one_of(list(VatPreset)))
    if not word:
        return None
    preset = VatPreset(word)
    taxed = preset is VatPreset.TAXED
    rate, prices = Decimal(0), ""
    if taxed:
        rate = table.percentage("rate")
        prices = table.text("prices", fields.one_of(("net", "gross")))
    text = table.text("text", fields.long_text, "")
    if not table.has("text"):
        # Imported here: a profile that kara-tui wrote has its text, and vat.toml stays closed.
        from kara_tui.settings.vat import preset_text

        text = preset_text(preset, country, language or "en") or table.text(
            "text", fields.long_text
        )
    if not taxed and (table.has("rate") or table.has("prices")):
        table.problem(
            "preset", word, "With this preset no VAT is charged, yet a rate is given.",
            'Take rate and prices out, or write preset = "taxed".',
        )  # fmt: skip
        return None
    table.no_others()
    return VatTreatment(preset, text, rate, prices == "gross")


def _calendar(table: TomlTable | None) -> HolidayCalendar:
    if table is None:
        return HolidayCalendar("IS")
    country = table.text("country", fields.country, "IS")
    subdivision = table.text("subdivision", fields.subdivision, "")
    parts = fields.SUBDIVIDED.get(country, ())
    if parts and subdivision not in parts:
        table.problem(
            "subdivision", subdivision, f"The parts of {country} keep different public holidays.",
            f"Write one of: {', '.join(parts)}.",
        )  # fmt: skip
    table.no_others()
    return HolidayCalendar(country, subdivision)


def _mail(table: TomlTable | None) -> MailSettings:
    usual = MailSettings()
    if table is None:
        return usual
    mail = MailSettings(
        table.text("to", fields.email, usual.to),
        table.texts("cc", fields.email, most=10, needed=False),
        table.flag("attach_annex", default=usual.attach_annex),
    )
    table.no_others()
    return mail


def _reading(table: TomlTable | None) -> tuple[Reading, dict[str, str], dict[str, int]]:
    if table is None:
        return Reading(), {}, {}
    reading = Reading(
        table.text("date_order", fields.one_of(("dmy", "mdy", "ymd")), ""),
        table.text("decimal", fields.one_of((",", ".")), ""),
        table.text("time_zone", fields.time_zone, ""),
        table.text("encoding", fields.encoding, ""),
        table.text("month_by", fields.one_of(("session", "transaction")), ""),
    )
    columns = _columns(table.table("columns"))
    limits = _limits(table.table("limits"))
    table.no_others()
    return reading, columns, limits


def _limits(table: TomlTable | None) -> dict[str, int]:
    """The reader's caps that the user has set."""
    if table is None:
        return {}
    found = {
        name: table.whole(name, least, most)
        for name, (least, most) in fields.EXPORT_LIMITS.items()
        if table.has(name)
    }
    table.no_others()
    return found


def _columns(table: TomlTable | None) -> dict[str, str]:
    """The user's own headers, each with its field."""
    named: dict[str, str] = {}
    if table is None:
        return named
    seen: dict[str, str] = {}
    for header in table.keys():  # noqa: SIM118 — a TomlTable is no dict
        try:
            kept = fields.header(header)
        except Refused as refused:
            table.problem("a header", header, refused.reason, refused.mend)
            continue
        other = seen.setdefault(fields.header_key(kept), header)
        if other != header:
            table.problem(
                shown(header), "", f"This is the same header as {shown(other)}.",
                "Take one of the two lines out.",
            )  # fmt: skip
            continue
        named[kept] = table.text(header, fields.export_field)
    return named


def _routing(table: TomlTable | None) -> tuple[Routing, dict[str, Routing]]:
    ways = fields.one_of(list(Routing))
    if table is None:
        return Routing.KARA, {}
    default = Routing(table.text("default", ways, "kara") or "kara")
    names = table.table("names")
    routing = {}
    if names is not None:
        if len(names.keys()) > _SPONSORS_AT_MOST:
            table.problem("names", "", "There are too many.", f"At most {_SPONSORS_AT_MOST}.")
            return default, {}
        for name in names.keys():  # noqa: SIM118 — a TomlTable is no dict
            try:
                fields.long_text(name)
            except Refused as refused:
                names.problem("a name", name, refused.reason, refused.mend)
                continue
            # The key stays as it is spelled, because the export's spelling is looked up.
            routing[name] = Routing(names.text(name, ways) or "kara")
    table.no_others()
    return default, routing


def _theme_name(value: str) -> str:
    from kara_tui.settings.locations import BadName, checked_name

    try:
        return checked_name(value, "theme")
    except BadName as bad:
        raise Refused(str(bad), 'Write for example "classic".') from None


def _party_values(party: Party) -> dict[str, object]:
    return {
        "name": party.name,
        "address": list(party.address),
        "country": party.country,
        **_filled(
            email=party.email, tax_ids={tax.scheme.value: tax.value for tax in party.tax_ids}
        ),
    }


def _bank_values(bank: BankAccount) -> dict[str, object]:
    return {
        "holder": bank.holder,
        **_filled(currency=bank.currency, bank_name=bank.bank_name),
        **{scheme.value: value for scheme, value in bank.numbers},
    }


def _filled(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}

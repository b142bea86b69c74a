"""A draft as the bytes of an .eml file (RFC 5322 and MIME), the same bytes on every machine.

It is put together here and not by Python's email package: that folds headers in another way from
one patch release to the next, so the bytes would follow the installation, and importing it costs
25 ms, a tenth of a whole month end. What is needed is little, because a Draft's parts are already
checked: no address needs quoting, and every value is one line. The tests read the messages back
with the email package.
"""

from __future__ import annotations

from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator

from kara_tui.mail.draft import Draft, wire_address
from kara_tui.model import File

_LONGEST_PLAIN = 60  # so that a header's name and its value fit on a line of 78 (RFC 5322, 2.1.1)
# Make 48 of Base64, 60 with "=?utf-8?b?" and "?=", 69 with "Subject: "; a line of encoded words
# may have 76 (RFC 2047, 2).
_BYTES_IN_WORD = 36
_BYTES_IN_LINE = 57  # make the 76 characters that a line of Base64 may have (RFC 2045, 6.8)

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ANY = "application/octet-stream"


def draft_bytes(draft: Draft) -> bytes:
    """The ``.eml`` of a draft: opened in a mail client, it is a message waiting to be sent.

    ``X-Unsent: 1`` makes Outlook and Thunderbird open it to be written on; others show it like a
    received mail. It has no ``Date`` and no ``Message-ID``: both belong to the program that sends
    it, and one that finds them keeps them, so that a mail of today would carry an older day. The
    boundary comes from the content, so the same draft gives the same bytes on every machine.
    """
    from hashlib import sha256

    fields = dict(_address_fields(draft))
    fields["Subject"] = _unstructured(draft.subject)
    parts = [_text_part(draft.body), *(_attached_part(file) for file in draft.attachments)]
    content = "\0".join([*fields.values(), *parts]).encode("ascii")
    digest = sha256(content).hexdigest()[:32]
    # "=_" can stand in neither Base64 nor quoted-printable, so no part can hold the boundary.
    boundary = f"=_kara-tui_{digest}"
    fields |= {
        "MIME-Version": "1.0",
        "X-Unsent": "1",
        "Content-Type": f'multipart/mixed;\r\n boundary="{boundary}"',
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    body = "".join(f"\r\n--{boundary}\r\n{part}" for part in parts)
    return f"{head}{body}\r\n--{boundary}--\r\n".encode("ascii")


def _address_fields(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "From", f"{_phrase(draft.sender_name)}\r\n <{wire_address(draft.sender)}>"
    yield "To", ",\r\n ".join(wire_address(address) for address in draft.to)
    if draft.cc:
        yield "Cc", ",\r\n ".join(wire_address(address) for address in draft.cc)


def _phrase(name: str) -> str:
    """A name before an address: quoted when it is plain, else as encoded words."""
    if _is_plain(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return _encoded_words(name)


def _unstructured(value: str) -> str:
    return value if _is_plain(value) else _encoded_words(value)


def _is_plain(value: str) -> bool:
    """Short ASCII that no reader takes for an encoded word (RFC 2047, 6.1) or strips blanks of."""
    return (
        value.isascii()
        and len(value) <= _LONGEST_PLAIN
        and "=?" not in value
        and value == value.strip()
    )


def _encoded_words(value: str) -> str:
    """The value as encoded words of RFC 2047, one a line, each of whole characters."""
    words, kept = [], b""
    for char in value:
        encoded = char.encode()
        if len(kept) + len(encoded) > _BYTES_IN_WORD:
            words.append(kept)
            kept = b""
        kept += encoded
    words.append(kept)
    return "\r\n ".join(f"=?utf-8?b?{_base64(word)}?=" for word in words)


def _text_part(body: str) -> str:
    lines = body.replace("\r\n", "\n").rstrip("\n").split("\n")
    # With CRLF in what it is given, b2a_qp writes CRLF too, and takes blanks off no line's end.
    quoted = b2a_qp("\r\n".join([*lines, ""]).encode(), istext=True).decode("ascii")
    return (
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        f"\r\n{quoted}"
    )


def _attached_part(file: File) -> str:
    content = file.content
    media_type = _MEDIA_TYPES.get(file.name.rpartition(".")[2].lower(), _ANY)
    lines = "\r\n".join(
        _base64(content[at : at + _BYTES_IN_LINE]) for at in range(0, len(content), _BYTES_IN_LINE)
    )
    return (
        f'Content-Type: {media_type};\r\n name="{file.name}"\r\n'
        f'Content-Disposition: attachment;\r\n filename="{file.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f"\r\n{lines}\r\n"
    )


def _base64(content: bytes) -> str:
    return b2a_base64(content, newline=False).decode("ascii")

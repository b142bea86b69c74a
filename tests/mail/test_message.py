"""A draft's bytes, read back by Python's own e-mail parser."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.mail import Draft, MailError, draft_bytes
from kara_tui.model import File

PDF = File("KC-0011.pdf", bytes(range(256)) * 40)
DRAFT = Draft(
    sender_name="Þóra Ægisdóttir",
    sender="thora@example.is",
    to=("accounts@karaconnect.com",),
    subject="Invoice KC-0011 – October 2026 – Þóra Ægisdóttir",
    body="Hello,\n\nAttached is the invoice for October 2026.\n",
    attachments=(PDF,),
)


def parsed(draft: Draft) -> EmailMessage:
    message = message_from_bytes(draft_bytes(draft), policy=default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    assert not [defect for _, value in message.items() for defect in value.defects]
    return message


def name_of(draft: Draft) -> str:
    """The sender's name by the rules of RFC 2047.

    Not by the parsed header's ``display_name``: up to Python 3.12 that puts a blank between two
    encoded words, where section 6.2 of the rules lets every blank between them go.
    """
    sender = message_from_bytes(draft_bytes(draft), policy=compat32)["From"]
    name, address = parseaddr(sender.replace("\r\n", ""))
    assert address == draft.sender
    return str(make_header(decode_header(name)))


def text_of(draft: Draft) -> str:
    """The mail's text as a reader shows it, on lines of its own system."""
    text = next(iter(parsed(draft).iter_parts()))
    content = text.get_content()
    assert isinstance(content, str)
    assert content.count("\n") == content.count("\r\n")
    return content.replace("\r\n", "\n")


def test_a_mail_client_finds_every_part_of_the_draft() -> None:
    message = parsed(replace(DRAFT, cc=("me@example.is", "you@example.org")))
    sender = message["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == ("Þóra Ægisdóttir", "thora@example.is")
    assert message["To"] == "accounts@karaconnect.com"
    assert [cc.addr_spec for cc in message["Cc"].addresses] == ["me@example.is", "you@example.org"]
    assert message["Subject"] == DRAFT.subject
    assert message["X-Unsent"] == "1"
    assert message["MIME-Version"] == "1.0"
    assert message.get_content_type() == "multipart/mixed"
    text, pdf = message.iter_parts()
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert text_of(DRAFT) == DRAFT.body
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "KC-0011.pdf")
    assert pdf.get_content_disposition() == "attachment"
    assert pdf.get_content() == PDF.content


def test_a_mail_without_copies_has_no_cc() -> None:
    assert "Cc" not in parsed(DRAFT)


def test_the_bytes_are_seven_bit_lines_of_bounded_length_that_end_in_crlf() -> None:
    long = replace(
        DRAFT,
        sender_name="Þ" * 120,
        subject="Æ €" * 100,
        body="Löng lína " * 300 + "\n.\nFrom here\n",
        cc=tuple(f"someone.number.{at}@example.is" for at in range(10)),
    )
    content = draft_bytes(long)
    content.decode("ascii")
    assert content.endswith(b"--\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(len(line) for line in lines) <= 78
    assert max(len(line) for line in lines if b"=?utf-8?" in line) <= 76
    assert parsed(long)["Subject"] == long.subject.strip()


@pytest.mark.parametrize(
    "name",
    [
        "Þóra Ægisdóttir",
        'Þóra "Thora" Ægisdóttir, M.Sc.',
        'O\'Brien, Anna "A." \\ Co.',
        "=?utf-8?b?w54=?=",
        "a@b.is",
        "<script>",
        "日本語の名前" * 10,
        "A" * 110,
        "(comment) name;",
    ],
)
def test_a_name_comes_back_as_it_was(name: str) -> None:
    draft = replace(DRAFT, sender_name=name)
    assert name_of(draft) == name
    assert [one.addr_spec for one in parsed(draft)["From"].addresses] == ["thora@example.is"]


ONE_LINE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).filter(
    lambda text: text.strip()
)
TEXT = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n=.\u00a0"), max_size=400
)


@settings(max_examples=200, deadline=None)
@given(
    name=ONE_LINE.map(lambda text: " ".join(text.split())[:100]).filter(str.isprintable),
    subject=ONE_LINE.map(lambda text: " ".join(text.split())[:200]).filter(str.isprintable),
    body=TEXT.filter(lambda text: text.replace("\n", "").replace("\u00a0", "").isprintable()),
    content=st.binary(max_size=400),
)
def test_whatever_is_written_is_what_is_read(
    name: str, subject: str, body: str, content: bytes
) -> None:
    files = (File("a.bin", content),)
    draft = replace(DRAFT, sender_name=name, subject=subject, body=body, attachments=files)
    message = parsed(draft)
    assert name_of(draft) == name
    assert message["Subject"] == subject
    _, file = message.iter_parts()
    assert text_of(draft).rstrip("\n") == body.rstrip("\n")
    assert file.get_content() == content


def test_long_plain_headers_stay_within_a_line_too() -> None:
    long = replace(DRAFT, sender_name="A" * 110, subject="Invoice " * 40)
    assert max(len(line) for line in draft_bytes(long).split(b"\r\n")) <= 78


def test_a_boundary_in_the_content_does_not_end_a_part() -> None:
    first = draft_bytes(DRAFT)
    boundary = parsed(DRAFT).get_boundary()
    assert boundary is not None
    assert first.count(boundary.encode()) == 4
    hostile = f"--{boundary}\n--{boundary}--\n"
    again = replace(DRAFT, body=hostile, attachments=(replace(PDF, content=first),))
    _, file = parsed(again).iter_parts()
    assert text_of(again) == hostile
    assert file.get_payload(decode=True) == first


@pytest.mark.parametrize(
    "bad", ["a\r\nBcc: x@y.is", "a\nb", "a\rb", "a\0b", "a\u2028b", "\x1b[1m", ""]
)
@pytest.mark.parametrize("field", ["sender_name", "subject"])
def test_no_value_can_begin_a_header_of_its_own(field: str, bad: str) -> None:
    with pytest.raises(MailError):
        replace(DRAFT, **{field: bad})  # type: ignore[arg-type]  # one text field or the other


@pytest.mark.parametrize(
    "address",
    [
        "",
        "thora",
        "thora@",
        "@example.is",
        "thora@localhost",
        "a@example.is, b@example.is",
        "a@example.is\r\nBcc: b@example.is",
        "<a@example.is>",
        '"a b"@example.is',
        "a b@example.is",
        "þóra@example.is",
        "a@-example.is",
        "a@exam ple.is",
        "a@" + "þ" * 80 + ".is",
        "a@example.is\u2028",
    ],
)
@pytest.mark.parametrize("field", ["sender", "to", "cc"])
def test_an_address_is_one_plain_address_or_no_mail_is_made(field: str, address: str) -> None:
    with pytest.raises(MailError, match="e-mail address"):
        replace(DRAFT, **{field: address if field == "sender" else (address,)})  # type: ignore[arg-type]  # see above


def test_a_mail_goes_to_somebody() -> None:
    with pytest.raises(MailError, match="no address"):
        replace(DRAFT, to=())


def test_a_domain_with_icelandic_letters_travels_in_ascii() -> None:
    message = parsed(replace(DRAFT, to=("accounts@þóra.is",)))
    assert message["To"] == "accounts@" + "þóra".encode("idna").decode("ascii") + ".is"


@pytest.mark.parametrize("name", ["Þ.pdf", 'a".pdf', "a" * 101])
def test_a_file_name_that_mail_clients_would_garble_is_refused(name: str) -> None:
    with pytest.raises(MailError, match="name"):
        replace(DRAFT, attachments=(File(name, b""),))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("KC-1.pdf", "application/pdf"),
        (
            "KC-1-sessions.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("KC-1", "application/octet-stream"),
    ],
)
def test_a_file_s_media_type_is_that_of_its_name(name: str, media_type: str) -> None:
    _, file = parsed(replace(DRAFT, attachments=(File(name, b"x"),))).iter_parts()
    assert file.get_content_type() == media_type


@pytest.mark.parametrize("body", ["a\x1b[31mb", "a\x00b", "a\u202eb", "a\ud800b", "a\rb"])
def test_no_control_character_is_in_the_text(body: str) -> None:
    with pytest.raises(MailError, match="text of the mail"):
        replace(DRAFT, body=body)


def test_the_line_ends_of_the_text_do_not_matter() -> None:
    crlf = replace(DRAFT, body=DRAFT.body.replace("\n", "\r\n"))
    assert draft_bytes(crlf) == draft_bytes(DRAFT)


def test_blanks_at_a_lines_end_are_kept() -> None:
    body = "Signature\n-- \nTwo  \n"
    assert text_of(replace(DRAFT, body=body)) == body


def test_the_same_draft_gives_the_same_bytes_in_another_place_and_tongue() -> None:
    program = (
        "import sys\n"
        "from tests.mail.test_message import DRAFT\n"
        "from kara_tui.mail import draft_bytes\n"
        "sys.stdout.buffer.write(draft_bytes(DRAFT))\n"
    )
    elsewhere = {
        "PATH": os.environ["PATH"], "TZ": "Pacific/Kiritimati", "LC_ALL": "is_IS.UTF-8",
        "LANG": "C", "PYTHONHASHSEED": "7", "HOSTNAME": "elsewhere",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=elsewhere, cwd=Path(__file__).parents[2], capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout == draft_bytes(DRAFT)


def test_date_and_message_id_are_left_to_the_program_that_sends() -> None:
    message = parsed(replace(DRAFT, cc=("me@example.is",)))
    assert sorted(message.keys()) == [
        "Cc", "Content-Type", "From", "MIME-Version", "Subject", "To", "X-Unsent",
    ]  # fmt: skip


def test_another_content_gives_another_boundary() -> None:
    boundaries = {
        parsed(draft).get_boundary()
        for draft in (
            DRAFT,
            replace(DRAFT, subject="Invoice KC-0012"),
            replace(DRAFT, body="Hello"),
            replace(DRAFT, attachments=()),
            replace(DRAFT, cc=("me@example.is",)),
        )
    }
    assert len(boundaries) == 5


@pytest.mark.parametrize("subject", [" Invoice", "Invoice ", " ", "\u00a0Invoice", "  a  b  "])
def test_blanks_at_the_ends_of_a_subject_are_not_lost(subject: str) -> None:
    message = message_from_bytes(draft_bytes(replace(DRAFT, subject=subject)), policy=compat32)
    assert str(make_header(decode_header(message["Subject"]))) == subject


def test_making_a_draft_imports_no_mail_library() -> None:
    program = (
        "import sys\n"
        "from kara_tui.mail import Draft, draft_bytes\n"
        "draft_bytes(Draft('A', 'a@example.is', ('b@example.is',), 'S', 'B'))\n"
        "print(sorted({'email', 'smtplib', 'imaplib', 'socket', 'ssl', 'polars', 'locale'}"
        " & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")

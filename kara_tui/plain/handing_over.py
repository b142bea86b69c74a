"""After issuing: where the files lie, what to copy into a webmail, how to fetch them, sent or not.

Nothing can be taken back here, so ``b`` only says so.
"""

from __future__ import annotations

import os
from pathlib import Path

from kara_tui.errors import UserError
from kara_tui.issued import mark_sent
from kara_tui.issued.delivery import (
    NO_SEND_BUTTON,
    scp_line,
    webmail_text,
    what_happens_now,
)
from kara_tui.month_end import Outcome, Request, demo_request
from kara_tui.month_end.cli_request import command_line, not_in_command_line
from kara_tui.month_end.flow import Flow
from kara_tui.month_end.steps import Standing
from kara_tui.month_end.wording import amount_said, counted, month_name
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import findings_said

SENT_HELP = (
    "Open the mail draft in your mail program and send it, or write the mail in your webmail and "
    "attach the PDF. Then answer y. With n it stays noted as not sent; kara-tui sent NUMBER says "
    "it later.",
    NO_SEND_BUTTON,
)

_NO_WAY_BACK = (
    "The invoice is issued, so there is no way back from here. A wrong invoice is cancelled with "
    "kara-tui credit NUMBER --reason …"
)


def hand_over(talk: Talk, flow: Flow) -> None:
    """Say what was issued and what to do with it, and note whether it was sent. Raises Leave."""
    outcome = flow.standing.outcome
    if outcome is None:
        return
    talk.say()
    talk.say(f"Issued: {month_name(outcome.month)}, {counted(outcome.sessions, 'session')}.")
    for done in outcome.invoices:
        talk.say(f"Invoice {done.invoice.number}: {amount_said(done.invoice.total)}.")
    talk.say_all(outcome.undelivered)
    talk.say_all(findings_said(outcome.notices))
    files = _files(outcome)
    for name, path in files:
        talk.say(f"{name}:")
        talk.show(str(path))
    if outcome.eml is not None:
        talk.say(NO_SEND_BUTTON)
    fetch = scp_line(os.environ, [path.absolute() for _, path in files])
    if fetch:
        talk.say("To fetch the files, run this on your own computer:")
        talk.show(fetch)
    _say_webmail(talk, outcome)
    _ask_sent(talk, flow, outcome)


def say_dates(talk: Talk, standing: Standing) -> None:
    """The last step: the dates, when to ask, and the command that does the same."""
    outcome, request = standing.outcome, standing.request
    if outcome is None or outcome.deadlines is None:
        return
    talk.say_all(what_happens_now(outcome.deadlines, request.today, is_sent=standing.is_sent))
    talk.say("The same without questions:")
    sample = demo_request(Request(request.profile, request.today))
    talk.show(command_line(request, demo_files=(*sample.paid, *sample.unpaid)))
    left = not_in_command_line(request)
    if left:
        talk.say(left)


def _files(outcome: Outcome) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for done in outcome.invoices:
        number = done.invoice.number or ""
        if done.pdf is not None:
            found.append((f"PDF of {number}", done.pdf))
        if done.annex is not None:
            found.append((f"Annex of {number}, its sessions as a workbook", done.annex))
    if outcome.eml is not None:
        found.append(("Mail draft, ready to open and send", outcome.eml))
    return found


def _say_webmail(talk: Talk, outcome: Outcome) -> None:
    if outcome.eml is None:
        return
    try:
        draft = webmail_text(outcome.eml.read_bytes())
    except OSError:
        return  # the copy is gone already; the ledger has it, and the path was said
    talk.say("To send it from a webmail instead, attach the PDF and copy this:")
    talk.show(f"To: {draft.to}")
    if draft.cc:
        talk.show(f"Cc: {draft.cc}")
    talk.show(f"Subject: {draft.subject}")
    talk.show("Text:")
    for line in draft.body.splitlines():
        talk.show(line)
    talk.show("(end of the text)")


def _ask_sent(talk: Talk, flow: Flow, outcome: Outcome) -> None:
    number = outcome.invoices[0].invoice.number if outcome.invoices else None
    if number is None:
        return
    request = flow.request
    talk.say()
    while True:
        try:
            if talk.agree("Have you sent the mail?", default=False):
                break
        except Back:
            talk.say(_NO_WAY_BACK)
        else:
            later = "" if request.demo else f" Once it is: kara-tui sent {number}"
            talk.say(f"Noted as not sent.{later}")
            return
    try:
        mark_sent(number, request.profile, request.today, demo=request.demo)
    except UserError as error:
        talk.say_all(findings_said(error.findings))
        return
    flow.sent(request.today)
    talk.say(f"Noted as sent on {request.today}.")

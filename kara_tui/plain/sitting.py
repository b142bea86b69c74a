"""One sitting at the month end: the flow, and what is done after each answer.

The files are read with it and it is kept at once, so that going back or leaving loses none.
"""

from __future__ import annotations

from pathlib import Path

from kara_tui.ending import undisturbed
from kara_tui.errors import UserError
from kara_tui.month_end import Request, prepare
from kara_tui.month_end.downloads import downloads
from kara_tui.month_end.flow import Flow
from kara_tui.month_end.place import save_place
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import findings_said


class Sitting:
    """The flow of a month end, read and kept.

    ``folder`` is where files are offered from, ``pasted`` where pasted exports lie.
    ``is_kept`` says whether the answers were kept, and ``why_not`` why that went wrong, in words.
    """

    def __init__(self, talk: Talk, flow: Flow, pasted: Path) -> None:
        self.flow = flow
        self.pasted = pasted
        self.folder = downloads()
        self.is_kept = False
        self.why_not: tuple[str, ...] = ()
        self._talk = talk

    def answer(self, request: Request, name: str) -> None:
        """Take an answer and work the month end out with it; ``name`` is what undo calls it."""
        self.take(request, name)
        self.read()
        self.keep()

    def take(self, request: Request, name: str) -> None:
        """Take one answer of several; the files are read after the last."""
        self.flow.change(request, name)
        self.keep()

    def read(self) -> None:
        """Work the month end out of the files; what stops that stands in the standing."""
        flow = self.flow
        ticket = flow.ask()
        try:
            flow.read(ticket, prepare(flow.request))
        except UserError as error:
            flow.could_not_read(ticket, error.findings)

    def keep(self) -> None:
        """Keep the step and the answers, and say why if that fails; the sample is not kept."""
        flow, request = self.flow, self.flow.request
        if flow.standing.is_issued or request.demo or not request.paid:
            return
        why_not: tuple[str, ...] = ()
        with undisturbed():
            try:
                save_place(
                    flow.step, request, flow.month_end, lambda file: file.parent == self.pasted
                )
            except UserError as error:
                why_not = ("Your answers cannot be kept:", *findings_said(error.findings))
        self.is_kept = not why_not
        if why_not != self.why_not:
            self._talk.say_all(why_not)
        self.why_not = why_not

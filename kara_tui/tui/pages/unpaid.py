"""Unpaid: one answer for each session that was never confirmed in the portal."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from kara_tui.model import Decision
from kara_tui.month_end.steps import StepId, findings_of, step
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.month_end.wording import counted
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, padded, wrapped
from kara_tui.tui.findings import found_lines
from kara_tui.tui.page import heading, with_list
from kara_tui.tui.pages.sessions import SessionsPage

WORDS = {
    Decision.CONFIRMED: "confirmed in the portal",
    Decision.COLLECT: "I collect from the client",
    Decision.VOID: "cancelled or void",
    Decision.ELSEWHERE: "billed elsewhere",
    Decision.LATER: "later",
}
KEYS = {
    "confirmed": Decision.CONFIRMED,
    "collect": Decision.COLLECT,
    "void": Decision.VOID,
    "elsewhere": Decision.ELSEWHERE,
    "later": Decision.LATER,
}
DECISION_CELLS = 35


class UnpaidPage(SessionsPage):
    """The month's unpaid sessions, each with a proposal and the answer."""

    id = "unpaid"
    title = "Unpaid"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._unpaid: dict[str, UnpaidSession] = {}
        self._before: set[str] = set()
        self.does |= {"next": self._next, "accept": self._accept, "read-again": self._read_again}
        for action, decision in KEYS.items():
            self.does[action] = partial(self._decide, decision)

    def opened(self) -> None:
        month_end = self.desk.month_end
        if month_end is None:
            return
        self._unpaid = {one.candidate.fingerprint: one for one in month_end.unpaid}
        self.put([one.candidate for one in month_end.unpaid])
        gone = self._before - set(self._unpaid)
        if gone:
            self._before = set()
            billed = {one.fingerprint for one in month_end.billed}
            self.desk.say(
                f"{counted(len(gone), 'session')} no longer unpaid; "
                f"{len(gone & billed):,} of them billed now."
            )

    def body(self, width: int, height: int) -> Drawn:
        about = step(StepId.UNPAID)
        head = heading(about.title, about.purpose, width)
        if not self.desk.request.unpaid:
            head += [BLANK, *wrapped(
                "No Unpaid export was chosen, so forgotten sessions would not be seen. Export "
                "Payments → Unpaid in the portal the same way and choose the file on the Payments "
                "step, or go on without it.", width, "warning")]  # fmt: skip
            head += [BLANK, *self._portal(width)]
            return Drawn(tuple(head[:height]))
        if not self.all:
            head += [BLANK, (("[x] Nothing is unpaid in this month.", "good"),)]
            head += found_lines(findings_of(StepId.UNPAID, self.desk.standing), width, height // 2)
            return Drawn(tuple(head[:height]))
        foot = [BLANK, *self._portal(width)] if height >= 16 else []
        columns = self.columns(max(30, width - 6 - DECISION_CELLS))
        head += self.above_table(columns, 6, width, height - len(head) - len(foot))
        drawn = with_list(
            self, head, foot, width, height, lambda item: self._row(item, columns.row)
        )
        if self.field is not None:
            at = next(y for y, line in enumerate(head) if line and line[0][0] == "Filter: ")
            return replace(drawn, cursor=(8 + self.field.shown(42)[1], at))
        return drawn

    def _portal(self, width: int) -> list[Line]:
        """The portal's clicks for the session under the cursor."""
        lines: list[Line] = [(("In the portal", "accent"),)]
        for number, words in enumerate(step(StepId.UNPAID).portal, 1):
            first, *rest = wrapped(words, width - 5)
            lines.append(((f" {number}. ", "accent"), *first))
            lines += [(("    ", "text"), *line) for line in rest]
        return lines

    def _row(self, item: int, text: object) -> Line:
        candidate = self.all[self.shown[item]]
        one = self._unpaid[candidate.fingerprint]
        words = text(candidate.session)  # type: ignore[operator]  # the layout's own function
        if one.decision is None:
            said, role = f"?  {WORDS[one.proposal]}", "warning"
        else:
            said, role = f"=  {WORDS[one.decision]}", "good"
        return (
            (self.mark_of(candidate), "text"),
            (words + "  ", "text"),
            (padded(said, DECISION_CELLS - 4), role),
        )

    def help_lines(self) -> list[str]:
        return [
            "A question mark before the words is a proposal, an equals sign your answer.",
            "Enter takes the proposal of a session with a sponsor that has no answer yet, and goes "
            "on when all of them have one. A session without a sponsor is never billed.",
        ]

    def why_not(self, action: str) -> str:
        if action in (*KEYS, "accept") and not self.all:
            return "There is no unpaid session here."
        return super().why_not(action)

    @property
    def words_now(self) -> dict[str, str]:
        """What Enter does depends on the line under the cursor."""
        under = self.under_cursor
        still = {one.candidate.fingerprint for one in self._open()}
        if under is not None and under.fingerprint in still:
            return {"next": "Take proposal"}
        return {"next": "To the open one"} if still else {}

    def _open(self) -> list[UnpaidSession]:
        """Sessions with a sponsor that have no answer: these would be missing on the invoice."""
        return [
            one for one in self._unpaid.values() if one.decision is None and one.session.sponsor
        ]

    def _next(self) -> None:
        if self.take_filter():
            return
        still_open = self._open()
        if not still_open or self.desk.standing.is_issued:
            self.desk.forward()
            return
        under = self.under_cursor
        there = {one.candidate.fingerprint for one in still_open}
        if under is not None and under.fingerprint in there:
            self._say_for([under.fingerprint], self._unpaid[under.fingerprint].proposal)
            there.discard(under.fingerprint)
        for fingerprint in there:
            self._point_at(fingerprint)
            break

    def _decide(self, decision: Decision) -> None:
        chosen = [one.fingerprint for one in self.chosen()]
        self.marked.clear()
        self._say_for(chosen, decision)
        if len(chosen) == 1:
            self.list.move("down")

    def _say_for(self, fingerprints: list[str], decision: Decision) -> None:
        self._change(dict.fromkeys(fingerprints, decision), WORDS[decision])

    def _accept(self) -> None:
        self._change(
            {key: one.proposal for key, one in self._unpaid.items() if one.decision is None},
            "as proposed",
        )

    def _change(self, answers: dict[str, Decision], said: str) -> None:
        request = self.desk.request
        if not answers:
            self.desk.say("Every session here has an answer.")
            return
        self.desk.change(
            replace(request, decisions={**request.decisions, **answers}),
            f"{counted(len(answers), 'session')}: {said}. u undoes it.",
        )

    def _read_again(self) -> None:
        self._before = set(self._unpaid)
        self.desk.say("Reading the exports again.")
        self.desk.read()

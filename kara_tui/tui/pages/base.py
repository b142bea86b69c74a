"""What every step's page shares: it draws the flow, and tells the app what the user said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Static

from kara_tui.model.finding import Finding, Severity
from kara_tui.month_end.portal import StepId, step
from kara_tui.month_end.steps import findings_of
from kara_tui.text import broken, cells_of
from kara_tui.tui.messages import Onward, Said
from kara_tui.tui.widgets.bars import BACK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.widget import Widget

    from kara_tui.issued.delivery import WebmailText
    from kara_tui.month_end.flow import Flow
    from kara_tui.tui.acts import Acts

WIDE = 110  # columns from which on there is a pane at the side
SIDE, WIDER_SIDE = 40, 56  # its columns, on a wide screen and on one of WIDER
WIDER = 160
SHORT = 15  # rows below which a list stands alone
ANSWERS = " i answers it."  # stays where what is asked is cut
GAP = 2
MUCH = 16  # cells below which a text is not broken any narrower
BORDER = 2  # rows of a panel's own
PANEL = 5  # columns that are a panel's own

SEVERITY_STYLES: Mapping[Severity, tuple[str, str]] = {
    Severity.BLOCKER: ("!", "bold $blocker"),
    Severity.WARNING: ("?", "$warning"),
    Severity.INFO: ("·", "$muted"),
}


def settled_size() -> Reactive[Size]:
    """``virtual_size`` for a part that never scrolls, so that it is laid out and painted once.

    The stock one asks for another layout when a part shows for the first time, because it might
    need scrollbars: a page of ten parts was painted three times.
    """
    return Reactive(Size(0, 0), repaint=False)


def settled_scrollbar(*, shown: bool) -> Reactive[bool]:
    """``show_vertical_scrollbar`` for a part that is laid out in the same way with and without."""
    return Reactive(shown, repaint=False)


class Panes(Horizontal):
    """Panes side by side."""

    virtual_size = settled_size()


class Pane(Vertical):
    """A part of a page, of panels one below the other."""

    virtual_size = settled_size()


class Panel(Vertical):
    """A titled box: the title says what it is, the subtitle how much or which keys work."""

    virtual_size = settled_size()

    def __init__(
        self,
        *children: Widget,
        title: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str = "",
    ) -> None:
        self._said: tuple[str, str | Content | None] = ("", None)
        super().__init__(*children, id=id, classes=f"panel {classes}")
        self.title(title)

    def title(self, title: str, subtitle: str | Content | None = None) -> None:
        """Set both texts of the border; texts are shown as they are, never read as markup.

        Setting one paints the whole box again, so what is there already is left alone.
        """
        if (title, subtitle) == self._said:
            return
        self._said = (title, subtitle)
        self.border_title = Content(title)
        if subtitle is not None:
            self.border_subtitle = Content(subtitle) if isinstance(subtitle, str) else subtitle

    def hold(self, lines: int) -> None:
        """Be as high as so many lines ask for, and no higher than there is room."""
        self.styles.max_height = lines + BORDER


class Page(Vertical, inherit_bindings=False):
    """A step's page. ``show`` draws the flow as it is; it is called whenever that has changed.

    A page computes nothing and changes nothing: it posts messages, and the app acts on them.
    """

    virtual_size = settled_size()
    step_id: ClassVar[StepId]
    beside_does: ClassVar[str] = BACK  # what the button beside the filled one does
    focus_first: ClassVar[str] = ""  # the selector of what has the focus when the page is shown

    def __init__(self, flow: Flow, acts: Acts) -> None:
        super().__init__(id=self.step_id.value)
        self.flow = flow
        self.acts = acts
        self._shape: tuple[int, bool] | None = None

    def on_resize(self) -> None:
        """Draw anew what another pane takes over when there is room for more or for less."""
        before, self._shape = self._shape, (side_of(self.app.size.width), self.is_short)
        if before is not None and before != self._shape:
            self.show()

    def show(self) -> None:
        """Draw what is known now. The page may not have been laid out yet."""

    @property
    def has_side(self) -> bool:
        """Whether there is room for the pane at the side; what does not show is not drawn."""
        return self.app.size.width >= WIDE

    @property
    def is_short(self) -> bool:
        """Whether there are so few rows that only the list itself has room."""
        return self.app.size.height < SHORT

    def arrived(self) -> None:
        """The page has come to the front."""
        self.show()
        if self.focus_first:
            for widget in self.query(self.focus_first):
                # At once, not by the app's queue as ``widget.focus`` does: painted in one go.
                self.screen.set_focus(widget)
                break

    def seen(self) -> None:
        """The screen was painted: what is heavy to load, or takes time, may begin now."""

    def look_again(self, *, anew: bool = False) -> None:
        """Files may have come, or with ``anew`` changed: a page that offers some looks again."""

    def onward(self) -> tuple[str, str]:
        """The words on the filled button and on the one beside it; empty for none."""
        position = step(self.step_id).position
        steps = list(StepId)
        after = step(steps[position]).title if position < len(steps) else ""
        before = step(steps[position - 2]).title if position > 1 else ""
        if self.flow.returns_to_review:
            return step(StepId.SEND).title, ""
        return after, before

    def said(self) -> Content | str:
        """A sentence above or beside the buttons: what this step still asks for."""
        from kara_tui.month_end.questions import can_answer
        from kara_tui.tui.said_here import message_here

        for finding in findings_of(self.step_id, self.flow.standing):
            if finding.severity is not Severity.INFO:
                sign, style = SEVERITY_STYLES[finding.severity]
                key = ANSWERS if can_answer(finding) else ""
                said = message_here(finding, self.flow.month_end)
                return Content.styled(f"{sign} {said}{key}", style)
        return ""

    @property
    def not_understood(self) -> str:
        """Why the page has nothing to show though a file was chosen; empty when it has."""
        standing = self.flow.standing
        if not self.flow.request.paid:
            return "No export is chosen yet: choose one on the step Payments."
        if standing.unreadable:
            return "No export could be read: the step Payments says why."
        if self.flow.month_end is None:
            return "Reading the exports …"
        blockers = findings_of(StepId.PAYMENTS, standing)
        if self.flow.month_end.sessions or not any(one.is_blocker for one in blockers):
            return ""
        return "The exports cannot be understood yet: the step Payments asks how to read them."

    def words(self) -> Mapping[str, str]:
        """Words for the key bar instead of the table's, by action."""
        return {}

    def why_not(self, action: str) -> str:  # noqa: ARG002 - pages that have reasons look at it
        """Why an action does nothing now, in a sentence; empty when it does something."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey, and not in the key bar, while there is nothing to do."""
        if action == "answer":
            return self.can_answer
        return self.flow.last_change is not None if action == "undo" else True

    @property
    def can_answer(self) -> bool:
        """Whether an answer would settle something that was found."""
        from kara_tui.month_end.questions import can_answer

        return any(can_answer(one) for one in self.flow.standing.findings)

    @property
    def room(self) -> int:
        """The cells of a line in a panel of the page; before the first layout those there will be.

        The pane at the side takes its own, the panel its border and padding, and a scrollbar one.
        """
        return self.app.size.width - side_of(self.app.size.width) - PANEL

    @property
    def side_room(self) -> int:
        """The cells of a line in a panel of the pane at the side, which has no scrollbar."""
        return side_of(self.app.size.width) - PANEL + 1

    def do(self, action: str) -> bool:
        """Whether an action may go on; when not, the user is told why."""
        why = self.why_not(action)
        if why:
            self.tell(why, "warning")
        return not why

    def tell(self, text: str, severity: str = "information") -> None:
        """Show a sentence for a moment."""
        self.post_message(Said(text, severity))

    def go_on(self) -> None:
        """What the filled button does, unless a page has something of its own to do first."""
        self.post_message(Onward())

    async def action_answer(self) -> None:
        """Answer what can be read or done in two ways."""
        await self.app.run_action("app.answer")

    def show_rows(self, source: str, rows: tuple[int, ...]) -> None:
        """Put the cursor on the first of these rows of a file, if the page shows rows."""


def mail_said(mail: WebmailText, width: int) -> Content:
    """A mail in a panel: whom it goes to, its subject and its text."""
    rows = [("To", mail.to), *([("Copy", mail.cc)] if mail.cc else []), ("Subject", mail.subject)]
    heads = [
        Content("\n".join(lines)).stylize("$muted", 0, len(label))
        for (label, _), lines in zip(rows, aligned(rows, 1, width), strict=True)
    ]
    return Content("\n").join(
        [*heads, Content(""), Content("\n".join(mail.body.strip().splitlines()))]
    )


def side_of(width: int) -> int:
    """The columns of the pane at the side on a screen of this width; 0 where there is none."""
    if width < WIDE:
        return 0
    return WIDER_SIDE if width >= WIDER else SIDE


def numbered(steps: Sequence[str], width: int) -> str:
    """What is pressed one after the other, a number before each, lines broken behind it."""
    return "\n".join(
        f"\n{' ' * 3}".join([f"{at}. {first}", *rest])
        for at, words in enumerate(steps, 1)
        for first, *rest in [list(broken(words, width - 3))]
    )


def finding_lines(findings: tuple[Finding, ...], width: int) -> Content:
    """Findings as text, one a paragraph, what to do below each, moved in as a whole."""
    from kara_tui.tui.said_here import hint_here

    parts = []
    for finding in findings:
        sign, style = SEVERITY_STYLES[finding.severity]
        said = f"\n{' ' * 2}".join(broken(finding.message, width - 2))
        words = [Content.styled(f"{sign} {said}", style)]
        hint = hint_here(finding)
        if hint:
            below = "\n".join(f"  {line}" for line in broken(hint, width - 2))
            words.append(Content.styled(below, "$muted"))
        parts.append(Content("\n").join(words))
    return Content("\n").join(parts)


class Words(Static):
    """Text in a panel, never markup. One whose height the sheet sets is not laid out anew."""

    virtual_size = settled_size()

    def __init__(
        self,
        text: Content | str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str = "",
    ) -> None:
        super().__init__(text, id=id, classes=classes, markup=False)
        self._shown: Content | None = None

    def put(self, text: Content | str) -> None:
        """Show another text; none takes no room."""
        content = Content(text) if isinstance(text, str) else text
        if self._shown is not None and content.is_same(self._shown):
            return
        self._shown = content
        if self.display != bool(content):
            self.display = bool(content)
        height = self.styles.height
        self.update(content, layout=height is None or height.is_auto)


def aligned(rows: Sequence[Sequence[str]], at: int, width: int) -> list[list[str]]:
    """Rows of texts as columns; column ``at`` is broken over lines where the rest leaves no room.

    Each row gives its lines, the cells of one padded to their columns.
    """
    needs = [max(cells_of(row[column]) for row in rows) for column in range(len(rows[0]))]
    left = max(MUCH, width - sum(needs) + needs[at] - GAP * (len(needs) - 1))
    needs[at] = min(needs[at], left)
    lines = []
    for row in rows:
        cells = [list(broken(text, needs[at])) if column == at else [text]
                 for column, text in enumerate(row)]  # fmt: skip
        lines.append([
            (" " * GAP).join(
                _padded(cell[line] if line < len(cell) else "", need)
                for cell, need in zip(cells, needs, strict=True)
            ).rstrip()
            for line in range(max(1, len(cells[at])))
        ])  # fmt: skip
    return lines


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cells_of(text))

"""The wizard's pages. A page is loaded when it is first shown: the first paint needs only one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kara_tui.month_end.steps import StepId
    from kara_tui.tui.desk import Desk
    from kara_tui.tui.page import Page

_STEPS = {
    "payments": "PaymentsPage", "paid": "PaidPage", "credit": "CreditPage", "unpaid": "UnpaidPage",
    "invoice": "InvoicePage", "send": "SendPage", "done": "DonePage",
}  # fmt: skip
_ABOVE = {"help": "HelpPage", "palette": "PalettePage", "problems": "ProblemsPage"}


def step_page(step_id: StepId, desk: Desk) -> Page:
    """The page of a step."""
    return _made(step_id.value, _STEPS[step_id.value], desk)


def above(name: str, desk: Desk) -> Page:
    """A page that is opened on top of any other: help, commands, problems."""
    return _made(name, _ABOVE[name], desk)


def load_all() -> None:
    """Load every page's module, so that no key has to wait for one."""
    for module in (*_STEPS, *_ABOVE, "prompt", "choice", "text", "settle", "preview", "browse"):
        import_module(f"kara_tui.tui.pages.{module}")


def _made(module: str, name: str, desk: Desk) -> Page:
    page: Page = getattr(import_module(f"kara_tui.tui.pages.{module}"), name)(desk)
    return page

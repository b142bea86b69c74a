"""The seven steps as data: what each is for, what to press in the portal, what to do here.

Every face draws these words. The portal's names for its tabs, boxes and buttons are those of Kara
Connect's help article "Wellbeing Hubs: How to send invoices to Kara Connect".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ACCOUNTS = "accounts@karaconnect.com"
SUPPORT = "support@karaconnect.com"

# A fixed word, typed out: Enter alone must never take a number, and the number itself is known for
# certain only once it is taken. Case and blanks around it do not matter.
CONFIRMATION_WORD = "issue"

# The boxes to tick in the portal's Export screen, each with why an invoice needs it.
BOXES: tuple[tuple[str, str], ...] = (
    ("Sponsor", "who gave the credit"),
    ("Transaction date", "the day of each session, and the month it belongs to"),
    ("Service Name", "what each line of the invoice is for"),
    ("Service Price", "the amount"),
    ("Service Currency", "one invoice holds one currency"),
    ("Professional Name", "Kara Connect asks for it"),
    ("Professional Email", "Kara Connect asks for it"),
    ("Type", "tells Credit from all other payments"),
)


class StepId(StrEnum):
    """The steps in their order; the values stand in saved places and never change."""

    PAYMENTS = "payments"
    PAID = "paid"
    CREDIT = "credit"
    UNPAID = "unpaid"
    INVOICE = "invoice"
    SEND = "send"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``purpose``, ``here`` and ``needs_said`` are whole sentences.

    ``portal`` holds what to press in the portal, one instruction each, in order; it is empty where
    the portal is not needed. ``needs`` are the steps that come first; ``needs_said`` tells a user
    who cannot go there yet what is missing.
    """

    id: StepId
    title: str
    purpose: str
    portal: tuple[str, ...]
    here: str
    needs: tuple[StepId, ...] = ()
    needs_said: str = ""

    @property
    def position(self) -> int:
        """1 for the first step."""
        return list(StepId).index(self.id) + 1


CONFIRM_IN_PORTAL: tuple[str, ...] = (
    "Payments, then Unpaid.",
    "Find the session by its date and time. Press the three dots ⋮ beside it, then View Details.",
    (
        "Is there a Sponsor section? Then a credit paid for it: press ⋮ again, Edit Payment, and "
        "Confirm on the screen that follows. The session moves to Paid."
    ),
    "No Sponsor section? Then no credit was used, and you collect the payment from the client.",
)

STEPS: tuple[Step, ...] = (
    Step(
        StepId.PAYMENTS,
        "Payments",
        "The portal's list of payments is what the invoice is made from.",
        (
            "Payments in the menu at the top, then Paid sessions.",
            "Set the dates from the 1st to the last day of the month.",
            "Payment type: Credit. (Credit Card is something else, a client's card.)",
            "Export, and tick these boxes: "
            + ", ".join(name for name, _ in BOXES)
            + ". Leave boxes about clients unticked.",
            "Export again. The file lands where your browser keeps downloads.",
            "The same under Payments, then Unpaid, shows whether a session was forgotten.",
        ),
        "Choose the Paid export, and the Unpaid one if you have it.",
    ),
    Step(
        StepId.PAID,
        "Paid",
        "Kara Connect wants one invoice for all sessions of a calendar month.",
        (
            (
                "If a session is missing here, look under Payments, then Paid sessions, with dates "
                "a few days wider: the transaction date may be the day when Confirm was pressed."
            ),
        ),
        "Check the month, and what the export holds outside it.",
        (StepId.PAYMENTS,),
        "Choose the Paid export first.",
    ),
    Step(
        StepId.CREDIT,
        "Credit",
        "Sessions of payment type Credit are the ones that Kara Connect pays.",
        (
            (
                "To look a session up: Payments, find it by date and time, and press the eye "
                "symbol. The payment method there must say Credit."
            ),
            "To see who gave the credit: the three dots ⋮, View Details, the Sponsor section.",
        ),
        "Look the sessions through. Leave out what does not belong on the invoice, and say why.",
        (StepId.PAYMENTS,),
        "Choose the Paid export first.",
    ),
    Step(
        StepId.UNPAID,
        "Unpaid",
        "A session that was never confirmed stays unpaid and is easily forgotten.",
        CONFIRM_IN_PORTAL,
        "Say for each unpaid session what holds. None is billed before a Paid export holds it.",
        (StepId.PAYMENTS,),
        "Choose the Paid export first.",
    ),
    Step(
        StepId.INVOICE,
        "Invoice",
        "This is what Kara Connect will receive: one invoice for each currency.",
        (),
        "Check who it is from, who it is to, the bank account, the VAT text and the total.",
        (StepId.PAYMENTS, StepId.PAID, StepId.CREDIT),
        "There is no session to bill yet: the export, the month and the sessions come first.",
    ),
    Step(
        StepId.SEND,
        "Send",
        "Issuing takes the next invoice number for good and writes the PDF and the mail.",
        (),
        f"Look it over once more, issue it, and send the mail to {ACCOUNTS}.",
        (StepId.PAYMENTS, StepId.PAID, StepId.CREDIT, StepId.INVOICE),
        "There is no invoice to send yet: the steps before this one come first.",
    ),
    Step(
        StepId.DONE,
        "Done",
        "What happens now, and when to ask.",
        ("For anything urgent: the blue chat bubble at the bottom right of the portal.",),
        "Note the dates. Nothing more is to be done here this month.",
        (StepId.SEND,),
        "The invoice has not been issued yet.",
    ),
)


def step(step_id: StepId) -> Step:
    """The step of this id."""
    return STEPS[list(StepId).index(step_id)]


def is_confirmed(typed: str) -> bool:
    """Whether what was typed is the confirmation word."""
    return typed.strip().casefold() == CONFIRMATION_WORD

"""A theme that did not come with kara-tui, run where it can do no harm: in a child with limits.

Typst has no limit of time or memory of its own, so a template that never ends would hold the month
end up for ever. The child gets the invoice on its standard input and gives bytes, or a sentence.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.documents.error import DocumentError
from kara_tui.model.frozen import frozen, thawed

if TYPE_CHECKING:
    from kara_tui.model import Invoice

SECONDS = 30
MEMORY = 2 * 1024**3  # bytes of address space; a hundred pages need a tenth of it

_BYTES, _SENTENCE = b"B", b"S"


def invoice_pdf(invoice: Invoice, folder: Path) -> bytes:
    """The invoice set in a theme that is not trusted; see the room's door."""
    return _from_child(invoice, {"folder": str(folder), "page": 0, "ppi": 0.0})


def invoice_png(invoice: Invoice, folder: Path, *, page: int, pixels_per_inch: float) -> bytes:
    """A page of it as a picture; see the room's door."""
    return _from_child(invoice, {"folder": str(folder), "page": page, "ppi": pixels_per_inch})


def _from_child(invoice: Invoice, what: dict[str, object]) -> bytes:
    order = {**what, "number": invoice.number, "invoice": frozen(invoice)}
    name = Path(str(what["folder"])).name
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kara_tui.documents.foreign"],
            input=json.dumps(order).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:  # the child was killed
        raise DocumentError(_took_too_much(name)) from None
    kind, content = done.stdout[:1], done.stdout[1:]
    if done.returncode == 0 and kind == _BYTES:
        return content
    if done.returncode == 0 and kind == _SENTENCE:
        raise DocumentError(content.decode())
    raise DocumentError(_took_too_much(name))


def _took_too_much(name: str) -> str:
    return (
        f"The invoice theme {name} did not come to an end within {SECONDS} seconds and "
        f"{MEMORY // 1024**3} GiB of memory. Nothing was written. Mend the theme or choose another."
    )


def _main() -> None:
    """The child: limit itself, then draw."""
    try:
        import resource
    except ImportError:  # no such limits on Windows: the time limit of the parent stays
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from kara_tui.documents import typesetting

    order = json.loads(sys.stdin.buffer.read())
    invoice = thawed(order["invoice"], order["number"])
    folder = Path(order["folder"])
    try:
        if order["page"]:
            content = typesetting.invoice_png(
                invoice, folder, page=order["page"], pixels_per_inch=order["ppi"]
            )
        else:
            content = typesetting.invoice_pdf(invoice, folder)
    except DocumentError as error:
        sys.stdout.buffer.write(_SENTENCE + str(error).encode())
    else:
        sys.stdout.buffer.write(_BYTES + content)


if __name__ == "__main__":
    _main()

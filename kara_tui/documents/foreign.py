"""A theme that did not come with kara-tui, run where it can do no harm: in a child with limits.

Typst has no limit of time or memory of its own, so a template that never ends would hold the month
end up for ever. The child gets the invoice on its standard input and gives bytes, or a sentence. It
takes nothing from the folder or the environment that kara-tui was started in and reaches no
network; a theme with links to other files is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.documents.error import DocumentError
from kara_tui.model.invoice_json import frozen, thawed

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


# What a package would be fetched through: nothing listens there (RFC 863, switched off everywhere).
_NOWHERE = "http://127.0.0.1:9"
# What the interpreter itself may need to start; all else of the environment stays outside.
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# Isolated, Python looks for no module in the current folder or where a variable says; kara_tui
# itself may lie in a checkout, so where it lies is said, behind everything else.
_PROGRAM = (
    "import sys; sys.path.append(sys.argv[1]); from kara_tui.documents.foreign import draw; draw()"
)


def _environment() -> dict[str, str]:
    proxies = ("http_proxy", "https_proxy", "all_proxy")
    return {
        **{name: os.environ[name] for name in _NEEDED if name in os.environ},
        **dict.fromkeys((*proxies, *(name.upper() for name in proxies)), _NOWHERE),
    }


def _refuse_links(folder: Path) -> None:
    """Raise DocumentError for an entry of the folder that is another place's file."""
    for path in sorted(folder.rglob("*")):
        stat = path.lstat()
        if path.is_symlink() or (path.is_file() and stat.st_nlink > 1):
            raise DocumentError(
                f"{path.relative_to(folder)} in the invoice theme {folder.name} is a link to "
                "another file. A theme has its own files: put a copy in its place."
            )


def _from_child(invoice: Invoice, what: dict[str, object]) -> bytes:
    folder = Path(str(what["folder"])).resolve()
    name = folder.name
    order = {**what, "folder": str(folder), "number": invoice.number, "invoice": frozen(invoice)}
    try:
        _refuse_links(folder)
        done = subprocess.run(
            [sys.executable, "-I", "-c", _PROGRAM, str(Path(__file__).parents[2])],
            input=json.dumps(order).encode(),
            cwd=folder.anchor,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except OSError as error:
        raise DocumentError(f"The invoice theme {name} cannot be read: {error.strerror}.") from None
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


def draw() -> None:
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
            content = typesetting.invoice_pdf(invoice, folder, read_back=True)
    except DocumentError as error:
        sys.stdout.buffer.write(_SENTENCE + str(error).encode())
    else:
        sys.stdout.buffer.write(_BYTES + content)

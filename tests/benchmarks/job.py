"""What kara-tui asks of Typst for a month, written down so that another program can ask the same.

The product keeps no such file. This runs it once in its own process, listens at the library's door,
and stores what passed: the sources, the settings, the fonts.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any


def record(folder: Path, arguments: list[str]) -> None:
    """Run the command with these arguments and store what it gave to Typst under ``folder``.

    Raises RuntimeError when the command failed or compiled no document, or more than one.
    """
    import typst

    from kara_tui import cli

    compiled: list[tuple[dict[str, bytes], dict[str, Any]]] = []
    fonts: list[dict[str, Any]] = []
    real_compile, real_fonts = typst.compile, typst.Fonts

    def compile_and_note(sources: dict[str, bytes], **settings: Any) -> Any:
        compiled.append((sources, settings))
        return real_compile(sources, **settings)

    def fonts_and_note(**settings: Any) -> Any:
        fonts.append(settings)
        return real_fonts(**settings)

    for name, stand_in in (("compile", compile_and_note), ("Fonts", fonts_and_note)):
        setattr(typst, name, stand_in)
    code = cli.run(arguments)
    if code != 0 or len(compiled) != 1 or len(fonts) != 1:
        raise RuntimeError(f"exit code {code}, {len(compiled)} documents, {len(fonts)} font books")
    (sources, settings), (book,) = compiled[0], fonts
    for name, source in sources.items():
        (folder / "sources").mkdir(parents=True, exist_ok=True)
        (folder / "sources" / name).write_bytes(source)
    del settings["font_paths"]
    (folder / "settings.json").write_text(json.dumps(settings, default=_plain), "utf-8")
    (folder / "fonts.json").write_text(json.dumps(book, default=_plain), "utf-8")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


if __name__ == "__main__":
    record(Path(sys.argv[1]), sys.argv[2:])

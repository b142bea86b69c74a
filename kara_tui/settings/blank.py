"""A profile to fill in: every section, with each setting and what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kara_tui.settings.question import Setting
from kara_tui.settings.table import BANK, SECTIONS, SETTINGS

_HEAD = """\
# A profile for kara-tui: fill it in, then install it with
#   kara-tui profile new --from THIS-FILE
# Lines that begin with # are explanations, or settings you may not need.
"""
_MEANINGS_AT = 32


def to_fill_in(settings: Sequence[Setting] = SETTINGS) -> str:
    """A profile as TOML: what it must have is empty, what it may have is a remark."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(settings))


def _lines(settings: Sequence[Setting]) -> Iterator[str]:
    for section, about in SECTIONS.items():
        yield from ("", f"# {about.sentence}")
        yield f"[[{section}]]" if section == BANK else f"[{section}]"
        table = ""
        for setting in settings:
            # A cap has no example: whoever needs one finds it on the reference page.
            if setting.section != section or not (setting.line or setting.filled_in):
                continue
            if setting.heading != table:
                table = setting.heading
                yield from ("", f"[{section}.{table}]")
            meaning = setting.meaning.replace("`", '"')
            yield f"{_line(setting):<{_MEANINGS_AT}}# {meaning}"


def _line(setting: Setting) -> str:
    if setting.kind.is_table:
        return f"# {setting.line} "
    if setting.filled_in:
        return f"{setting.name} = {setting.filled_in} "
    if setting.is_needed:
        return f"{setting.name} = {setting.kind.blank} "
    return f"# {setting.name} = {setting.line} "

"""What is to be done about a finding, in the words of the face that says it.

A finding is made for every face, so its hint may name options of the command line. A face that asks
has words of its own for these; where it has none, sentences about options are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kara_tui.model import Finding

_OF_THE_COMMAND_LINE = re.compile(r"(?:^|\s|\()--[a-z]|kara-tui [a-z]+ ")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def hint_for(finding: Finding, words: Mapping[str, str]) -> str:
    """The finding's hint without options; ``words`` are the face's own, by the finding's code."""
    if not _OF_THE_COMMAND_LINE.search(finding.hint):
        return finding.hint
    if finding.code in words:
        return words[finding.code]
    # A whole command is the only way there is; an option alone is not one of an asking face.
    sentences = _SENTENCES.split(finding.hint)
    kept = [one for one in sentences if "kara-tui " in one or not _OF_THE_COMMAND_LINE.search(one)]
    return " ".join(kept)

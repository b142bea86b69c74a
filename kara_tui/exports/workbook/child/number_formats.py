"""Number formats and errors as all of Excel's files know them, in the workbook's child process."""

from __future__ import annotations

import re
import struct

# Number formats that show a percentage and are built in (ECMA-376 part 1, 18.8.30).
BUILT_IN_PERCENT = (9, 10)
_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# Errors by their numbers in binary files (MS-XLSB 2.5.97.2, MS-XLS 2.5.10).
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def shows_percentage(code: str) -> bool:
    """Whether a number format's code shows a percentage."""
    return "%" in _UNSHOWN.sub("", code)


def rk_number(rk: int) -> float:
    """A number in 32 bits (RkNumber): 30 of an integer or of a double, perhaps hundredths."""
    value = rk >> 2 if rk & 2 else struct.unpack("<d", struct.pack("<q", (rk & ~3) << 32))[0]
    return float(value) / (100 if rk & 1 else 1)

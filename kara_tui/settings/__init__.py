"""Profiles in TOML, and where files live.

``load`` and ``save`` a profile, ``check`` it deeply (check digits, calendars, what numbers say
about each other), ``remember_…`` one setting; the locations of everything on disk. What is wrong
with a profile comes as problems, each with field, value, reason and mend. ``profile_command`` is
``kara-tui profile``; ``kara_tui.settings.interview`` is what a face asks to make a profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.settings.fields import LANGUAGES
from kara_tui.settings.locations import (
    BadHome,
    BadName,
    ThemeKind,
    UnknownTheme,
    check_home,
    checked_name,
    data_folder,
    demo_folder,
    former_invoices_folder,
    has_one_home,
    invoices_folder,
    issued_numbers_file,
    ledger_file,
    other_issued_numbers_files,
    profile_path,
    profiles_folder,
    settings_folder,
    shipped_themes,
    theme_folder,
    themes,
    where_copies_go,
)
from kara_tui.settings.problem import (
    NoProfile,
    Problem,
    ProfileError,
    ReadOnlyProfile,
    Refused,
    UnreadableProfile,
)
from kara_tui.settings.profile import (
    HolidayCalendar,
    MailSettings,
    Numbering,
    Profile,
    Reading,
    Routing,
    SupplierKind,
)
from kara_tui.settings.store import (
    exists,
    list_profiles,
    load,
    read_profile,
    remember_reading,
    remember_routing,
    save,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TextIO

__all__ = [
    "LANGUAGES",
    "BadHome",
    "BadName",
    "HolidayCalendar",
    "MailSettings",
    "NoProfile",
    "Numbering",
    "Problem",
    "Profile",
    "ProfileError",
    "ReadOnlyProfile",
    "Reading",
    "Refused",
    "Routing",
    "SupplierKind",
    "ThemeKind",
    "UnknownTheme",
    "UnreadableProfile",
    "check",
    "check_home",
    "checked_name",
    "data_folder",
    "demo_folder",
    "exists",
    "former_invoices_folder",
    "has_one_home",
    "invoices_folder",
    "issued_numbers_file",
    "ledger_file",
    "list_profiles",
    "load",
    "other_issued_numbers_files",
    "profile_command",
    "profile_path",
    "profiles_folder",
    "read_profile",
    "remember_reading",
    "remember_routing",
    "save",
    "settings_folder",
    "shipped_themes",
    "theme_folder",
    "themes",
    "where_copies_go",
]


def check(profile: Profile) -> tuple[Problem, ...]:
    """Everything that the deep check finds: blockers and warnings, in the order of the file.

    A blocker would make the invoice wrong (an IBAN that cannot exist, numbers that contradict each
    other, a VAT preset without what the law asks for); a warning is for a person to look at.
    It loads python-stdnum and holidays, about 0.12 s.
    """
    from kara_tui.settings import deep_check

    return deep_check.check(profile)


def profile_command(
    action: str,
    name: str,
    source: Path | None,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    check: Callable[[Profile], tuple[Problem, ...]] | None = None,
) -> int:
    """Run ``kara-tui profile ACTION`` on the profile of a name and give the exit code.

    ``action`` is ``new``, ``show``, ``check``, ``path`` or ``list``; ``source`` is the file of
    ``new --from``; ``check`` finds what is wrong with a profile, the deep check unless another is
    given. Exit codes: 0 done; 2 wrong usage, or no such profile; 3 problems were found,
    or the questions were broken off; 4 a file cannot be read or written; 130 interrupted.
    """
    from kara_tui.settings import commands

    return commands.profile_command(action, name, source, stdin, stdout, stderr, check)

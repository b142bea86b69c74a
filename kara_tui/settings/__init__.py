"""Profiles in TOML, and where files live.

``load`` and ``save`` a profile, ``check`` it deeply (check digits, calendars, what numbers say
about each other), ``remember_…`` one setting; the locations of everything on disk. What is wrong
with a profile comes as problems, each with field, value, reason and mend. ``profile_command`` is
``kara-tui profile``.
"""

from kara_tui.settings.commands import profile_command
from kara_tui.settings.deep_check import check
from kara_tui.settings.fields import LANGUAGES
from kara_tui.settings.locations import (
    BadName,
    ThemeKind,
    UnknownTheme,
    data_folder,
    demo_folder,
    invoices_folder,
    ledger_file,
    profile_path,
    profiles_folder,
    settings_folder,
    shipped_themes,
    theme_folder,
    themes,
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
    remember_last_used,
    remember_reading,
    remember_routing,
    save,
)

__all__ = [
    "LANGUAGES",
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
    "data_folder",
    "demo_folder",
    "exists",
    "invoices_folder",
    "ledger_file",
    "list_profiles",
    "load",
    "profile_command",
    "profile_path",
    "profiles_folder",
    "read_profile",
    "remember_last_used",
    "remember_reading",
    "remember_routing",
    "save",
    "settings_folder",
    "shipped_themes",
    "theme_folder",
    "themes",
]

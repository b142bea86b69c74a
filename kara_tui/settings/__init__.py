"""Profiles in TOML, and where files live.

``load`` and ``save`` a profile, ``check`` it deeply (check digits, calendars, what numbers say
about each other), ``remember_…`` one setting; the locations of everything on disk. What is wrong
with a profile comes as problems, each with field, value, reason and mend.
``kara_tui.settings.interview`` is what a face asks to make a profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.later import later

if TYPE_CHECKING:
    from kara_tui.settings.blank import to_fill_in
    from kara_tui.settings.deep_check import check
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
    from kara_tui.settings.prefixes import prefix_problems
    from kara_tui.settings.problem import (
        NoProfile,
        Problem,
        ProfileError,
        ProfileThere,
        ReadOnlyProfile,
        Refused,
        UnreadableProfile,
    )
    from kara_tui.settings.profile import (
        HolidayCalendar,
        MailSettings,
        Profile,
        SupplierKind,
    )
    from kara_tui.settings.store import (
        as_toml,
        exists,
        install,
        list_profiles,
        load,
        place_of_a_new,
        read_profile,
        remember_reading,
        remember_routing,
        save,
    )

__all__ = [
    "LANGUAGES",
    "BadHome",
    "BadName",
    "HolidayCalendar",
    "MailSettings",
    "NoProfile",
    "Problem",
    "Profile",
    "ProfileError",
    "ProfileThere",
    "ReadOnlyProfile",
    "Refused",
    "SupplierKind",
    "ThemeKind",
    "UnknownTheme",
    "UnreadableProfile",
    "as_toml",
    "check",
    "check_home",
    "checked_name",
    "data_folder",
    "demo_folder",
    "exists",
    "former_invoices_folder",
    "has_one_home",
    "install",
    "invoices_folder",
    "issued_numbers_file",
    "ledger_file",
    "list_profiles",
    "load",
    "other_issued_numbers_files",
    "place_of_a_new",
    "prefix_problems",
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
    "to_fill_in",
    "where_copies_go",
]

__getattr__ = later(
    __name__,
    {
        "blank": "to_fill_in",
        "deep_check": "check",
        "fields": "LANGUAGES",
        "locations": "BadHome BadName ThemeKind UnknownTheme check_home checked_name data_folder "
        "demo_folder former_invoices_folder has_one_home invoices_folder "
        "issued_numbers_file ledger_file other_issued_numbers_files profile_path "
        "profiles_folder settings_folder shipped_themes theme_folder themes "
        "where_copies_go",
        "prefixes": "prefix_problems",
        "problem": "NoProfile Problem ProfileError ProfileThere ReadOnlyProfile Refused "
        "UnreadableProfile",
        "profile": "HolidayCalendar MailSettings Profile SupplierKind",
        "store": "as_toml exists install list_profiles load place_of_a_new read_profile "
        "remember_reading remember_routing save",
    },
)

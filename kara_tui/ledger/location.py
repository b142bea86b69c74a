"""Where the ledger lies: on a network, in a synced folder, beside a second copy of itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kara_tui.ledger.disk import network_file_system
from kara_tui.ledger.findings import finding
from kara_tui.ledger.traces import names
from kara_tui.model import Finding

# Folders that programs keep in step with other machines, by their usual names, and by what lies in
# them. A name counts when it is this, or begins so and goes on as in "OneDrive - Clinic".
_SYNCED = {
    "Dropbox": ("dropbox",),
    "OneDrive": ("onedrive", "skydrive", "sharepoint"),
    "iCloud": ("mobile documents", "com~apple~clouddocs", "icloud drive", "iclouddrive", "icloud"),
    "Google Drive": ("google drive", "googledrive", "my drive", "cloudstorage"),
    "Nextcloud": ("nextcloud",),
    "ownCloud": ("owncloud",),
    "pCloud": ("pcloud", "pcloud drive", "pclouddrive"),
    "MEGA": ("mega", "megasync", "mega sync"),
    "Box": ("box", "box sync"),
    "Seafile": ("seafile", "seadrive"),
    "Syncthing": ("syncthing",),
    "Resilio Sync": ("resilio sync", "btsync"),
    "Proton Drive": ("proton drive", "protondrive"),
    "Yandex Disk": ("yandex.disk", "yandexdisk"),
    "Tresorit": ("tresorit",),
}
_MARKERS = {
    "Syncthing": (".stfolder",),
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Google Drive": (".tmp.drivedownload", ".tmp.driveupload"),
    "Nextcloud": (".nextcloudsync.log",),
    "ownCloud": (".owncloudsync.log",),
    "Resilio Sync": (".sync",),
    "MEGA": (".megaignore", ".debris"),
}


def location_findings(path: Path) -> tuple[Finding, ...]:
    """What to know about where the ledger lies."""
    return (*_on_network(path), *_in_synced_folder(path), *_copies_beside(path))


def _on_network(path: Path) -> Iterator[Finding]:
    network = network_file_system(path)
    if network:
        yield finding(
            "ledger-on-network",
            f"The ledger lies on a network file system ({network}): locks and writes that"
            " must not be lost are less sure there.",
            "Keep it on a disk of this machine (KARA_TUI_HOME), and back it up to the network.",
        )


def _in_synced_folder(path: Path) -> Iterator[Finding]:
    for folder in path.parents:
        program = _synced_by(folder)
        if program:
            yield finding(
                "ledger-in-synced-folder",
                f"The ledger lies in {folder}, which looks like a folder that {program} syncs: two"
                " machines can write to it at once, and an older one can come back by itself.",
                "Keep it outside (KARA_TUI_HOME), and put backups into the synced folder instead:"
                " kara-tui backup FOLDER.",
            )
            return


def _synced_by(folder: Path) -> str:
    name = folder.name.casefold()
    for program, known in _SYNCED.items():
        beginnings = tuple(
            f"{beginning}{more}" for beginning in known for more in (" (", " - ", "-")
        )
        if name in known or name.startswith(beginnings):
            return program
    for program, markers in _MARKERS.items():
        if any((folder / marker).exists() for marker in markers):
            return program
    return ""


def _copies_beside(path: Path) -> Iterator[Finding]:
    """Second copies that sync programs, file managers and people leave beside the ledger."""
    copies = [name for name in names(path.parent) if _is_second_copy(name, path)]
    if copies:
        shown = ", ".join(copies[:3]) + (
            f" and {len(copies) - 3:,} more" if len(copies) > 3 else ""
        )
        yield finding(
            "ledger-copy-beside",
            f"Beside the ledger {path.name} lies what looks like a second copy of it: {shown}.",
            "A sync program writes one when two machines wrote at once, and then each may hold"
            " invoices that the other lacks. Keep both, look at each with kara-tui verify and"
            " kara-tui invoices in a folder of its own (KARA_TUI_HOME), and go on with the one that"
            " has all numbers; then move the other away.",
        )


def _is_second_copy(name: str, path: Path) -> bool:
    """By its name: it begins like the ledger, and ends like it or tells of a conflict."""
    plain, own = name.casefold().lstrip("."), path.name.casefold()
    if plain == own or not plain.startswith(path.stem.casefold()):
        return plain == own and name != path.name  # in capitals, which some disks take for another
    beginning = plain[len(path.stem) :]
    goes_on = not beginning[:1].isalpha()
    conflict = "conflict" in plain or plain.endswith(".icloud")
    after_its_name = plain.startswith(own) and plain[len(own) :].lstrip(" (_").rstrip(")").isdigit()
    return goes_on and (plain.endswith(path.suffix.casefold()) or conflict or after_its_name)

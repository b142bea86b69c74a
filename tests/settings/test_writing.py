"""A profile is written whole or not at all, for its owner's eyes alone, and reads back the same."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kara_tui.model import Routing
from kara_tui.settings import (
    NoProfile,
    Profile,
    ProfileError,
    ReadOnlyProfile,
    load,
    profile_path,
    remember_reading,
    remember_routing,
    save,
)
from tests.settings.samples import PROFILES


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profile=PROFILES)
def test_what_is_written_is_read_back_the_same(shared_home: Path, profile: Profile) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KARA_TUI_HOME", str(shared_home))
        save(profile)
        assert load(profile.name) == profile


def test_files_and_folders_are_their_owners_alone_whatever_the_umask(home: Path) -> None:
    before = os.umask(0)
    try:
        path = save(replace(load("demo"), name="mine"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_file_is_private_from_its_first_byte(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        seen.append(os.fstat(descriptor).st_mode)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    save(replace(load("demo"), name="mine"))
    file, folder = seen[-2:]  # before them, the folders that were made for it
    assert stat.S_IMODE(file) == 0o600
    assert stat.S_ISDIR(folder)


@pytest.mark.parametrize("failing", ["fsync", "replace", "open"])
def test_a_crash_while_writing_leaves_the_old_profile_whole(
    profile_file: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    before = profile_file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    elif failing == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(os, "open", fail)
    with pytest.raises(OSError, match="No space left"):
        remember_reading("default", decimal=",")
    assert profile_file.read_bytes() == before
    assert [entry.name for entry in profile_file.parent.iterdir()] == ["default.toml"]


def test_the_bytes_are_on_disk_before_the_name_and_the_name_before_the_end(
    profile_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []
    real_sync, real_replace = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def rename(self: Path, target: Path) -> Path:
        order.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", rename)
    remember_reading("default", decimal=",")
    assert order == ["file", "rename", "folder"]


def test_a_linked_profile_is_replaced_where_it_lies_and_stays_linked(
    profile_file: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "dotfiles" / "kara.toml"
    kept.parent.mkdir()
    profile_file.rename(kept)
    profile_file.symlink_to(kept)
    remember_reading("default", decimal=",")
    assert profile_file.is_symlink()
    assert 'decimal = ","' in kept.read_text(encoding="utf-8")


def test_remembering_one_answer_keeps_everything_else(profile_file: Path) -> None:
    before = load()
    remember_reading("default", decimal=",")
    after = load()
    assert after.reading.decimal == ","
    assert replace(after, reading=before.reading) == before


def test_an_answer_about_reading_is_remembered_and_the_others_stay(profile_file: Path) -> None:
    remember_reading("default", date_order="dmy")
    remember_reading("default", decimal=",")
    reading = load().reading
    assert (reading.date_order, reading.decimal, reading.time_zone) == ("dmy", ",", "")


def test_an_answer_that_could_not_be_read_again_is_refused(profile_file: Path) -> None:
    before = profile_file.read_bytes()
    with pytest.raises(ProfileError, match="date_order"):
        remember_reading("default", date_order="dym")
    assert profile_file.read_bytes() == before


@pytest.mark.parametrize("sponsor", ["ACME ehf.", 'A [b] = "c" # d', "Þ&Æ", "a.b.c", "x" * 300])
def test_a_sponsors_routing_is_remembered_under_its_exact_name(
    profile_file: Path, sponsor: str
) -> None:
    remember_routing("default", sponsor, Routing.ASK)
    assert load().routing_of(sponsor) is Routing.ASK
    assert load().routing_of("Another") is Routing.KARA


def test_nothing_is_written_to_the_demo_profile(home: Path) -> None:
    path = profile_path("demo")
    before = path.read_bytes()
    for attempt in (
        lambda: save(load("demo")),
        lambda: remember_reading("demo", decimal="."),
        lambda: remember_routing("demo", "A", Routing.KARA),
    ):
        with pytest.raises(ReadOnlyProfile, match="profile new"):
            attempt()
    assert path.read_bytes() == before


def test_nothing_is_remembered_for_a_profile_that_is_not_there(home: Path) -> None:
    with pytest.raises(NoProfile):
        remember_reading("default", decimal=",")
    assert not home.exists()


def test_a_profile_not_in_its_kept_form_is_not_written(home: Path) -> None:
    demo = load("demo")
    bank = replace(demo.banks[0], holder="  a blank before ")
    with pytest.raises(ProfileError, match="banks"):
        save(replace(demo, name="mine", banks=(bank,)))
    assert not home.exists()

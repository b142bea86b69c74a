"""My details: nothing typed is lost, nothing legal is chosen for anyone, names instead of codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kara_tui import settings
from kara_tui.model import VatPreset
from kara_tui.month_end.request import Request
from kara_tui.settings import demo_folder
from kara_tui.tui.screens.profile import PAGES, ProfileScreen, page_of
from kara_tui.tui.widgets.detail import Detail
from tests.tui.piloting import TODAY, Stage, pilot_of

REQUEST = Request("default", TODAY)


def have_profile(home: Path) -> Path:
    path = home / "profiles" / "default.toml"
    path.parent.mkdir(parents=True)
    shutil.copy(demo_folder() / "profile.toml", path)
    return path


def draft(home: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((home / "profiles" / ".default.draft.json").read_text())
    return found


def on_screen(stage: Stage) -> ProfileScreen:
    screen = stage.app.screen
    assert isinstance(screen, ProfileScreen)
    return screen


def detail(stage: Stage, key: str) -> Detail:
    return next(one for one in stage.app.screen.query(Detail) if one.question.key == key)


async def test_a_profile_is_made_on_five_pages_by_keys(home: Path) -> None:
    async with pilot_of(REQUEST, first="welcome") as stage:
        await stage.press("enter", "enter")
        await stage.type("Anna Lind")
        await stage.press("enter")
        await stage.type("Hafnargata 2")
        await stage.press("enter")
        await stage.type("230 Keflavík")
        await stage.press("enter", "enter")
        assert "type its name" in stage.text
        await stage.type("icel")
        await stage.press("enter", "enter")
        await stage.type("anna@example.is")
        await stage.press("enter")
        await stage.type("0101302989")
        assert "✓ read as 010130-2989" in stage.text
        await stage.press("enter", "enter")
        await stage.type("Company ehf.")
        await stage.press("enter")
        await stage.type("Gata 1")
        await stage.press("enter", "enter")
        await stage.type("Ísl")
        await stage.press("enter", "enter", "enter", "enter")
        await stage.type("Eng")
        await stage.press("enter", "enter", "space")
        words = detail(stage, "vat.text").text
        assert words == "No VAT charged: supplier not registered for VAT."
        await stage.press("enter", "enter")
        assert "ISK · Icelandic Króna" in stage.text
        await stage.press("enter", "enter", "enter", "enter")
        await stage.type("0133-26-769")
        assert "✓ read as 0133-26-000769" in stage.text
        await stage.press("enter", "enter", "enter")
        await stage.press("backspace")
        await stage.type("41")
        for _ in range(7):
            await stage.press("enter")
        profile = settings.load("default")
        assert profile.supplier.address == ("Hafnargata 2", "230 Keflavík")
        assert (profile.supplier.country, profile.currency) == ("IS", "ISK")
        assert profile.vat.preset is VatPreset.NOT_REGISTERED
        assert profile.numbering.last_used == 41
        assert "Payments" in stage.text
    assert not (home / "profiles" / ".default.draft.json").exists()


async def test_the_key_bar_says_what_enter_does_in_an_address(home: Path) -> None:
    have_profile(home)
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details("supplier.address")
        await stage.settle()
        await stage.press("down", "end")
        assert "Enter New line" in await stage.type("x")
        assert "Enter Save" in await stage.press("enter")
        assert "Enter New line" in await stage.press("up")


async def test_the_key_bar_says_what_back_does_while_a_list_is_open(home: Path) -> None:
    have_profile(home)
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details("supplier.country")
        await stage.settle()
        assert "Close the list" in await stage.press("space")
        assert "Close the list" not in await stage.press("backspace")
        assert detail(stage, "supplier.country").field.has_focus


async def test_what_is_wrong_is_said_under_the_fields_title_at_the_field_that_mends_it(
    home: Path,
) -> None:
    path = have_profile(home)
    text = path.read_text("utf-8")
    text = text.replace('preset = "exempt-health"', 'preset = "reverse-charge"')
    text = text.replace("Exempt, VAT Act 50/1988 Art. 2(3)1", "Reverse charge")
    path.write_text(text, "utf-8")
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details("mail.cc")
        await stage.settle()
        said = await stage.heard("enter")
        assert "The customer's VSK number: An invoice under the reverse charge" in said
        assert "tax_ids" not in said + stage.text
        assert detail(stage, "customer.tax_ids.vsk").field.has_focus


async def test_vat_and_language_are_chosen_for_nobody(home: Path) -> None:
    async with pilot_of(REQUEST, first="welcome") as stage:
        await stage.press("enter", "pagedown", "pagedown")
        assert "nothing chosen yet" in stage.text
        assert "(•)" not in stage.text
        await stage.press("enter", "enter", "enter", "enter")
        assert "VAT is still open: no answer is chosen for you." in stage.text
        for key in ("invoice.language", "vat.preset", "vat.text"):
            assert not draft(home).get(key)


async def test_nothing_typed_is_lost_by_any_way_out_of_a_field(home: Path) -> None:
    typed = ""
    for way in ("tab", "up", "down", "escape", "ctrl+q"):
        async with pilot_of(REQUEST, first="welcome") as stage:
            await stage.press("enter", "tab", "end")
            await stage.type(way[0])
            await stage.press(way)
        typed += way[0]
        assert draft(home) == {"supplier.name": typed}
    async with pilot_of(REQUEST, first="welcome") as stage:
        assert f" {typed} " in await stage.press("enter")


async def test_nothing_scolds_before_a_key_was_pressed(home: Path) -> None:
    async with pilot_of(REQUEST, first="welcome") as stage:
        await stage.press("enter", "tab", "tab", "tab", "tab")
        assert "? " not in stage.text.rpartition("\n")[0].replace("invoice? ", "")
        await stage.type("anna")
        await stage.press("tab")
        assert "? This is not an e-mail address: it has no @." in stage.text


async def test_a_change_of_a_field_is_taken_back(home: Path) -> None:
    async with pilot_of(REQUEST, first="welcome", toasts=True) as stage:
        await stage.press("enter", "tab")
        await stage.type("Anna")
        await stage.press("tab", "tab")
        await stage.type("swe")
        await stage.press("enter")
        assert "Sweden · Sverige" in stage.text
        await stage.press("ctrl+z")
        assert "Sweden" not in stage.text
        assert "Anna" in stage.text
        await stage.press("ctrl+z")
        assert detail(stage, "supplier.name").text == ""
        assert "nothing to take back" in await stage.press("ctrl+z")


async def test_the_part_of_the_invoice_stands_beside_in_its_own_words(home: Path) -> None:
    have_profile(home)
    async with pilot_of(REQUEST, first="home", size=(120, 30)) as stage:
        stage.app.action_my_details("invoice.language")
        await stage.settle()
        await stage.type("icel")
        await stage.press("enter")
        assert "Virðisaukaskattur" in stage.text
        await stage.press("pageup", "pageup")
        assert "Seljandi" in stage.text
        await stage.press("pagedown", "pagedown", "pagedown")
        assert "Greiðsluupplýsingar" in stage.text


async def test_a_line_of_the_details_is_changed_and_saved_from_where_it_is_asked(
    home: Path,
) -> None:
    path = have_profile(home)
    path.write_text(path.read_text("utf-8") + '\n[reading]\ntime_zone = "Atlantic/Reykjavik"\n')
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details("bank.holder")
        await stage.settle()
        field = detail(stage, "bank.holder").field
        assert field.has_focus
        await stage.press("end")
        await stage.type(" Jr")
        while "[ Save › ]" not in stage.text:
            await stage.press("enter")
        while isinstance(stage.app.screen, ProfileScreen):
            await stage.press("enter")
    profile = settings.load("default")
    assert profile.banks[0].holder.endswith(" Jr")
    assert profile.reading.time_zone == "Atlantic/Reykjavik"


async def test_what_was_not_saved_is_there_the_next_time_and_the_profile_is_as_it_was(
    home: Path,
) -> None:
    path = have_profile(home)
    before = path.read_bytes()
    async with pilot_of(REQUEST, first="home", toasts=True) as stage:
        stage.app.action_my_details("supplier.name")
        await stage.settle()
        await stage.press("end")
        await stage.type("!")
        assert "Not saved yet" in await stage.press("escape")
    assert path.read_bytes() == before
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details()
        await stage.settle()
        assert detail(stage, "supplier.name").text.endswith("!")
        # The account is held under the name, so it followed.
        assert draft(home).keys() == {"supplier.name", "bank.holder"}


async def test_what_seems_wrong_is_shown_and_kept_only_when_it_is_meant(home: Path) -> None:
    have_profile(home)
    before = settings.load("default")
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details("supplier.tax_ids.kennitala")
        await stage.settle()
        await stage.press("end", *["backspace"] * 12)
        await stage.type("1234567890")
        assert "Is this right?" in await stage.press("enter")
        await stage.press("enter")
        field = detail(stage, "supplier.tax_ids.kennitala")
        assert field.field.has_focus
        assert "? " in stage.text
        assert settings.load("default") == before
        await stage.press("enter", "tab", "enter")
    assert settings.load("default").supplier.tax_ids[0].value == "123456-7890"


async def test_a_profile_with_a_problem_is_mended_where_the_problem_is(home: Path) -> None:
    path = have_profile(home)
    text = path.read_text("utf-8")
    path.write_text(text.replace("country = ", 'country = "" # ', 1), "utf-8")
    async with pilot_of(REQUEST, first="home") as stage:
        stage.app.action_my_details("supplier.country")
        await stage.settle()
        assert detail(stage, "supplier.country").field.has_focus
        assert "type its name" in stage.text


async def test_a_blocker_about_the_details_leads_to_its_field(home: Path) -> None:
    path = have_profile(home)
    text = path.read_text("utf-8")
    path.write_text(text.replace('email = "', 'email = "no address ', 1), "utf-8")
    request = Request("default", TODAY, paid=(demo_folder() / "payments-paid.csv",))
    async with pilot_of(request) as stage:
        stage.app.action_problems()
        await stage.settle()
        assert "→ My details" in stage.text
        await stage.press("enter")
        assert detail(stage, "supplier.email").field.has_focus
        assert "? The part before the @" in stage.text or "! The part" in stage.text


def test_every_question_has_a_page_and_language_comes_before_vat() -> None:
    from kara_tui.settings.interview import QUESTIONS

    assert [page_of(one.key) for one in QUESTIONS].count(4) > 5
    assert [one[0] for one in PAGES] == ["You", "Kara Connect", "VAT", "Bank", "Numbers and mail"]
    assert page_of("invoice.language") == page_of("vat.preset") == 2

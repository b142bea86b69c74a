"""``kara-tui profile``: each action as it is typed, with what it prints and how it ends."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest

from kara_tui.headless.profiles import profile_command
from kara_tui.settings import ProfileError, read_profile
from tests.settings.samples import PROFILE, with_line


class Terminal(io.StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def run(
    action: str,
    name: str = "default",
    source: Path | None = None,
    *,
    stdin: io.StringIO | None = None,
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    stdout, stderr = io.StringIO(), io.StringIO()
    code = profile_command(action, name, source, stdin or io.StringIO(), stdout, stderr)
    return code, stdout.getvalue(), stderr.getvalue()


def test_an_existing_profile_is_not_written_over(profile_file: Path) -> None:
    before = profile_file.read_bytes()
    code, out, err = run("new")
    assert (code, out) == (2, "")
    assert str(profile_file) in err
    assert profile_file.read_bytes() == before


def test_without_a_terminal_a_profile_to_fill_in_is_printed(home: Path) -> None:
    code, out, err = run("new")
    assert code == 2
    assert "kara-tui profile new --from my.toml" in err
    assert "There is no terminal here to ask questions on" in err
    assert run("new", stdin=Terminal())[2].startswith("What is written goes to a file or a program")
    assert tomllib.loads(out)
    assert not home.exists()


def test_the_printed_profile_lacks_nothing_but_what_is_to_be_filled_in(tmp_path: Path) -> None:
    sample = tmp_path / "my.toml"
    sample.write_text(run("new")[1], encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        read_profile(sample, "default")
    assert {problem.field for problem in caught.value.problems} == {
        "supplier.name", "supplier.address", "supplier.country", "supplier.email",
        "customer.name", "customer.address", "customer.country",
        "bank.holder", "bank.iban", "vat.preset", "invoice.currency",
    }  # fmt: skip


def test_every_setting_that_the_printed_profile_mentions_is_known(tmp_path: Path) -> None:
    lines = run("new")[1].splitlines()
    settings = [
        line.removeprefix("# ") if " = " in line.partition("#")[2][:30] else line for line in lines
    ]
    sample = tmp_path / "my.toml"
    sample.write_text("\n".join(settings), encoding="utf-8")
    assert sum(" = " in line and not line.startswith("#") for line in settings) > 40
    with pytest.raises(ProfileError) as caught:
        read_profile(sample, "default")
    reasons = {problem.reason for problem in caught.value.problems}
    assert "There is no such setting here." not in reasons


def test_a_filled_in_file_is_checked_and_installed_with_its_comments(
    home: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "my.toml"
    text = with_line('"is14 0159 26 007654 551073 0339"', '"IS72 9999 2600 0001 0101 3029 89"')
    mine.write_text(text, encoding="utf-8")
    code, out, err = run("new", "clinic", mine)
    path = home / "profiles" / "clinic.toml"
    assert (code, out) == (0, f"{path}\n")
    assert str(home / "invoices") in err
    assert path.read_text(encoding="utf-8") == text
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("[vat]", "[vat", 4, "This is not TOML"),
        ('"KC-"', '"K/C"', 3, "invoice.prefix"),
        ("is14 0159", "is14 0158", 3, "Its check digits do not fit"),
    ],
)
def test_a_file_with_a_fault_is_not_installed(
    home: Path, tmp_path: Path, old: str, new: str, code: int, said: str
) -> None:
    mine = tmp_path / "my.toml"
    mine.write_text(with_line(old, new), encoding="utf-8")
    result, out, err = run("new", source=mine)
    assert (result, out) == (code, "")
    assert said in err
    assert not home.exists()


def test_a_file_that_is_not_there_is_named(home: Path, tmp_path: Path) -> None:
    code, _, err = run("new", source=tmp_path / "none.toml")
    assert (code, err) == (4, f"There is no file {tmp_path / 'none.toml'}\n")


def test_show_prints_the_profile_as_it_is_understood(profile_file: Path) -> None:
    code, out, err = run("show")
    assert (code, err) == (0, "")
    assert 'iban = "IS14 0159 2600 7654 5510 7303 39"' in out
    profile_file.write_text(out, encoding="utf-8")
    assert run("show")[1] == out


def test_check_of_a_good_profile_says_so(home: Path) -> None:
    code, out, err = run("check", "demo")
    assert (code, err) == (0, "")
    assert out.endswith("profile.toml: all is well.\n")


def test_check_prints_warnings_and_goes_well(profile_file: Path) -> None:
    code, out, _ = run("check")
    assert code == 0
    assert "bank.iban  (a warning)\n  found: IS14 0159 2600 7654 5510 7303 39\n" in out
    assert out.endswith(": 1 warning.\n")


def test_check_prints_each_problem_with_field_value_reason_and_mend(profile_file: Path) -> None:
    text = with_line("is14 0159", "is14 0158").replace('"EUR"', '"EUR"\nlanguage = "en"')
    profile_file.write_text(text, encoding="utf-8")
    code, out, _ = run("check")
    assert code == 3
    assert (
        "bank.iban\n"
        "  found: IS14 0158 2600 7654 5510 7303 39\n"
        "  Its check digits do not fit the rest: a digit is mistyped.\n"
        "  Compare it with your bank's papers.\n"
    ) in out


def test_a_profile_with_problems_of_form_is_not_shown(profile_file: Path) -> None:
    profile_file.write_text(with_line("thora@example.is", "thora"), encoding="utf-8")
    code, out, err = run("show")
    assert (code, out) == (3, "")
    assert err.startswith(f"{profile_file}:\nsupplier.email\n  found: thora\n")


def test_check_answers_on_standard_output_whatever_kind_of_problem_it_finds(
    profile_file: Path,
) -> None:
    profile_file.write_text(with_line("thora@example.is", "thora"), encoding="utf-8")
    code, out, err = run("check")
    assert (code, err) == (3, "")
    assert out.startswith("supplier.email\n  found: thora\n")
    assert out.endswith(f"{profile_file}: 1 problem.\n")


def test_a_file_that_is_no_toml_cannot_be_checked(profile_file: Path) -> None:
    profile_file.write_text(with_line("[vat]", "[vat"), encoding="utf-8")
    code, out, err = run("check")
    assert (code, out) == (4, "")
    assert "This is not TOML" in err


def test_path_and_list_print_nothing_else(profile_file: Path) -> None:
    assert run("path") == (0, f"{profile_file}\n", "")
    assert run("list") == (0, "default\n", "")


@pytest.mark.parametrize("action", ["show", "check"])
def test_a_profile_that_is_not_there_is_no_problem_of_a_file(home: Path, action: str) -> None:
    code, out, err = run(action, "clinic")
    assert (code, out) == (2, "")
    assert err.endswith("Make one with: kara-tui profile new --profile clinic\n")


@pytest.mark.parametrize("action", ["new", "show", "check", "path"])
def test_a_bad_name_is_wrong_usage(home: Path, action: str) -> None:
    code, out, err = run(action, "../x")
    assert (code, out) == (2, "")
    assert "cannot name a profile" in err


def test_nobody_makes_a_profile_named_demo(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "my.toml"
    mine.write_text(PROFILE, encoding="utf-8")
    for source in (mine, None):
        code, _, err = run("new", "demo", source)
        assert code == 2
        assert "bundled" in err


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("KARA_TUI_HOME", str(in_the_way / "home"))
    mine = tmp_path / "my.toml"
    text = with_line('"is14 0159 26 007654 551073 0339"', '"IS72 9999 2600 0001 0101 3029 89"')
    mine.write_text(text, encoding="utf-8")
    code, _, err = run("new", source=mine)
    assert code == 4
    assert err.startswith("The profile could not be written: ")


def test_a_terminal_without_icelandic_letters_gets_escapes_and_no_traceback(home: Path) -> None:
    raw = io.BytesIO()
    ascii_only = io.TextIOWrapper(raw, encoding="ascii")
    assert profile_command("show", "demo", None, io.StringIO(), ascii_only, io.StringIO()) == 0
    ascii_only.flush()
    assert b"\\xde\\xf3ra" in raw.getvalue()


def test_a_new_profile_with_anothers_prefix_is_not_written(
    profile_file: Path, tmp_path: Path
) -> None:
    source = tmp_path / "second.toml"
    source.write_text(PROFILE, "utf-8")
    code, out, err = run("new", "second", source)
    assert (code, out) == (3, "")
    assert "The profile default numbers its invoices with this prefix already" in err
    assert 'Take another, such as "KC2-".' in err
    assert not profile_file.with_name("second.toml").exists()

    source.write_text(PROFILE.replace('"KC-"', '"KC2-"'), "utf-8")
    assert run("new", "second", source)[0] == 0

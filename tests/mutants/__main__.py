"""``python -m tests.mutants [MODULE]...``: change each line in turn and run the tests that hold it.

Works on a copy of the tree in ``build/mutants``, so that a broken-off run leaves no mutant behind.
What lived is listed with its change; whether it is equivalent, a person says.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

# Each module with the tests that are to notice: the nearest ones, so that a mutant costs seconds.
HELD_BY = {
    "model/money.py": "tests/model",
    "month_end/selection.py": "tests/month_end",
    "month_end/assess.py": "tests/month_end",
    "ledger/issuing.py": "tests/ledger/test_issuing.py tests/ledger/test_identity.py",
    "ledger/identity.py": "tests/ledger/test_identity.py tests/ledger/test_issuing.py",
    "exports/selection.py": "tests/exports/text/test_csv.py tests/exports/test_door.py",
    "exports/columns/aliases.py": "tests/exports/columns",
    "exports/columns/layout.py": "tests/exports/columns/test_headers.py "
    "tests/exports/columns/test_own_columns.py "
    "tests/exports/columns/test_columns_for_one_field.py tests/exports/test_privacy.py",
    "exports/cells/cleaning.py": "tests/exports/test_privacy.py tests/exports/text/test_csv.py",
}
TREE = Path("build/mutants/tree")
COPIED = ("kara_tui", "themes", "tests", "docs", "pyproject.toml", "README.md", "CHANGELOG.md")
SECONDS = 60.0


def main() -> None:
    """Run the modules that are named, or all."""
    wanted = sys.argv[1:] or list(HELD_BY)
    shutil.rmtree(TREE, ignore_errors=True)
    TREE.mkdir(parents=True)
    for name in COPIED:
        source = Path(name)
        if source.is_dir():
            shutil.copytree(source, TREE / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, TREE / name)
    for module in wanted:
        _try_out(module, HELD_BY[module])


def _try_out(module: str, tests: str) -> None:
    session = f"{module.replace('/', '-')}.sqlite"
    command = f"{sys.executable} -B -m pytest -x -q -p no:cacheprovider {tests}"
    config = "\n".join(
        [
            "[cosmic-ray]",
            f'module-path = "kara_tui/{module}"',
            f"timeout = {SECONDS}",
            "excluded-modules = []",
            f"test-command = {json.dumps(command)}",
            "[cosmic-ray.distributor]",
            'name = "local"',
            "[cosmic-ray.filters.operators-filter]",
            f"exclude-operators = {json.dumps(_left_alone(module))}",
            "",
        ]
    )
    (TREE / "mutants.toml").write_text(config, "utf-8")
    tool = str(Path(sys.executable).with_name("cosmic-ray"))
    leave_alone = str(Path(sys.executable).with_name("cr-filter-operators"))
    subprocess.run([tool, "init", "mutants.toml", session], cwd=TREE, check=True)
    subprocess.run([leave_alone, session, "mutants.toml"], cwd=TREE, check=True)
    subprocess.run([tool, "exec", "mutants.toml", session], cwd=TREE, check=True)
    dumped = subprocess.run([tool, "dump", session], cwd=TREE, capture_output=True, check=True)
    lived = []
    count = 0
    for line in dumped.stdout.decode().splitlines():
        work, result = json.loads(line)
        if result is None or result["worker_outcome"] == "skipped":
            continue
        count += 1
        if result["test_outcome"] == "survived":
            mutation = work["mutations"][0]
            lived.append((mutation["start_pos"][0], mutation["operator_name"], result["diff"]))
    print(f"{module}: {count} mutants, {len(lived)} lived", flush=True)
    for row, operator, diff in sorted(lived):
        changed = [
            one for one in diff.splitlines() if one[:1] in "+-" and one[:3] not in ("+++", "---")
        ]
        print(f"  line {row}, {operator.rpartition('/')[2]}", *changed, sep="\n    ", flush=True)


def _left_alone(module: str) -> list[str]:
    """Outside the frames of ``exports`` the sign | stands in types alone, where nothing runs."""
    return [] if module.startswith("exports/") else ["core/ReplaceBinaryOperator_BitOr_.*"]


if __name__ == "__main__":
    main()

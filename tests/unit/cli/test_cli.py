"""The command line: one-line errors, documented statuses, complete help."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import commandkit
from r2p_analysis.cli import app

ROOT = Path(__file__).parents[3]


def r2p(*arguments: str) -> commandkit.Done:
    return commandkit.r2p(*arguments, cwd=ROOT)


def test_the_status_and_the_line_of_a_mistake_leave_the_process() -> None:
    started = [sys.executable, "-c", "from r2p_analysis.cli import main; main()", "build", "--country", "Syira"]
    done = subprocess.run(started, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith('r2p: unknown country "Syira"')
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["build", "--country", "XYZ"], 2, 'unknown country "XYZ"'),
        (["build", "--country", "Syira"], 2, "did you mean Syria (SYR)"),
        (["build", "--edition", "1950"], 2, "editions 2010 to 2026 can be made"),
        (["build", "--edition", "2031"], 2, "editions 2010 to 2026 can be made"),
        (["build", "--topic", "displacment"], 2, "did you mean displacement"),
        (["build", "--workers", "0"], 2, "workers"),
        (["fetch", "--retrieved", "2026-06-25"], 2, "give it together with --from"),
        (["fetch", "--from", "nowhere"], 2, "nowhere does not exist"),
        (["fetch", "nobody", "--from", "docs"], 2, 'no source or table "nobody"'),
        (["fetch", "unhcr", "--from", "docs"], 3, "unhcr"),
        (["fetch", "--from", "docs", "--retrieved", "yesterday"], 2, "ISO date"),
        (["fetch", "--from", "docs", "--retrieved", "2026-02-31"], 2, "no day"),
        (["claims", "--edition", "2011"], 2, "no claims are recorded for edition 2011"),
        (["claims", "--json", "--csv"], 2, "exclude each other"),
        (["serve", "--edition", "1999"], 2, "build it first"),
        (["countries", "--kind", "planets"], 2, "planets"),
    ],
)
def test_a_wrong_request_ends_with_one_line_that_helps(arguments: list[str], status: int, said: str) -> None:
    done = r2p(*arguments)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    if done.stderr.startswith("r2p: ") and status == 2:
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_a_workspace_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("R2P_HOME", str(tmp_path))
    done = r2p("status")
    assert done.returncode == 2
    assert "R2P_HOME" in done.stderr


def test_every_command_and_option_has_help() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group, as it has commands
    assert set(commands) == {"init", "build", "clean", "fetch", "status", "claims", "countries", "serve"}
    for name, command in commands.items():
        assert command.help, name
        for option in command.params:
            assert getattr(option, "help", None), f"{name} {option.name} has no help"
        shown = CliRunner().invoke(app, [name, "--help"])
        assert shown.exit_code == 0


def test_every_command_is_in_the_user_guide() -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"r2p {name}" in guide, f"docs/user-guide.md does not tell of r2p {name}"


def test_status_lists_every_table_and_speaks_json() -> None:
    records = json.loads(r2p("status", "--json").stdout)
    assert {"unhcr_population", "idmc_conflict_idps", "world_shapes"} <= {record["table"] for record in records}
    assert all(record["retrieved"] and record["licence"] for record in records)
    lines = r2p("status").stdout.splitlines()
    assert len(lines) == len(records) + 1


def test_claims_as_table_json_and_csv_tell_the_same() -> None:
    told = json.loads(r2p("claims", "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(r2p("claims", "--csv").stdout)))
    lines = r2p("claims").stdout.splitlines()[1:]
    assert [claim["id"] for claim in told] == [row["id"] for row in rows] == [line.split("\t")[0] for line in lines]
    assert [claim["verdict"] for claim in told] == [row["verdict"] for row in rows]


def test_195_states_are_listed() -> None:
    lines = r2p("countries").stdout.splitlines()
    assert len(lines) == 195
    assert "NAM  Namibia" in lines


def test_help_is_quick_to_import() -> None:
    """What is slow to import must not be imported to print help."""
    code = (
        "import sys, r2p_analysis.cli; print(sorted({'pandas', 'geopandas', 'altair', 'papermill'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_serve_shows_a_report_on_this_machine_only(tmp_path: Path) -> None:
    import os
    import time
    import urllib.request

    site = tmp_path / "outputs" / "2016" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<h1>report</h1>")
    (tmp_path / "report.toml").write_text("[report]\nedition = 2016\n")
    started = [sys.executable, "-u", "-c", "from r2p_analysis.cli import main; main()", "serve", "--port", "0"]
    environment = {**os.environ, "R2P_HOME": str(tmp_path)}
    with subprocess.Popen(
        started, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            address = re.match(r"http://127\.0\.0\.1:\d+/", line)
            assert address, line
            time.sleep(0.1)
            with urllib.request.urlopen(address[0], timeout=10) as answer:
                assert b"report" in answer.read()
        finally:
            server.terminate()


HEAVY = ("numpy.linalg", "pandas.core.frame", "pyarrow.lib", "shapely.lib", "requests.api", "altair", "papermill")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["status"], ["status", "--json"], ["countries"]])
def test_what_only_looks_loads_no_large_library(arguments: list[str]) -> None:
    """A command that answers in a moment should not wait for pandas, once somebody imports it at the wrong place."""
    code = (
        "import sys\nfrom r2p_analysis.cli import main\n"
        f"sys.argv = ['r2p', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"
    assert done.stdout


def test_a_library_put_off_is_the_library_once_it_is_used() -> None:
    code = (
        "from r2p_analysis.cli.lazily import load_lazily\nload_lazily('fractions', 'no_such_library')\n"
        "import sys, fractions\nassert 'decimal' not in sys.modules\n"
        "assert fractions.Fraction(1, 3) * 3 == 1\n"
        "import fractions as again\nassert again.Fraction is fractions.Fraction\n"
        "try:\n    fractions.nothing\nexcept AttributeError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "module 'fractions' has no attribute 'nothing'\n"

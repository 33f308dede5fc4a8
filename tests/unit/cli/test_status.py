"""``r2p status``: age, licence and token of every table, and never the token itself."""

from __future__ import annotations

import inspect
import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from r2p_analysis.cli import app, fetch, today
from r2p_analysis.cli.status import HEAD, in_groups
from r2p_analysis.errors import UsageError
from r2p_analysis.sources import discover, tokens, ucdp
from r2p_analysis.sources.politeness import Service
from r2p_analysis.sources.tokens import TokenState, services_of, token_state

SECRET = "s3cret-of-somebody"  # a stand-in
FACTS = {"state", "reason", "due_since", "expected", "judged_on"}


def status(*arguments: str, day: str = "2026-11-25") -> Result:
    return CliRunner().invoke(app, ["status", "--as-of", day, *arguments])


def by_table(*arguments: str, day: str = "2026-11-25") -> dict[str, dict[str, object]]:
    done = status("--json", *arguments, day=day)
    assert done.exit_code == 0, done.output
    return {entry["table"]: entry for entry in json.loads(done.stdout)}


@pytest.fixture
def with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let UCDP want a token, as its service does."""
    from r2p_analysis.sources import ucdp

    monkeypatch.setattr(ucdp, "KEYED", Service("locked", "https://x.test/", token_header="x-token"), raising=False)


@pytest.mark.usefixtures("with_token")
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_token_is_shown_nowhere(form: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("R2P_LOCKED_TOKEN", SECRET)
    done = status(*form)
    assert "R2P_LOCKED_TOKEN" in done.output
    assert SECRET not in done.output


@pytest.mark.usefixtures("with_token")
@pytest.mark.parametrize(("value", "set_"), [("", False), ("  ", False), (SECRET, True), ("ill\nformed", True)])
def test_a_blank_token_is_none(value: str, set_: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("R2P_LOCKED_TOKEN", value)
    facts = by_table()
    assert facts["ucdp_one_sided"]["token"] == {"need": "needed", "variable": "R2P_LOCKED_TOKEN", "set": set_}
    assert facts["unhcr_population"]["token"] == {"need": "not needed", "variable": None, "set": False}


def test_a_token_that_is_optional_is_not_called_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    from r2p_analysis.sources import ucdp, ucdp_service

    keyed = Service("ucdp_api", "https://x.test/", token_header="x-token", token_optional=True)
    monkeypatch.setattr(ucdp_service, "API", keyed, raising=False)
    assert str(token_state(ucdp, {})) == "optional, not set (R2P_UCDP_API_TOKEN)"
    assert str(token_state(ucdp, {"R2P_UCDP_API_TOKEN": SECRET})) == "optional, set (R2P_UCDP_API_TOKEN)"
    must = Service("must", "https://y.test/", token_header="x-token")
    monkeypatch.setattr(ucdp_service, "MUST", must, raising=False)
    assert token_state(ucdp, {"R2P_UCDP_API_TOKEN": SECRET}) == TokenState("needed", "R2P_MUST_TOKEN", False)


def test_a_source_without_a_service_wants_no_token() -> None:
    modules = discover()
    assert services_of(modules["framework"]) == ()
    assert str(token_state(modules["framework"], {})) == "not needed"
    assert [service.name for service in services_of(modules["worldbank"])] == ["worldbank"]
    assert "unhcr" in [service.name for service in services_of(modules["unhcr"])]


def test_clients_that_a_source_names_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    framework = discover()["framework"]
    monkeypatch.setattr(framework, "CLIENTS", ("worldbank", "no_such_module"), raising=False)
    assert [service.name for service in tokens.services_of(framework)] == ["worldbank"]


def test_an_old_release_is_stale_with_the_reason_though_it_was_taken_today() -> None:
    age = by_table()["ucdp_country_years"]["age"]
    assert age == {
        "state": "stale", "reason": "26.1 expected since June 2026", "due_since": "2026-07-01", "expected": "26.1",
        "judged_on": "2026-11-25",
    }  # fmt: skip


def test_each_state_is_given_on_the_day_asked_for() -> None:
    for day, state in (("2026-06-30", "fresh"), ("2026-07-01", "due"), ("2026-09-30", "stale")):
        age = by_table("ucdp", day=day)["ucdp_one_sided"]["age"]
        assert isinstance(age, dict)
        assert age["state"] == state, day


def test_every_table_has_all_facts() -> None:
    facts = by_table()
    assert len(facts) >= 44
    for name, entry in facts.items():
        assert entry["licence"], name
        assert entry["retrieved"], name
        assert isinstance(entry["age"], dict)
        assert set(entry["age"]) == FACTS, name
        assert entry["age"]["reason"], name
        assert isinstance(entry["token"], dict)
        assert set(entry["token"]) == {"need", "variable", "set"}, name


def test_for_other_programs_every_line_has_all_columns() -> None:
    lines = [line.split("\t") for line in status().stdout.splitlines()]
    assert lines[0] == list(HEAD)
    assert {len(line) for line in lines} == {len(HEAD)}
    assert len(lines) == len(by_table()) + 1
    row = dict(zip(HEAD, next(line for line in lines if line[0] == "ucdp_one_sided"), strict=True))
    assert row["age"] == "stale: 26.1 expected since June 2026"
    assert row["token"] == "optional, not set (R2P_UCDP_API_TOKEN)"


def test_on_a_terminal_no_table_is_lost_or_cut() -> None:
    facts = list(by_table().values())
    lines = in_groups(facts)
    assert sorted(line.split()[0] for line in lines if line.endswith(" rows")) == sorted(str(f["table"]) for f in facts)
    assert lines[-1].startswith(f"{len(facts)} tables: ")
    assert lines[-1].endswith("on 2026-11-25")
    counts = [int(number) for number in re.findall(r"(\d+) (?:fresh|due|stale)", lines[-1])]
    assert sum(counts) == len(facts)
    start = next(n for n, line in enumerate(lines) if line.startswith("ucdp: "))
    assert lines[start].endswith("; CC BY 4.0; token optional, not set (R2P_UCDP_API_TOKEN)")
    assert lines[start + 1 : start + 3] == [
        "  stale: 26.1 expected since June 2026",
        "    release: 25.1; taken 2026-11-25",
    ]
    assert in_groups([])[-1] == "0 tables: 0 fresh, 0 due, 0 stale"


def test_sources_named_narrow_the_list() -> None:
    assert {entry["source"] for entry in by_table("unhcr", "idmc").values()} == {"unhcr", "idmc"}


@pytest.mark.parametrize(("arguments", "said"), [(["nobody"], 'no source "nobody"'), (["--as-of", "soon"], "ISO date")])
def test_a_wrong_request_says_what_is_expected(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["status", *arguments])
    assert isinstance(done.exception, UsageError)
    assert said in str(done.exception)


def test_the_day_is_the_one_given_then_the_epochs_then_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "today", lambda: date(2030, 1, 2))
    epoch = {today.EPOCH_VARIABLE: "1767225599"}
    assert today.judged_on("2026-06-25", epoch) == date(2026, 6, 25)
    assert today.judged_on("", epoch) == date(2025, 12, 31)
    assert today.judged_on("", {today.EPOCH_VARIABLE: ""}) == date(2030, 1, 2)
    assert today.judged_on("", {}) == date(2030, 1, 2)


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "9" * 30])
def test_an_epoch_that_is_none_is_told(epoch: str) -> None:
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH expects seconds"):
        today.judged_on("", {today.EPOCH_VARIABLE: epoch})


def test_a_table_of_a_source_that_is_gone_is_still_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[3]
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(e for e in package["resources"] if e["name"] == "ucdp_one_sided")
    entry["provenance"]["source"] = "gone"
    package["resources"] = [entry]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "report.toml").write_text("[report]\n", encoding="utf-8")
    monkeypatch.setenv("R2P_HOME", str(tmp_path))
    assert by_table()["ucdp_one_sided"]["token"] == {"need": "not needed", "variable": None, "set": False}
    assert list(by_table("gone")) == ["ucdp_one_sided"]


def test_the_token_of_a_second_way_is_told_and_never_its_value() -> None:
    """Without it, nobody learns from `status` that UCDP's API wants a token."""
    state = token_state(ucdp, {"R2P_UCDP_API_TOKEN": "s3cret"})
    assert str(state) == "optional, set (R2P_UCDP_API_TOKEN)"
    assert str(token_state(ucdp, {})) == "optional, not set (R2P_UCDP_API_TOKEN)"


def test_the_help_names_every_way_of_every_source() -> None:
    text = " ".join(inspect.getsource(fetch).split())
    for name, module in discover().items():
        ways = getattr(module, "WAYS", ())
        assert not ways or f"{name} {ways[0]} or {ways[1]}" in text.replace('" "', ""), name

"""The Nu checker's findings: mistakes fail, advice does not, and silence of a checker that did not run is no praise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import validate

FALSE = (
    "Resource violates Content Security Policy (meta tag): external script “assets/theme.js” blocked by “script-src”."
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "figures/one.svg", "assets/site.css"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).touch()
    return tmp_path / "site"


def checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a java on PATH that does as the script says."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(java.parent))


def saying(*messages: tuple[str, str]) -> str:
    found = [{"type": kind, "message": words, "url": "file:/index.html", "lastLine": 3} for kind, words in messages]
    return f"echo '{json.dumps({'messages': found})}'"


def test_a_mistake_fails_and_is_told_with_its_place(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checker(tmp_path, monkeypatch, saying(("error", "Stray end tag."), ("info", "Needless role.")))
    assert validate.main(tmp_path / "vnu.jar", site) == 1
    out = capsys.readouterr().out
    assert "file:/index.html:3: Stray end tag." in out
    assert "3 x Needless role." in out, "pages, pictures and style sheets"


def test_advice_and_what_the_checker_gets_wrong_on_a_disk_are_no_mistakes(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checker(tmp_path, monkeypatch, saying(("info", FALSE), ("info", "Needless role.")))
    assert validate.main(tmp_path / "vnu.jar", site) == 0
    assert "theme.js" not in capsys.readouterr().out


@pytest.mark.parametrize("script", ["echo 'Unable to access jarfile' >&2; exit 1", ""])
def test_a_checker_that_does_not_run_is_not_taken_for_praise(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], script: str
) -> None:
    if script:
        checker(tmp_path, monkeypatch, script)
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    assert validate.main(tmp_path / "vnu.jar", site) == 2
    assert capsys.readouterr().err.startswith("validate: ")


def test_a_site_without_pages_is_not_called_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checker(tmp_path, monkeypatch, saying())
    assert validate.main(tmp_path / "vnu.jar", tmp_path / "nothing") == 2
    assert "build a report first" in capsys.readouterr().err

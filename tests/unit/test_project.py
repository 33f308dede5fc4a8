"""The files of the project agree with each other, and the checks that say so can fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement

import check_notebooks
import project_checks as checks

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
EXTRAS = ("lab", "dask", "dev")
SHA = "sha256:" + "0" * 64


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- the lock


def test_lock_satisfies_every_requirement() -> None:
    assert checks.lock_problems(checks.requirements(PROJECT, *EXTRAS), checks.read_lock(LOCK)) == []


def test_lock_covers_every_extra() -> None:
    assert set(PROJECT["optional-dependencies"]) == set(EXTRAS)


def test_lock_was_read_whole() -> None:
    entries = checks.read_lock(LOCK)
    assert len(entries) == LOCK.count("==") - len(re.findall(r"python_full_version ==|[a-z_]+ == '", LOCK)) > 100
    assert sum(len(entry.hashes) for entry in entries) == LOCK.count("--hash=")


def test_lock_names_no_registry_and_no_path() -> None:
    assert checks.lock_text_problems(LOCK) == []


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        (f"rich==14.0 --hash={SHA}", "altair is in pyproject.toml and not in the lock"),
        (
            f"altair==6.1 --hash={SHA}\nrich==14.0 --hash={SHA}",
            "altair is locked at 6.1",
        ),
        (
            f"altair==6.2 --hash={SHA}\naltair==6.1 ; os_name == 'nt' --hash={SHA}\nrich==14 --hash={SHA}",
            "altair is locked at 6.1",
        ),
        (f"altair==6.2\nrich==14.0 --hash={SHA}", "altair 6.2 has no hash"),
        (f"altair==6.2 --hash=md5:00\nrich==14.0 --hash={SHA}", "altair 6.2 has no hash"),
    ],
)
def test_lock_problems_are_found(lock: str, problem: str) -> None:
    wanted = checks.requirements({"dependencies": ["altair>=6.2", "rich>=13.9"]})
    found = checks.lock_problems(wanted, checks.read_lock(lock))
    assert len(found) == 1
    assert problem in found[0]


def test_lock_entries_over_several_lines_are_one() -> None:
    lock = f"Foo_Bar==1.0 ; sys_platform == 'win32' \\\n    --hash={SHA} \\\n    --hash={SHA}\n    # via baz\n"
    assert checks.read_lock(lock) == [checks.Locked("foo-bar", "1.0", [f"--hash={SHA}"] * 2)]
    assert checks.lock_text_problems(lock) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://registry.example/simple",
        "--find-links wheels",
        "-i mirror",
        "# from https://registry.example/simple",
        "# mirror: packages.example.org",
        "#    uv pip compile -o /home/someone/requirements.lock",
        r"# C:\wheels",
        "altair @ file:wheels",
        "-e .",
        "altair>=6.2",
        "--hash=md5:0000",
    ],
)
def test_lock_text_problems_are_found(line: str) -> None:
    assert checks.lock_text_problems(f"rich==14.0 \\\n    --hash={SHA}\n{line}\n") != []


# --- environment.yml


def test_environment_matches_pyproject() -> None:
    assert checks.environment_problems(yaml.safe_load(text("environment.yml")), PROJECT) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("altair>=6.2", "altair>=6.1", "altair: environment.yml has >=6.1"),
        ("altair>=6.2", "altair", "altair: environment.yml has "),
        ("  - altair>=6.2\n", "", "altair is missing"),
        ("  - altair>=6.2\n", "  - altair>=6.2\n  - scipy>=1\n", "scipy is in environment.yml and not"),
        ("python>=3.11", "python>=3.10", "python: environment.yml has >=3.10"),
        ("- jupyterlab>=4.3", "- pip", "jupyterlab is missing"),
        ("- distributed>=2025.1", "- pip", "distributed is missing"),
        ("-e .", "-e ..", "its pip section"),
        ("  - conda-forge", "  - defaults", "its channels"),
    ],
)
def test_environment_problems_are_found(old: str, new: str, problem: str) -> None:
    original = text("environment.yml")
    assert old in original
    found = checks.environment_problems(yaml.safe_load(original.replace(old, new)), PROJECT)
    assert any(problem in line for line in found), found


# --- licences of what a user installs


def test_no_runtime_dependency_is_copyleft() -> None:
    packages = checks.closure(checks.requirements(PROJECT, "dask"))
    assert {"altair", "numpy", "nbclient", "distributed"} <= packages
    assert {name: found for name in packages if (found := checks.copyleft(checks.licence_fields(name)))} == {}


@pytest.mark.parametrize(
    "declared",
    [
        {"License-Expression": ["GPL-3.0-or-later"]},
        {"License-Expression": ["MIT AND LGPL-2.1-only"]},
        {"Classifier": ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]},
        {"Classifier": ["License :: OSI Approved :: GNU Lesser General Public License v2 (LGPLv2)"]},
        {"License": ["GPLv3"]},
        {"License": ["GNU General Public License v3\n\nlong text"]},
    ],
)
def test_copyleft_is_found(declared: dict[str, list[str]]) -> None:
    assert checks.copyleft(declared)


@pytest.mark.parametrize(
    "declared",
    [
        {"License-Expression": ["MIT OR GPL-2.0-only"]},
        {
            "Classifier": [
                "License :: OSI Approved :: BSD License",
                "License :: OSI Approved :: GNU General Public License (GPL)",
            ]
        },
        {"License": ["BSD-3-Clause\n\nThis wheel bundles a library under the LGPL."]},
        {},
    ],
)
def test_a_permissive_offer_counts(declared: dict[str, list[str]]) -> None:
    assert not checks.copyleft(declared)


# --- notebooks


def test_stored_notebooks_are_clean() -> None:
    paths = check_notebooks.notebooks([ROOT / "notebooks"])
    assert [problem for path in paths for problem in check_notebooks.problems(path)] == []


def notebook_of(path: Path, source: str, **cell: object) -> Path:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, **cell)])
    nbformat.write(notebook, path)
    return path


OUTPUT = nbformat.v4.new_output("stream", text="65,026,893\n")


@pytest.mark.parametrize(
    ("source", "cell", "problem"),
    [
        ("1", {"outputs": [OUTPUT]}, "stores outputs"),
        ("1", {"execution_count": 1}, "stores an execution count"),
        ("1", {"metadata": {"execution": {"iopub.status.busy": "2016"}}}, "stores execution times"),
        ("def f(): ...", {}, "defines f"),
        ("if True:\n    class A: ...", {}, "defines A"),
        ("import numpy as np", {}, "imports numpy"),
        ("from r2p_analysis import store", {}, "imports r2p_analysis.store"),
        ("from r2p_analysis.site import build", {}, "imports r2p_analysis.site"),
        ("%matplotlib inline", {}, "is not plain Python"),
    ],
)
def test_notebook_problems_are_found(tmp_path: Path, source: str, cell: dict[str, object], problem: str) -> None:
    found = check_notebooks.problems(notebook_of(tmp_path / "a.ipynb", source, **cell))
    assert len(found) == 1
    assert f"cell 1: {problem}" in found[0]


def test_what_a_notebook_may_hold(tmp_path: Path) -> None:
    source = "import pandas as pd\nfrom r2p_analysis import notebook\nfrom r2p_analysis.notebook import show"
    assert check_notebooks.problems(notebook_of(tmp_path / "a.ipynb", source)) == []


def test_a_broken_notebook_is_a_problem_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text("{")
    found = check_notebooks.problems(path)
    assert len(found) == 1
    assert "cannot be read as a notebook" in found[0]


def test_notebooks_are_cleaned_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = notebook_of(tmp_path / "a.ipynb", "1", outputs=[OUTPUT], execution_count=7)
    assert check_notebooks.main([str(tmp_path)]) == 1
    assert "stores outputs" in capsys.readouterr().err
    assert check_notebooks.main(["--fix", str(tmp_path)]) == 0
    assert "a.ipynb: cleaned" in capsys.readouterr().out
    cleaned = path.read_bytes()
    assert check_notebooks.main(["--fix", str(tmp_path)]) == 0
    assert path.read_bytes() == cleaned
    assert nbformat.read(path, as_version=4).cells[0].source == "1"


def test_a_missing_folder_of_notebooks_is_an_error(tmp_path: Path) -> None:
    assert check_notebooks.main([str(tmp_path / "notebook")]) == 1


# --- modules


def test_modules_can_be_seen_whole() -> None:
    assert checks.long_modules(ROOT / "src", limit=320) == []


def test_a_long_module_is_found(tmp_path: Path) -> None:
    (tmp_path / "right.py").write_text("1\n" * 320)
    (tmp_path / "long.py").write_text("1\n" * 321)
    assert checks.long_modules(tmp_path, limit=320) == ["long.py has 321 lines, over 320"]


def test_imports_are_declared() -> None:
    assert checks.undeclared_imports(ROOT / "src", checks.requirements(PROJECT, "dask"), "r2p_analysis") == []


def test_an_undeclared_import_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import json\nimport vl_convert\n\ndef f():\n    from scipy.stats import norm\n")
    found = checks.undeclared_imports(tmp_path, {"vl-convert-python"}, "r2p_analysis")
    assert found == ["a.py imports scipy, which pyproject.toml does not name"]


# --- texts


def test_one_version_everywhere() -> None:
    assert yaml.safe_load(text("CITATION.cff"))["version"] == PROJECT["version"]
    assert re.search(rf"^## \[(Unreleased|{re.escape(PROJECT['version'])})\]", text("CHANGELOG.md"), re.MULTILINE)


def test_readme_gives_the_two_commands() -> None:
    assert {"make report", "make test"} <= set(re.findall(r"^make \w+", text("README.md"), re.MULTILINE))


def test_licence_is_whole() -> None:
    licence = text("LICENSE")
    assert PROJECT["license"] == yaml.safe_load(text("CITATION.cff"))["license"] == "Apache-2.0"
    assert licence.lstrip().startswith("Apache License")
    assert all(f"   {n}. " in licence for n in range(1, 10))
    assert "END OF TERMS AND CONDITIONS" in licence


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *sorted(p.name for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    path = next(p for p in (ROOT / page, ROOT / "docs" / page) if p.exists())
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_data_stay_small() -> None:
    size = sum(path.stat().st_size for path in (ROOT / "data").rglob("*") if path.is_file())
    assert size < 10_000_000


# --- make, CI and the build


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")} | environment
    return subprocess.run(["make", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_make_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    assert phony
    listed = re.findall(r"^  make ([a-z-]+)", make().stdout, re.MULTILINE)
    assert sorted(listed) == sorted(phony[1].split())


def test_an_old_python_is_refused_in_one_line(tmp_path: Path) -> None:
    # A copy, so that a .venv that stands does not make the check unnecessary.
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "hatch_build.py"):
        (tmp_path / name).write_text(text(name), encoding="utf-8")
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    run = make("-C", str(tmp_path), "report", f"PYTHON={old}")
    assert run.returncode != 0
    assert run.stderr.startswith("Python 3.11 or later is needed")
    assert not (tmp_path / ".venv").exists()


SKIPPING = "import pytest\n\ndef test_a(): ...\n\n@pytest.mark.{mark}\ndef test_b(): assert False\n"


def run_pytest(folder: Path, test: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    for name in ("conftest.py", "reports.py"):
        (folder / name).write_text(text(f"tests/{name}"))
    (folder / "test_a.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(folder)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "R2P_"))}
    env = inherited | environment
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("mark", "ci", "workers", "status"),
    [("skip", "1", "0", 1), ("skip", "1", "2", 1), ("skip", "", "0", 0), ("xfail", "1", "0", 0)],
)
def test_a_skipped_test_fails_in_ci(tmp_path: Path, mark: str, ci: str, workers: str, status: int) -> None:
    run = run_pytest(tmp_path, SKIPPING.format(mark=mark), "-n", workers, CI=ci)
    assert run.returncode == status, run.stdout
    assert ("CI: 1 skipped" in run.stdout) == bool(status)


@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("1", "1 error")])
def test_a_missing_browser_fails_where_it_is_required(tmp_path: Path, required: str, outcome: str) -> None:
    nowhere = {"PATH": str(tmp_path), "CI": "", "R2P_REQUIRE_BROWSER": required}
    run = run_pytest(tmp_path, "def test_a(chromium): ...\n", **nowhere)
    assert outcome in run.stdout
    assert "no browser: install one of chromium" in run.stdout or not required


@pytest.mark.slow
def test_the_wheel_embeds_what_a_report_is_made_from(tmp_path: Path) -> None:
    files = {
        **{name: text(name) for name in ("pyproject.toml", "hatch_build.py", "LICENSE", "README.md")},
        "report.toml": "",
        "data/datapackage.json": "{}",
        "notebooks/a.ipynb": "{}",
        "notebooks/.ipynb_checkpoints/a-checkpoint.ipynb": "{}",
        "src/r2p_analysis/__init__.py": "",
        "outputs/2016/a.html": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    built = {}
    for hook in ("build_wheel", "build_editable"):
        code = f"import hatchling.build as b; print(b.{hook}('dist'))"
        run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        wheel = tmp_path / "dist" / run.stdout.split()[-1]
        listing = subprocess.run(
            [sys.executable, "-m", "zipfile", "-l", str(wheel)], capture_output=True, text=True, check=True
        )
        built[hook] = {line.split()[0] for line in listing.stdout.splitlines()[1:]}
    embedded = {
        f"r2p_analysis/_embedded/{name}" for name in ("report.toml", "data/datapackage.json", "notebooks/a.ipynb")
    }
    assert embedded | {"r2p_analysis/__init__.py"} <= built["build_wheel"]
    assert not any(re.search("outputs|hatch_build|checkpoint", name) for name in built["build_wheel"])
    assert not any("_embedded" in name for name in built["build_editable"])


def test_requirement_names_are_unique() -> None:
    lines = [
        *PROJECT["dependencies"],
        *(line for extra in EXTRAS for line in PROJECT["optional-dependencies"][extra]),
    ]
    names = [Requirement(line).name for line in lines]
    assert len(names) == len(set(names))

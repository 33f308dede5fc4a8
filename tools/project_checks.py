"""What must agree among the files of the project; ``tests/unit/test_project.py`` runs these checks.

Every check is a function of plain texts or values and returns a list of problems, empty when all is well.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Packages whose name at conda-forge is not their name at PyPI. None so far.
CONDA_NAMES: dict[str, str] = {}
# Packages that are imported by another name than they are installed by.
IMPORT_NAMES = {"PIL": "pillow", "markdown_it": "markdown-it-py", "vl_convert": "vl-convert-python", "yaml": "pyyaml"}

_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
_FORBIDDEN_IN_LOCK = {
    "an address": re.compile(r"://|\bfile:|@"),
    "a path": re.compile(r"/|[A-Za-z]:\\|~"),
    "a host": re.compile(r"\b[\w-]+\.(?:com|dev|io|net|org|internal|local|localhost)\b|\blocalhost\b"),
    "an index option": re.compile(r"--(?:index-url|extra-index-url|find-links|trusted-host)|(?:^|\s)-[if]\s"),
}


@dataclass(frozen=True)
class Locked:
    """One entry of the lock: a version, for which interpreters, with which hashes."""

    name: str
    version: str
    hashes: list[str] = field(default_factory=list)


def requirements(project: Mapping[str, Any], *extras: str) -> dict[str, Requirement]:
    """Give the requirements of pyproject's ``[project]`` and of the extras named, by canonical name."""
    optional = project.get("optional-dependencies", {})
    lines = [*project["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def read_lock(text: str) -> list[Locked]:
    """Read the entries of a lock in the format of pip's requirements files."""
    entries: list[Locked] = []
    for line in text.replace("\\\n", " ").splitlines():
        match = _ENTRY.match(line)
        if match:
            name = canonicalize_name(match["name"])
            entries.append(Locked(name, match["version"], _HASH.findall(line)))
    return entries


def lock_text_problems(text: str) -> list[str]:
    """Find lines of a lock that name a registry, an address or a path, or that pin nothing."""
    found = []
    for number, line in enumerate(text.replace(" \\\n", "\n").splitlines(), start=1):
        forbidden = (what for what, pattern in _FORBIDDEN_IN_LOCK.items() if pattern.search(line))
        found += [f"line {number} holds {what}: {line.strip()}" for what in forbidden]
        content = line.split("#")[0].strip()
        if content and not _ENTRY.match(content) and not _HASH.fullmatch(content):
            found.append(f"line {number} is no exact version and no sha256 hash: {content}")
    return found


def lock_problems(wanted: Mapping[str, Requirement], locked: Iterable[Locked]) -> list[str]:
    """Compare the requirements of pyproject with the lock."""
    by_name: dict[str, list[Locked]] = {}
    for entry in locked:
        by_name.setdefault(entry.name, []).append(entry)
    found = [f"{e.name} {e.version} has no hash" for es in by_name.values() for e in es if not e.hashes]
    for name, requirement in wanted.items():
        if name not in by_name:
            found.append(f"{name} is in pyproject.toml and not in the lock; run 'make lock'")
        found += [
            f"{name} is locked at {entry.version}, not {requirement.specifier} as pyproject has it"
            for entry in by_name.get(name, [])
            if not requirement.specifier.contains(entry.version, prereleases=True)
        ]
    return found


def environment_problems(environment: Mapping[str, Any], project: Mapping[str, Any]) -> list[str]:
    """Compare environment.yml with pyproject: the packages and bounds of a user with all extras."""
    lines = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    have = {canonicalize_name(r.name): r for r in map(Requirement, lines)}
    want = {CONDA_NAMES.get(name, name): r for name, r in requirements(project, "lab", "dask").items()}
    want["python"] = Requirement(f"python{project['requires-python']}")
    want["pip"] = Requirement("pip")
    found = [f"{name} is missing from environment.yml" for name in want if name not in have]
    found += [f"{name} is in environment.yml and not in pyproject.toml" for name in have if name not in want]
    found += [
        f"{name}: environment.yml has {have[name].specifier}, pyproject.toml {want[name].specifier}"
        for name in have
        if name in want and have[name].specifier != want[name].specifier
    ]
    if [entry for entry in environment["dependencies"] if isinstance(entry, dict)] != [{"pip": ["-e ."]}]:
        found.append("environment.yml: its pip section must be '-e .' and nothing else")
    if environment["channels"] != ["conda-forge", "nodefaults"]:
        found.append("environment.yml: its channels must be conda-forge and nodefaults")
    return found


def long_modules(folder: Path, limit: int) -> list[str]:
    """Find modules that cannot be seen whole."""
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in sorted(folder.rglob("*.py"))}
    return [f"{p.relative_to(folder)} has {n} lines, over {limit}" for p, n in lengths.items() if n > limit]


def undeclared_imports(folder: Path, declared: Iterable[str], own: str) -> list[str]:
    """Find imports of packages that pyproject does not name; they work until another package drops them."""
    known = {*declared, own}
    found = set()
    for path in folder.rglob("*.py"):
        for name in _top_level_imports(ast.parse(path.read_text(encoding="utf-8"))):
            package = canonicalize_name(IMPORT_NAMES.get(name, name))
            if name not in sys.stdlib_module_names and package not in known and name not in known:
                found.add(f"{path.relative_to(folder)} imports {name}, which pyproject.toml does not name")
    return sorted(found)


def _top_level_imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def closure(names: Iterable[str]) -> set[str]:
    """Give the installed packages that the packages named need here, themselves included."""
    seen: set[str] = set()
    waiting = [(canonicalize_name(name), "") for name in names]
    while waiting:
        name, extra = waiting.pop()
        if f"{name}[{extra}]" in seen:
            continue
        seen.add(f"{name}[{extra}]")
        for line in metadata.requires(name) or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(need.name), e) for e in ("", *need.extras)]
    return {name.split("[")[0] for name in seen}


def copyleft(declared: Mapping[str, list[str]]) -> str:
    """Give the declared licence that is GPL, AGPL or LGPL, or an empty text.

    What a package declares decides: its SPDX expression, else its classifiers, else the first line of its
    licence field. A choice that offers a permissive licence ("MIT OR GPL-2.0-only", or a permissive
    classifier beside a GPL one, as docutils has) counts as that. Libraries inside binary wheels (GEOS, LGPL,
    in shapely's) are not looked at: wheels are installed from their publishers and none is passed on here.
    """
    expression = (declared.get("License-Expression") or [""])[0]
    if expression:
        offers = re.split(r"\s+OR\s+", expression)
        return "" if any("GPL" not in offer for offer in offers) else expression
    classifiers = [c for c in declared.get("Classifier", []) if c.startswith("License :: OSI Approved ::")]
    if classifiers:
        return "" if any("GPL" not in c and "General Public" not in c for c in classifiers) else classifiers[0]
    text = (declared.get("License") or [""])[0].strip().splitlines()[:1]
    return text[0] if text and re.search(r"GPL|General Public", text[0]) else ""


def licence_fields(name: str) -> dict[str, list[str]]:
    """Read what an installed package declares about its licence."""
    fields = metadata.metadata(name)
    return {key: fields.get_all(key) or [] for key in ("License-Expression", "Classifier", "License")}

"""The Nu HTML Checker over a built site: every page, picture and style sheet; ends with 1 if it finds a mistake.

``python tools/validate.py VNU_JAR SITE`` wants Java 17. What it only advises is listed and is no mistake.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

KINDS = {"*.html": "--html", "*.svg": "--svg", "*.css": "--css"}
AT_ONCE = 500
# On a disk the checker takes no file for the page's own, and so believes that the policy shuts out its style sheet.
FALSE_ALARM = "Resource violates Content Security Policy (meta tag): external "


def checked(jar: Path, site: Path) -> Iterator[Mapping[str, Any]]:
    """Yield what the checker says of a site, as it says it.

    Raises
    ------
    OSError
        When there is no such site, or the checker does not run.
    """
    java = shutil.which("java")
    if java is None:
        raise OSError("no java on PATH; the Nu HTML Checker wants version 17 or later")
    for pattern, kind in KINDS.items():
        found = sorted(site.rglob(pattern))
        if not found:
            raise OSError(f"{site} holds no {pattern}; build a report first")
        for start in range(0, len(found), AT_ONCE):
            some = map(str, found[start : start + AT_ONCE])
            command = [java, "-jar", str(jar), kind, "--format", "json", "--exit-zero-always", "--stdout", *some]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise OSError(f"the checker failed: {done.stderr.strip() or done.stdout.strip()}")
            yield from json.loads(done.stdout)["messages"]


def told(messages: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """Return the mistakes, and the advice by how often it is given."""
    mistakes, advice = [], Counter[str]()
    for one in messages:
        if one["message"].startswith(FALSE_ALARM):
            continue
        if one["type"] == "info":
            advice[one["message"]] += 1
        else:
            mistakes.append(f"{one.get('url', '')}:{one.get('lastLine', '')}: {one['message']}")
    return mistakes, [f"{number} x {message}" for message, number in advice.most_common()]


def main(jar: Path, site: Path) -> int:
    """Check a site, print what there is to mend, and give the exit status."""
    try:
        mistakes, advice = told(checked(jar, site))
    except OSError as error:
        print(f"validate: {error}", file=sys.stderr)
        return 2
    for line in (*advice, *mistakes):
        print(line)
    print(f"{len(mistakes)} mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/validate.py VNU_JAR SITE")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

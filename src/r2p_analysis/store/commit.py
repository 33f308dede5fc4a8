"""Replacing several files of the store in one step, also when the process is killed in the middle.

New files are written beside the old ones under temporary names. Then a journal that lists them appears by a rename:
that is the moment of the change. What is left, the renames, is done at once, or by whoever opens the store next.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from r2p_analysis.errors import StoreError
from r2p_analysis.store.files import write_atomically

_JOURNAL = ".commit-{}.json"
_JOURNALS = ".commit-*.json"


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace files of a folder, all or none.

    Parameters
    ----------
    folder : Path
        The store.
    contents : mapping
        What to write, by file name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = secrets.token_hex(8)
    staged = {f".{name}.{mark}.new": name for name in contents}
    try:
        for temporary, name in staged.items():
            with (folder / temporary).open("wb") as stream:
                stream.write(contents[name])
                stream.flush()
                os.fsync(stream.fileno())
        write_atomically(folder / _JOURNAL.format(mark), json.dumps(staged).encode())
    except BaseException:
        # Before the journal nothing has changed: a store without these files is the old one.
        if not (folder / _JOURNAL.format(mark)).is_file():
            for temporary in staged:
                (folder / temporary).unlink(missing_ok=True)
        raise
    finish_replacing(folder)


def sweep(folder: Path) -> None:
    """Finish what a killed process decided, and remove what it had only begun; nobody else may be writing."""
    finish_replacing(folder)
    for begun in folder.glob(".*.new"):
        begun.unlink(missing_ok=True)


def finish_replacing(folder: Path) -> None:
    """Finish what a killed process decided and did not finish; usually there is nothing.

    Raises
    ------
    StoreError
        When a journal is not the store's own, or its files may not be renamed.
    """
    for journal in sorted(folder.glob(_JOURNALS)):
        try:
            staged = json.loads(journal.read_text(encoding="utf-8"))
            for temporary, name in staged.items():
                if {Path(temporary).name, Path(name).name} != {temporary, name}:
                    raise StoreError(f"{journal}: names files outside the store; remove it and run 'r2p fetch'")
                if (folder / temporary).is_file():
                    (folder / temporary).replace(folder / name)
            journal.unlink(missing_ok=True)
        except FileNotFoundError:
            # Another process is finishing the same.
            continue
        except (OSError, ValueError, AttributeError) as error:
            raise StoreError(
                f"{journal}: cannot finish replacing tables ({type(error).__name__}); "
                "make the folder writable, or remove that file and run 'r2p fetch'"
            ) from None

"""Write docs/raw-files.md from what the sources declare: ``python tools/raw_files_page.py``.

A test compares the page with what this gives, so that no file and no address on it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from r2p_analysis.sources import ByHand, LiveModule, Source, SourceModule, discover

PAGE = Path(__file__).parents[1] / "docs" / "raw-files.md"
_HEAD = """# Raw files to download by hand

<!-- Made by tools/raw_files_page.py from the sources' own declarations: change those, not this page. -->

Where no service can be reached, on an air-gapped machine or behind a strict proxy, raw files are downloaded
elsewhere, carried over and read with

    r2p fetch --from DIR             all sources whose files lie in DIR or below
    r2p fetch SOURCE --from FILE     one source from one file

Files are read in the producers' own formats. They are found by the beginning of their names, so give each the
name in the table; `*` stands for what differs from release to release. Say the day on which they were taken with
`--retrieved`, and the release with `--version`. Names of people and stories in these files are left behind while
reading: none is stored. The files themselves stay where you put them.

"Fetched" says that `r2p fetch` without `--from` takes the source's files by itself. A table that "grows" keeps what
is stored and the new file does not hold: its earlier vintages or editions.
"""
_OWN = """
## The project's own lists

These tables are made by hand, in the project: their files lie below `data/` or come with a release of the project.

"""


def page() -> str:
    """Give the page as text."""
    modules = discover()
    parts = [_HEAD, *("\n".join(_section(module)) for module in modules.values() if module.SOURCE.by_hand)]
    own = [module.SOURCE for module in modules.values() if not module.SOURCE.by_hand]
    lists = [f"- {source.name}: {', '.join(f'`{table.name}`' for table in source.tables)}" for source in own]
    return "\n".join(parts) + _OWN + "\n".join(lists) + "\n"


def _section(module: SourceModule) -> Iterator[str]:
    source = module.SOURCE
    fetched = "fetched" if isinstance(module, LiveModule) else "by hand only"
    yield f"## {source.name}: {source.producer}\n"
    yield f"Released: {source.cadence.words}. Terms: {source.licence}. {fetched.capitalize()}.\n"
    yield "| save as | public address | makes |\n|---|---|---|"
    for one in source.by_hand:
        yield f"| `{one.file}` | <{one.address}> | {_tables(source, one)} |"
    notes = dict.fromkeys(one.note for one in source.by_hand if one.note)
    for note in notes:
        files = [f"`{one.file}`" for one in source.by_hand if one.note == note]
        every = len(files) > 1 and len(notes) == 1
        yield f"\n{'' if every else ', '.join(files) + ': '}{note}"
    yield ""


def _tables(source: Source, one: ByHand) -> str:
    grows = {table.name: " (grows)" if table.grows_by else "" for table in source.tables}
    return ", ".join(f"`{name}`{grows[name]}" for name in one.tables)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

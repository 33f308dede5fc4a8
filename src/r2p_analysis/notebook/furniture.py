"""What stands around an exhibit in JupyterLab, as HTML: headline above; notes, sources, alt text and data below.

Everything is escaped: texts come from tables that others made. Colours of text are JupyterLab's own, light or dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from r2p_analysis.notebook.live import dark_rules

ROWS_SHOWN = 30
"""Rows of the data that stand in the output; all of them are in `Shown.data` and in a saved CSV file."""
_STYLE = (
    ".r2p-exhibit{max-inline-size:46rem;line-height:1.45}"
    ".r2p-exhibit h3{margin-block:0 .2em;font-size:1.3em;font-weight:600;line-height:1.25}"
    ".r2p-exhibit p{margin-block:.2em}"
    ".r2p-exhibit .r2p-fine{font-size:.9em;opacity:.85}"
    ".r2p-exhibit svg{max-inline-size:100%;block-size:auto}"
    ".r2p-exhibit .r2p-rows{overflow:auto;max-block-size:24rem}"
)


def above(payload: dict[str, Any], label: str) -> str:
    """Give number, headline and subtitle; for a place with nothing to show, why."""
    under = payload["subtitle"] or payload["reason"]
    return _box(
        f'<p class="r2p-fine">{escape(label)} · {escape(payload["id"])}</p>'
        f"<h3>{escape(payload['headline'])}</h3><p>{escape(under)}</p>"
    )


def below(payload: dict[str, Any], ask: str) -> str:
    """Give notes, sources, alt text, data, and how to get the exhibit by code.

    Parameters
    ----------
    payload : dict
        As `Exhibit.payload` gives it.
    ask : str
        The expression that gives the exhibit.
    """
    notes = "".join(f"<li>{escape(note)}</li>" for note in payload["notes"])
    sources = "; ".join(map(_source, payload["sources"]))
    parts = [
        f'<ul class="r2p-fine">{notes}</ul>' if notes else "",
        f'<p class="r2p-fine">Source{"s" if len(payload["sources"]) > 1 else ""}: {sources}</p>' if sources else "",
        _folded("In words", f"<p>{escape(payload['alt'])}</p>") if payload["alt"] else "",
    ]
    if payload["rows"]:
        # The rows of a table are the exhibit itself, and stand above.
        parts.append(_folded(_rows_told(payload), table(payload)) if payload["graphic"] else "")
        parts.append(_folded("Data frame and files", _ways(payload, ask)))
    return _box("".join(parts))


def body(payload: dict[str, Any], svg: str) -> str:
    """Give the drawing, or the rows of a table, for readers that do not draw Vega-Lite."""
    return _box(svg or table(payload))


def style(*texts: str) -> str:
    """Give the style element, with the dark values of the theme's colours that stand in `texts`."""
    return f"<style>{_STYLE}{dark_rules(' '.join(texts))}</style>"


def table(payload: dict[str, Any]) -> str:
    """Give the first rows of the data as a table."""
    columns = payload["columns"]
    head = "".join(f'<th scope="col">{escape(_title(column))}</th>' for column in columns)
    rows = "".join(f"<tr>{''.join(_cells(columns, row))}</tr>" for row in payload["rows"][:ROWS_SHOWN])
    more = len(payload["rows"]) - ROWS_SHOWN
    after = f'<p class="r2p-fine">{more:,} more rows are in the data frame.</p>' if more > 0 else ""
    return f'<div class="r2p-rows"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{after}'


def source_lines(payload: dict[str, Any]) -> list[str]:
    """Give the lines of plain text that go under a picture: sources with release, licence and day of access."""
    lines = [
        f"{source['producer']}: {source['title']}, {source['version']}; {source['licence']}"
        + (f"; accessed {source['retrieved']}" if source["retrieved"] else "")
        for source in payload["sources"]
    ]
    return [f"Source{'s' if len(lines) > 1 else ''}: {' · '.join(lines)}"] if lines else []


def _box(inside: str) -> str:
    return f'<div class="r2p-exhibit">{inside}</div>'


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{inside}</details>"


def _rows_told(payload: dict[str, Any]) -> str:
    count = len(payload["rows"])
    return f"Data: {count:,} row{'' if count == 1 else 's'}"


def _ways(payload: dict[str, Any], ask: str) -> str:
    ways = [(f"{ask}.data", "the data frame")]
    if payload["graphic"]:
        ways += [
            (f"{ask}.chart", "the live Altair chart"),
            *((f'{ask}.save("{payload["id"]}{end}")', end[1:].upper()) for end in (".svg", ".png")),
        ]
    ways.append((f'{ask}.save("{payload["id"]}.csv")', "CSV, with its sources in a file beside it"))
    return "<ul>" + "".join(f"<li><code>{escape(code)}</code> {escape(what)}</li>" for code, what in ways) + "</ul>"


def _source(source: dict[str, str]) -> str:
    text = escape(f"{source['attribution']} ({source['version']}), {source['licence']}")
    accessed = f", accessed {escape(source['retrieved'])}" if source["retrieved"] else ""
    link = source["url"]
    if urlsplit(link).scheme in ("http", "https"):
        text = f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{text}</a>'
    return text + accessed


def _title(column: dict[str, Any]) -> str:
    return f"{column['title']} ({column['unit']})" if column["unit"] else str(column["title"])


def _cells(columns: Sequence[dict[str, Any]], row: Sequence[Any]) -> Iterable[str]:
    for column, value in zip(columns, row, strict=True):
        yield f"<td>{escape(_written(column, value))}</td>"


def _written(column: dict[str, Any], value: Any) -> str:
    if value is None:
        return "–"
    if column["type"] == "text" or isinstance(value, bool) or "year" in column["name"]:
        return str(value)
    return f"{value:,.{0 if column['type'] == 'integer' else column['decimals']}f}"

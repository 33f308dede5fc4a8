"""Strategies that turn valid raw files into rough ones, each in ways that fit its format."""

from __future__ import annotations

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from typing import Any

import pandas as pd
from hypothesis import strategies as st
from rough import Files, as_parquet
from rough_values import CELLS, CONTENTS, ENTITY_BOMB, JSON_TEXTS, NODES, XML_TEXTS

from r2p_analysis.parquet import read_parquet

Draw = st.DrawFn


@st.composite
def rough_files(draw: Draw, files: Files) -> Files:
    """One of several files changed, or files taken away, doubled or mixed up."""
    names = list(files)
    name = draw(st.sampled_from(names))
    way = draw(st.sampled_from(["content"] * 8 + ["lost", "twice", "swapped"]))
    if way == "lost" and len(names) > 1:
        return {key: files[key] for key in names if key != name}
    if way == "twice":
        return {**files, f"{name.partition('.')[0]}-x.{name.partition('.')[2]}": files[name]}
    if way == "swapped":
        return {**files, name: files[draw(st.sampled_from(names))]}
    return {**files, name: draw(rough_content(name, files[name]))}


@st.composite
def rough_content(draw: Draw, name: str, content: bytes) -> bytes:
    """The content of a file changed in its own format, as bytes, or replaced."""
    by_format = next((make for ending, make in _FORMATS.items() if name.endswith(ending)), None)
    ways = [by_format] * 6 + [rough_bytes] * 2 + [other_content] if by_format else [rough_bytes, other_content]
    return draw(draw(st.sampled_from(ways))(content))


@st.composite
def rough_bytes(draw: Draw, content: bytes) -> bytes:
    """Bytes flipped, put in, taken out, doubled, cut off, or written in another encoding."""
    way = draw(st.sampled_from(["flip", "insert", "delete", "cut", "double", "utf-16", "latin-1", "bom"]))
    start = draw(st.integers(0, max(0, len(content) - 1)))
    length = draw(st.sampled_from([1, 1, 2, 8, 100]))
    rest = content[start + length :]
    if way == "flip":
        mask = draw(st.integers(1, 255))
        return content[:start] + bytes(byte ^ mask for byte in content[start : start + length]) + rest
    if way == "insert":
        return content[:start] + draw(st.binary(min_size=1, max_size=12)) + content[start:]
    if way in ("delete", "cut"):
        return content[:start] + (rest if way == "delete" else b"")
    if way == "double":
        return content[: start + length] + content[start:]
    if way == "bom":
        return b"\xef\xbb\xbf" + content
    text = content.decode("utf-8", errors="replace")
    return text.encode("utf-16") if way == "utf-16" else text.replace(",", "\xe9,", 1).encode("latin-1", "replace")


def other_content(content: bytes) -> st.SearchStrategy[bytes]:
    """Another file under the right name."""
    return st.one_of(st.sampled_from(CONTENTS), st.binary(max_size=60))


@st.composite
def rough_table(draw: Draw, content: bytes) -> bytes:
    """Cells, columns and rows of delimited text changed; it stays a well-formed table, or not."""
    encoding = "utf-8-sig" if _is_utf8(content) else "latin-1"
    text = content.decode(encoding)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        rows = draw(rough_rows(rows))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))).writerows(rows)
    return out.getvalue().encode(encoding, errors="replace")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@st.composite
def rough_rows(draw: Draw, rows: list[list[str]]) -> list[list[str]]:
    """A table changed in one way."""
    way = draw(st.sampled_from(["cell"] * 8 + ["header", "drop", "double", "order", "row", "none", "ragged", "empty"]))
    row = draw(st.integers(min(1, len(rows) - 1), len(rows) - 1)) if rows else 0
    if not rows or way == "empty":
        return []
    width = len(rows[0])
    if not width:
        return rows
    column = draw(st.integers(0, width - 1))
    if way == "cell":
        value = draw(st.one_of(st.sampled_from(CELLS), st.text(max_size=5)))
        changed = [*rows[row][:column], value, *rows[row][column + 1 :]]
        return [*rows[:row], changed, *rows[row + 1 :]]
    if way == "header":
        name = draw(st.one_of(st.sampled_from(["", "x", " year", rows[0][0]]), st.text(max_size=5)))
        return [[*rows[0][:column], name, *rows[0][column + 1 :]], *rows[1:]]
    if way == "drop":
        return [[*line[:column], *line[column + 1 :]] for line in rows]
    if way == "double":
        return [[*line, *line[column : column + 1]] for line in rows]
    if way == "order":
        order = draw(st.permutations(range(width)))
        return [[line[n] for n in order if n < len(line)] for line in rows]
    if way == "row":
        return [*rows, rows[row]]
    return rows[:1] if way == "none" else [*rows[:row], rows[row][:column], *rows[row + 1 :]]


@st.composite
def rough_json(draw: Draw, content: bytes) -> bytes:
    """A node of JSON replaced, taken out or doubled, or its text spoilt."""
    tree = json.loads(content.decode("utf-8-sig"))
    paths = list(_paths(tree))
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        path = draw(st.sampled_from(paths))
        way = draw(st.sampled_from(["replace"] * 6 + ["remove", "rename", "double", "text"]))
        if way == "text":
            marked = json.dumps(_changed(tree, path, lambda _: "@@"))
            return marked.replace('"@@"', draw(st.sampled_from(JSON_TEXTS)), 1).encode()
        value = draw(
            st.one_of(
                st.sampled_from(NODES),
                st.text(max_size=5),
                st.integers(),
                st.floats(allow_nan=False, allow_infinity=False),
            )
        )
        tree = _changed(tree, path, lambda _, value=value: value) if way == "replace" else _moved(tree, path, way)
        paths = list(_paths(tree))
    return json.dumps(tree).encode()


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in parts:
        yield from _paths(part, (*path, key))


def _changed(tree: Any, path: tuple[Any, ...], change: Any) -> Any:
    if not path:
        return change(tree)
    copy = tree.copy()
    copy[path[0]] = _changed(tree[path[0]], path[1:], change)
    return copy


def _moved(tree: Any, path: tuple[Any, ...], way: str) -> Any:
    if not path:
        return [tree]

    def change(parent: Any) -> Any:
        key, copy = path[-1], parent.copy()
        if isinstance(copy, list):
            return [*copy, copy[key]] if way == "double" else [*copy[:key], *copy[key + 1 :]]
        value = copy.pop(key)
        return copy if way == "remove" else {**copy, f"{key}_": value}

    return _changed(tree, path[:-1], change)


@st.composite
def rough_xml(draw: Draw, content: bytes) -> bytes:
    """Elements of XML taken out, renamed, doubled, nested or given other text; or an entity bomb."""
    root = ET.fromstring(content)
    way = draw(st.sampled_from(["text"] * 6 + ["remove", "rename", "double", "nest", "bomb", "encoding"]))
    parents = [element for element in root.iter() if len(element)]
    parent = draw(st.sampled_from(parents))
    child = draw(st.sampled_from(list(parent)))
    if way == "bomb":
        return ENTITY_BOMB
    if way == "text":
        draw(st.sampled_from(list(root.iter()))).text = draw(st.sampled_from(XML_TEXTS))
    elif way == "remove":
        parent.remove(child)
    elif way == "rename":
        child.tag = draw(st.sampled_from(["x", "Row", "Entry", "Parties", "Tbody"]))
    elif way == "double":
        parent.append(child)
    elif way == "nest":
        deep = draw(st.sampled_from([1, 50, 50_000]))
        return content.replace(b"</Entry>", b"<b>" * deep + b"</b>" * deep + b"</Entry>", 1)
    encoding = draw(st.sampled_from(["utf-8", "utf-16", "cp037"])) if way == "encoding" else "ISO-8859-1"
    return ET.tostring(root, encoding=encoding, xml_declaration=True)


@st.composite
def rough_zip(draw: Draw, content: bytes) -> bytes:
    """An archive with other, more, fewer, encrypted, oversized or misplaced members, or a changed one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
    name = draw(st.sampled_from(list(members)))
    way = draw(st.sampled_from(["content"] * 5 + ["name", "more", "fewer", "bomb", "bytes", "size"]))
    if way == "content":
        members[name] = draw(rough_content(name, members[name]))
    elif way == "name":
        members[draw(st.sampled_from(["../x.csv", "/x.csv", "C:\\x.csv", "x.txt", "a/b.csv"]))] = members.pop(name)
    elif way == "more":
        members[f"more-{name}"] = members[name]
    elif way == "fewer":
        del members[name]
    elif way == "bomb":
        members[name] = b"0" * 3_000_000
    out = io.BytesIO()
    packing = draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2]))
    with zipfile.ZipFile(out, "w", packing) as archive:
        for member, body in members.items():
            archive.writestr(member, body)
    whole = out.getvalue()
    if way == "size":
        at = whole.find(b"PK\x01\x02") + draw(st.integers(4, 45))
        return whole[:at] + bytes([draw(st.integers(0, 255))]) + whole[at + 1 :]
    return draw(rough_bytes(whole)) if way == "bytes" else whole


@st.composite
def rough_gzip(draw: Draw, content: bytes) -> bytes:
    """A gzipped table with another content, or broken."""
    if draw(st.integers(0, 3)) == 0:
        return draw(rough_bytes(content))
    return gzip.compress(draw(rough_content("x.csv", gzip.decompress(content))), compresslevel=1, mtime=0)


@st.composite
def rough_parquet(draw: Draw, content: bytes) -> bytes:
    """A parquet file with other columns, types or values, or broken."""
    frame = read_parquet(content)
    column = draw(st.sampled_from(list(frame.columns)))
    way = draw(st.sampled_from(["drop", "rename", "type", "cell", "cell", "rows", "none", "bytes"]))
    if way == "bytes":
        return draw(rough_bytes(content))
    if way == "drop":
        frame = frame.drop(columns=column)
    elif way == "rename":
        frame = frame.rename(columns={column: draw(st.sampled_from(["x", "", "year"]))})
    elif way == "type":
        size = len(frame)
        columns = ([1.5] * size, [True] * size, [[1]] * size, [{"a": 1}] * size, [b"\xff"] * size, ["x"] * size)
        dates = (pd.Timestamp("2015-01-01"), float("inf"), float("nan"), None, 2**53 + 2.0, -1, 2**62)
        frame[column] = pd.Series(draw(st.sampled_from([*columns, *([date] * size for date in dates)])))
    elif way == "cell":
        cells = frame[column].astype("string").astype(object)
        cells.iloc[draw(st.integers(0, len(frame) - 1))] = draw(st.sampled_from([*CELLS, None]))
        frame[column] = cells
    frame = pd.concat([frame, frame.head(1)]) if way == "rows" else frame.head(0) if way == "none" else frame
    return as_parquet(frame) if frame.columns.is_unique else content


_FORMATS = {
    ".csv": rough_table,
    ".csv.gz": rough_gzip,
    ".json": rough_json,
    ".geojson": rough_json,
    ".xml": rough_xml,
    ".zip": rough_zip,
    ".parquet": rough_parquet,
}

"""What can stand in a cell, a node or an element in place of what should."""

from __future__ import annotations

from typing import Any

# A person may see a number in these; a table of counts must not.
LOOKALIKES = ("1,000", "1 000", "\u0663", "\uff11", "True", "0x1", "1_000", "inf", "NaN", "+1", "1.5.1", "--1", "1-")
CELLS = (
    *LOOKALIKES,
    *("", " ", "-", "NA", "nan", "None", "null", "1e3", "1e400", "-1", "1.5", "1.0", "007", "9" * 30, "-" + "9" * 25),
    *("9" * 5000, "2015-02-30", "2015-13-01", "0000-00-00", "99999-01-01", "2015", "2016-01", "01/02/2015"),
    *("=cmd()", "a\nb", 'a"b', "a,b", "a\tb", "\x00", "\x1b[2J", "\u202e", "\ufeff1", "<b>1</b>", "\ud7ff", "x" * 3000),
    *("AFG", "XXX", "USA; RUS", "652, 645", "652,", "#country", "SUN+", "unknown", "2015; x", ";", "1 Jan 2015 zz"),
)
NODES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2.0, 1e300, 10**30, 2**53 + 1, "", "-", "0"),
    *([], [1], {}, {"a": 1}, [[]], [{}], [None], {"items": []}),
    *CELLS,
)
# Text of JSON that Python's own writer would not give.
JSON_TEXTS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "9" * 5000,
    "[" * 100_000,
    '{"a":' * 50_000,
    '"\\ud800"',
    '"a\nb"',
    "{]",
    '{"a": 1, "a": 2}',
    "",
)
CONTENTS = (
    b"",
    b"\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe\x00",
    b"<!DOCTYPE html><html><body>Service unavailable</body></html>",
    b'{"error": "x"}',
    b"[]",
    b"null",
    b"[[]]",
    b"PK\x03\x04",
    b"PAR1PAR1",
    b"\x1f\x8b\x08\x00",
    b"<?xml version='1.0'?><a/>",
    b"<?xml version='1.0' encoding='utf-7'?><a/>",
    b"<?xml version='1.0' encoding='nonsense'?><a/>",
    b"a,b\n1,2\n",
    b"\x00" * 100,
    b'"' * 99,
    b'"' * 100,
    b",".join([b"a"] * 5000),
    b"<?xml version='1.0'?>" + b"<a>" * 100_000,
    b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>",
)
ENTITY_BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>"""
XML_TEXTS = (
    *("31 Feb 2015 a", "0 Jan 2015", "1 Jan 20155 a", "112 Jan 2015 a", "1 Jan 2015 zz", "[", "]", "[1 Jan 2015", ""),
    *("<superscript>", "</superscript>", "<superscript>1", "\u0663", "1 000", "-1", "Ruritania", "Serbia", "x" * 5000),
    *("1 Foo 2015", "\u0661 Jan 2015", "99999999999999999999", "1\n Jan\n 2015 a", "<![CDATA[x]]>", "&lt;b&gt;"),
)

"""The questions put to UNHCR's Refugee Data Finder, and their addresses for those who download by hand."""

from __future__ import annotations

from urllib.parse import urlencode

BASE = "https://api.unhcr.org/population/v1/"
PAGE_ROWS = 10_000
_BEYOND = 2100


def query(first_year: int, last_year: int, *, by_type: bool, rows: int = PAGE_ROWS) -> list[tuple[str, str]]:
    """Give the parameters of a question without its page.

    Both bounds are always sent, for the service ignores one alone; so are ``cf_type=ISO``, without which codes are
    UNHCR's own, and both ``*_all``, without which rows are sums over countries.
    """
    return [
        ("limit", str(rows)),
        ("yearFrom", str(first_year)),
        ("yearTo", str(last_year)),
        ("coo_all", "true"),
        ("coa_all", "true"),
        ("cf_type", "ISO"),
        *([("ptype_show", "true")] if by_type else []),
    ]


def first_page(endpoint: str, first_year: int, *, by_type: bool = False) -> str:
    """Give the address of the first page of all years: the service takes a last year that is yet to come.

    >>> first_page("idmc", 1990).partition("?")[0]
    'https://api.unhcr.org/population/v1/idmc'
    """
    return f"{BASE}{endpoint}?{urlencode([*query(first_year, _BEYOND, by_type=by_type), ('page', '1')])}"

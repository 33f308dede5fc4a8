"""UCDP's bulk downloads."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, ClassVar

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import Fake, serves, stored, zipped
from r2p_analysis import countries
from r2p_analysis.sources.ucdp import _COUNTRY_YEAR_STEMS
from r2p_analysis.sources.ucdp_service import PATHS, this_year
from r2p_analysis.sources.ucdp_tables import CONFLICT_TYPES, ESTIMATES, INCOMPATIBILITIES, INTENSITIES, REGIONS

_PLACES = ("country_id_cy", "gwnoa", "gwno_loc")


def _coded(words: dict[str, str], cells: pd.Series) -> pd.Series:
    """Words of a codebook back to its numbers, also in lists."""
    numbers = {word: number for number, word in words.items()}
    return cells.map(lambda cell: ", ".join(numbers[word] for word in cell.split("; ")), na_action="ignore")


def as_ucdp_publishes(table: str, frame: pd.DataFrame) -> bytes:
    """A stored table as the CSV of UCDP's download."""
    gwno = {place.iso3: str(place.gwno) for place in countries.all_countries() if place.gwno} | {"UNK": "751"}
    out: dict[str, Any] = {"version": "26.1", "year": frame["year"]}
    if table == "ucdp_country_years":
        out |= {"country_id": _coded({v: k for k, v in gwno.items()}, frame["iso3"])}
        out |= {f"main_{t}_{e}": frame[f"{o}_{e}"] for o, t in _COUNTRY_YEAR_STEMS.items() for e in ESTIMATES}
        out = {name.removeprefix("main_"): cells for name, cells in out.items()}
        out |= {
            "cumulative_total_deaths_civilians_in_orgvio": frame["civilians"],
            "cumulative_total_deaths_unknown_in_orgvio": frame["unknown_status"],
            "os_dyad_names": frame["one_sided_actors"].fillna("NO_DYAD"),
        }
        out = {f"{name}_cy": cells for name, cells in out.items()}
    elif table == "ucdp_one_sided":
        out |= {
            "actor_id": frame["actor_id"],
            "actor_name": frame["actor"],
            "actor_name_fulltext": frame["actor_in_full"].fillna("n/a"),
            "is_government_actor": frame["is_government"].astype(int),
            "gwnoa": _coded({v: k for k, v in gwno.items()}, frame["governments_iso3"]),
            **{f"{e}_fatality_estimate": frame[f"deaths_{e}"] for e in ESTIMATES},
        }
    else:
        out |= {name: frame[name] for name in ("conflict_id", "side_a", "side_b")}
        out["incompatibility"] = _coded(INCOMPATIBILITIES, frame["incompatibility"])
        out["type_of_conflict"] = _coded(CONFLICT_TYPES, frame["type"])
        place = "location_iso3" if "location_iso3" in frame else "territory_iso3"
        out["gwno_loc"] = _coded({v: k for k, v in gwno.items()}, frame[place])
        if table == "ucdp_battle_deaths":
            out |= {"dyad_id": frame["dyad_id"], **{f"bd_{e}": frame[f"deaths_{e}"] for e in ESTIMATES}}
            out["gwno_battle"] = _coded({v: k for k, v in gwno.items()}, frame["battle_iso3"])
        else:
            out |= {"location": frame["location"], "territory_name": frame["territory"]}
            out |= {"side_a_2nd": frame["side_a_secondary"], "side_b_2nd": frame["side_b_secondary"]}
            out["intensity_level"] = _coded(INTENSITIES, frame["intensity"])
            out["region"] = _coded(REGIONS, frame["regions"])
    return pd.DataFrame(out).to_csv(index=False).encode("utf-8-sig")


class Ucdp(Fake):
    """UCDP's downloads: one ZIP a table and release, 404 for a release that is not out."""

    variable = "R2P_UCDP_URL"
    formats: ClassVar[frozenset[str]] = frozenset({"csv", "zip"})

    def __init__(self, server: HTTPServer, frames: dict[str, pd.DataFrame], release: str) -> None:
        super().__init__(server.url_for("/downloads/"))
        self.files: dict[str, bytes] = {}
        self.frames: dict[str, tuple[str, pd.DataFrame]] = {}
        self.publish(frames, release)
        server.expect_request(re.compile("/downloads/.*")).respond_with_handler(self.answer)

    def publish(self, frames: dict[str, pd.DataFrame], release: str) -> None:
        """Bring out a release."""
        for table, frame in frames.items():
            content = zipped((f"{table}_v{release}.csv", as_ucdp_publishes(table, frame)))
            self.files[PATHS[table].format(release)] = content

    @property
    def paths(self) -> list[str]:
        """What was asked, below the base address."""
        return [request.path.removeprefix("/downloads/") for request in self.asked]

    def truth(self, request: Request) -> Response:
        path = request.path.removeprefix("/downloads/")
        if path not in self.files:
            return Response("<html>404</html>", 404)
        content = self.files[path]
        return Response(_damaged(content, self.damage) if self.damage else content, content_type="application/zip")


def _damaged(archive: bytes, damage: str) -> bytes:
    """A release with something wrong in its table."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        (name,) = opened.namelist()
        table = pd.read_csv(opened.open(name), dtype="string", keep_default_na=False, encoding="utf-8-sig")
    total = next((column for column in table if column.startswith("cumulative_total_deaths_in_orgvio_best")), None)
    match damage:
        case "empty":
            table = table[:0]
        case "renamed column":
            table = table.rename(columns={"year": "calendar_year", "year_cy": "calendar_year_cy"})
        case "new column":
            table["climate_related"] = "5"
        case "duplicate key":
            table = pd.concat([table, table[:1]])
        case "unknown country":
            table.loc[0, [column for column in table if column in _PLACES]] = "1234"
        case "total off by ten" if total:
            table.loc[0, total] = str(int(table.loc[0, total]) + 10)
    return zipped((name, table.to_csv(index=False).encode("utf-8-sig")))


@serves("ucdp")
def start(server: HTTPServer) -> Ucdp:
    """Start it with the figures of a year, as this year's release."""
    return Ucdp(server, {table: stored(table, (2015, 2015)) for table in PATHS}, f"{this_year() % 100}1")


@serves("ucdp", whole=True)
def start_whole(server: HTTPServer) -> Ucdp:
    """Start it with the figures of all years, as this year's release."""
    return Ucdp(server, {table: stored(table) for table in PATHS}, f"{this_year() % 100}1")

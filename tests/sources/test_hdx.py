"""Files listed by HDX: the right one of the dataset, whole, with its day; and refusals of one line."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from fakes import QUICK, Hdx, Patience, says
from r2p_analysis.errors import SourceError
from r2p_analysis.sources.hdx import OnHdx, data_files, download_listed, release_listed
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings

LISTED = OnHdx("b2bbb33c", "b3232da8", "figures_global.csv")
CONTENT = b"countryCode,year\nSYR,2015\n"


@pytest.fixture
def hdx(httpserver: HTTPServer) -> Hdx:
    return Hdx(httpserver, LISTED, CONTENT)


def take(hdx: Hdx, folder: Path, listed: OnHdx = LISTED) -> list[Path]:
    settings = FetchSettings(environment={"R2P_HDX_URL": hdx.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        return download_listed(session, folder, listed, begins=b"countryCode")


def refused(hdx: Hdx, folder: Path, listed: OnHdx = LISTED) -> str:
    with pytest.raises(SourceError) as caught:
        take(hdx, folder, listed)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_unknown_dataset_is_one_line(hdx: Hdx, httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/hdx/api/3/action/package_show").respond_with_handler(hdx.answer)
    assert "got 404" in refused(hdx, tmp_path, replace(LISTED, dataset="gone"))
    hdx.always = says(409, b'{"success": false, "error": {"message": "x", "__type": "Validation Error"}}')
    assert "got 409" in refused(hdx, tmp_path)


def test_no_success_with_http_200_is_no_success(hdx: Hdx, tmp_path: Path) -> None:
    hdx.package |= {"success": False, "error": {"message": "Access\ndenied", "__type": "Authorization Error"}}
    assert 'HDX\'s catalogue says "Access denied" of dataset b2bbb33c' in refused(hdx, tmp_path)
    for shape in (b"[]", b'{"success": true}', b'{"success": true, "result": {"resources": 5}}', b'"x"'):
        hdx.always = says(200, shape)
        assert "HDX" in refused(hdx, tmp_path)


def test_a_dataset_without_the_file_names_those_that_it_has(hdx: Hdx, tmp_path: Path) -> None:
    hdx.entry |= {"id": "new", "name": "renamed.csv"}
    assert "got other.csv, renamed.csv" in refused(hdx, tmp_path)
    hdx.entry |= {"id": LISTED.resource, "state": "deleted"}
    assert "got other.csv;" in refused(hdx, tmp_path)


def test_an_entry_without_an_address_is_one_line(hdx: Hdx, tmp_path: Path) -> None:
    hdx.entry |= {"url": "", "download_url": None}
    assert "gives no address" in refused(hdx, tmp_path)
    hdx.entry |= {"url": "file:///etc/passwd"}
    assert "gives no address" in refused(hdx, tmp_path)
    hdx.entry |= {"url": "http://[broken"}
    assert "address" in refused(hdx, tmp_path)


def test_a_file_other_than_the_catalogue_states_is_refused(hdx: Hdx, tmp_path: Path) -> None:
    for digest in ("0" * 32, "md5:" + "0" * 32, "0" * 64):
        hdx.entry["hash"] = digest
        assert "as HDX's catalogue states" in refused(hdx, tmp_path)


def test_a_checksum_that_fits_or_is_none_lets_the_file_through(hdx: Hdx, tmp_path: Path) -> None:
    md5 = hashlib.md5(CONTENT).hexdigest()  # what CKAN states
    for digest in ("", None, md5, md5.upper(), "md5:" + md5, "W/etag", hashlib.sha256(CONTENT).hexdigest()):
        hdx.entry["hash"] = digest
        assert take(hdx, tmp_path)[0].read_bytes() == CONTENT


def test_the_file_is_taken_from_behind_a_redirect_to_another_host(hdx: Hdx, tmp_path: Path) -> None:
    files = take(hdx, tmp_path)
    assert [path.name for path in files] == ["figures_global.csv", "figures_global.hdx.json"]
    assert files[0].read_bytes() == CONTENT
    assert [request.path.split("/")[1] for request in hdx.asked] == ["hdx", "hdx", "store"]
    assert data_files(files) == files[:1]
    assert release_listed(files, LISTED) == "updated 2026-03-12"
    assert release_listed(files[:1], LISTED) == ""


def test_the_file_is_found_by_its_name_should_it_get_another_id(hdx: Hdx, tmp_path: Path) -> None:
    hdx.entry["id"] = "new"
    assert take(hdx, tmp_path)[0].read_bytes() == CONTENT


def test_a_page_of_html_in_place_of_the_file_is_asked_for_again(hdx: Hdx, tmp_path: Path) -> None:
    hdx.instead[1] = says(200, b"<html>checking your browser</html>")
    assert take(hdx, tmp_path)[0].read_bytes() == CONTENT
    hdx.instead[len(hdx.asked)] = says(200, b"<html>checking your browser</html>")
    take(hdx, tmp_path)

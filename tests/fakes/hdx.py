"""The Humanitarian Data Exchange: a CKAN catalogue, and files that lie behind a redirect."""

from __future__ import annotations

import json
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import Fake
from r2p_analysis.sources.hdx import OnHdx


class Hdx(Fake):
    """HDX with one dataset: ``package_show`` tells where its file lies, and from there leads on to a store of files."""

    variable = "R2P_HDX_URL"

    def __init__(self, server: HTTPServer, listed: OnHdx, content: bytes) -> None:
        super().__init__(server.url_for("/hdx/"))
        self.listed = listed
        self.content = content
        address = f"/dataset/{listed.dataset}/resource/{listed.resource}/download/{listed.name}"
        self.entry: dict[str, Any] = {
            "id": listed.resource,
            "name": listed.name,
            "url": server.url_for(f"/hdx{address}"),
            "download_url": server.url_for(f"/hdx{address}"),
            "hdx_rel_url": address,
            "format": "CSV",
            "hash": "",
            "state": "active",
            "last_modified": "2026-03-12T05:01:02.847511",
            "size": len(content),
        }
        other = {
            "id": "19ccb9ea-76f9-4814-bd0e-78eea1600a55",
            "name": "other.csv",
            "url": "https://x.invalid/other.csv",
        }
        self.package: dict[str, Any] = {
            "help": "https://data.humdata.org/api/3/action/help_show?name=package_show",
            "success": True,
            "result": {"id": listed.dataset, "resources": [other, self.entry]},
        }
        self._store = server.url_for(f"/store/{listed.name}").replace("127.0.0.1", "localhost")
        # Each asks for its own dataset, so that several can be on one server.
        asked = {"id": listed.dataset}
        server.expect_request("/hdx/api/3/action/package_show", query_string=asked).respond_with_handler(self.answer)
        server.expect_request(f"/hdx{address}").respond_with_handler(self.answer)
        server.expect_request(f"/store/{listed.name}").respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        if request.path.startswith("/store/"):
            return Response(self.content, content_type="text/csv")
        if not request.path.endswith("package_show"):
            return Response("", 302, {"Location": self._store})
        if request.args.get("id") != self.listed.dataset:
            error = {"message": "Not found", "__type": "Not Found Error"}
            return Response(json.dumps({**self.package, "success": False, "result": None, "error": error}), 404)
        return Response(json.dumps(self.package), content_type="application/json")

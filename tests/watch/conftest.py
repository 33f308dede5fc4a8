"""One watched workspace for all tests that leave it whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from watchkit import Watched, workspace


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Serve a small workspace with ``--watch``, settled."""
    watched = Watched(workspace(tmp_path_factory.mktemp("watched")))
    try:
        watched.settled()
        yield watched
    finally:
        watched.end()

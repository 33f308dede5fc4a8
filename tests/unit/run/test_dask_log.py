"""What Dask says goes into its file: between the lines of progress it reads as if the build had failed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import dask.config
import pytest
from distributed.config import initialize_logging

from r2p_analysis.run.cluster import _talk_into

NAMES = ("distributed", "distributed.client", "tornado", "tornado.application")


@pytest.fixture
def loggers(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[logging.Logger]]:
    loggers = [logging.getLogger(name) for name in NAMES]
    kept = [(logger.handlers, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers = []
    # As in a program whose root says nothing, Dask gives each of them a handler that writes to stderr.
    with monkeypatch.context() as quiet:
        quiet.setattr(logging.getLogger(), "handlers", [])
        initialize_logging(dask.config.config)
    assert all(logger.handlers for logger in loggers)
    yield loggers
    for logger, (handlers, propagates) in zip(loggers, kept, strict=True):
        logger.handlers, logger.propagate = handlers, propagates


def test_what_a_client_says_of_a_lost_worker_is_told_in_the_file_alone(
    loggers: list[logging.Logger], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "run.log"
    with _talk_into(log):
        for logger in loggers:
            logger.critical("%s: Couldn't gather 1 keys", logger.name)
    assert capfd.readouterr() == ("", "")
    assert [line.partition(":")[0] for line in log.read_text().splitlines()] == list(NAMES)


def test_what_is_said_after_the_run_goes_where_it_went_before(loggers: list[logging.Logger], tmp_path: Path) -> None:
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    with pytest.raises(KeyError), _talk_into(tmp_path / "run.log"):
        raise KeyError("lost")
    assert [(logger.handlers, logger.propagate) for logger in loggers] == before

"""Each kind of exhibit looks as it did: its picture, with coordinates rounded, against a stored checksum.

Look at the pictures (``R2P_PICTURES=DIR`` writes them there) before new checksums are stored with ``R2P_RENEW=1``.
"""

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from kit import CHARTS, geometry

from r2p_analysis.exhibits import svg
from r2p_analysis.exhibits.render import Renderer

STORED = Path(__file__).parent / "pictures.json"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


def normalised(picture: str) -> str:
    """Without what differs by a hair between machines: coordinates to whole pixels."""
    return NUMBER.sub(lambda found: f"{round(float(found[0])) + 0:d}", picture)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    specs = {(name, layout): spec for name in CHARTS for layout, spec in CHARTS[name]().layouts.items()}
    with Renderer(tmp_path_factory.mktemp("cache"), workers=1, geometry=geometry) as renderer:
        drawn = renderer.render(specs.values())
    finished = {
        f"{name}, {layout}": svg.finish(raw, prefix="p", title=name, description=layout)
        for (name, layout), raw in zip(specs, drawn, strict=True)
    }
    if os.environ.get("R2P_PICTURES"):
        folder = Path(os.environ["R2P_PICTURES"])
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in finished.items():
            (folder / f"{name.replace(', ', '-')}.svg").write_text(picture, encoding="utf-8")
    return finished


def test_no_kind_of_exhibit_changed_its_looks_unseen(pictures):
    sums = {name: hashlib.sha256(normalised(picture).encode()).hexdigest()[:16] for name, picture in pictures.items()}
    if os.environ.get("R2P_RENEW"):
        STORED.write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    changed = sorted(name for name in sums.keys() | stored.keys() if sums.get(name) != stored.get(name))
    assert changed == [], "look at them with R2P_PICTURES=DIR, then store them with R2P_RENEW=1"


def test_a_change_that_can_be_seen_changes_the_checksum_and_a_hair_does_not(pictures):
    picture = next(iter(pictures.values()))
    colour = re.search(r"#[0-9a-f]{6}", picture)[0]
    assert normalised(picture.replace(colour, "#ff00ff")) != normalised(picture)
    assert normalised('<path d="M1.02,3.4"/>') == normalised('<path d="M1.04,3.41"/>')
    assert normalised('<path d="M1,3"/>') != normalised('<path d="M2,3"/>')

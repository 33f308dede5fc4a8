"""Screenshots of eight pages of a built report, wide and narrow, light and dark, for a person to look at.

python tools/screenshots.py outputs/2016/site outputs/screenshots
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

PAGES = ("index", "displacement", "violence", "law", "countries/index", "countries/SYR", "claims", "data")
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (1280, "dark"), (375, "light"))
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


def main(site: Path, out: Path, chromium: str) -> int:
    """Take them; say what is not there, and give the exit status."""
    missing = [page for page in PAGES if not (site / f"{page}.html").is_file()]
    if missing:
        print(f"{site} has no {missing[0]}.html: build the default edition first with 'make report'", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for width, scheme in LOOKS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for page in PAGES:
                tab = context.new_page()
                tab.goto((site / f"{page}.html").resolve().as_uri())
                tab.screenshot(path=out / f"{page.replace('/', '-')}-{width}-{scheme}.png", full_page=True)
                tab.close()
            context.close()
        browser.close()
    print(f"{len(PAGES) * len(LOOKS)} screenshots in {out}")
    return 0


if __name__ == "__main__":
    from r2p_analysis.site import find_chromium

    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), str(find_chromium())))

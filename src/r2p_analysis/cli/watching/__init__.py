"""``r2p serve --watch``: a report that follows what is saved. See docs/adr/0015-watch.md.

Two processes. The one that serves looks for changes and keeps the browser's connections; it imports nothing large and
has threads. The other makes pages: warm workers that execute, long-lived renderers, the judged ledger. It is ended and
started anew when anything but a notebook changes, for what it holds is then stale.
"""

from r2p_analysis.cli.watching.following import follow

__all__ = ["follow"]

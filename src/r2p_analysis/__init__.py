"""Evidence for the UN Secretary-General's reports on the Responsibility to Protect."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("r2p-analysis")
except PackageNotFoundError:  # a source tree that nobody installed
    __version__ = "0.0.0"

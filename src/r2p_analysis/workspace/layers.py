"""A user's own folder over the one that the package carries: files of the own one win, by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from r2p_analysis.errors import UsageError


@dataclass(frozen=True)
class Layers:
    """Up to two folders that are read as one.

    Attributes
    ----------
    own : Path or None
        Folder of the user, whose files win and which alone is written to; None when nothing may be written.
    base : Path or None
        Folder that is read where `own` has no file of a name; None when `own` is all there is.
    """

    own: Path | None
    base: Path | None = None

    @classmethod
    def of(cls, folder: Path | Layers) -> Layers:
        """Take a single folder as layers of which it is the only one."""
        return folder if isinstance(folder, Layers) else cls(folder)

    def __truediv__(self, name: str) -> Layers:
        """Give the folders of that name below each layer."""
        return Layers(self.own and self.own / name, self.base and self.base / name)

    def __str__(self) -> str:
        """Give the folder to name in an error: the own one, where there is one."""
        return str(self.own or self.base)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders, the one that wins first."""
        return tuple(folder for folder in (self.own, self.base) if folder is not None)

    def find(self, name: str) -> Path | None:
        """Give the file of that name that wins; None when no layer has it."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def glob(self, pattern: str) -> list[Path]:
        """Give the files that match, each name once, in alphabetical order of the names."""
        found = {path.name: path for folder in reversed(self.folders) for path in folder.glob(pattern)}
        return [found[name] for name in sorted(found)]

    def to_write(self) -> Path:
        """Give the folder that may be written to.

        Raises
        ------
        UsageError
            When there is none.
        """
        if self.own is None:
            raise UsageError(
                "no workspace here, and the tables inside the installed package are not written to: make one with "
                "'r2p init DIR' and run it there, or set R2P_HOME to one"
            )
        return self.own

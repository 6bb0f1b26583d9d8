"""How much room is left on a disk."""

import shutil
from pathlib import Path

LEAST = 500_000_000  # bytes
LEAST_SHARE = 0.02
GOOD_SHARE = 0.10


def room_at(folder: Path) -> tuple[int, float]:
    """Return how many bytes are free where *folder* lies, or will lie, and which share of the disk that is."""
    while not folder.exists():
        folder = folder.parent
    found = shutil.disk_usage(folder)
    return found.free, found.free / max(found.total, 1)


def is_nearly_full(folder: Path) -> bool:
    """Return whether so little is left that taking in more is a risk."""
    free, share = room_at(folder)
    return share < LEAST_SHARE or (free < LEAST and share < GOOD_SHARE)

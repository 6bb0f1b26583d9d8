"""Files that are no photos, as pages show them."""

from collections.abc import Iterable
from typing import Any

from tuntas.rules.file_words import trouble_of

Json = dict[str, Any]


def told_attachments(files: Iterable[Json]) -> tuple[Json, ...]:
    """Return what is told of files and, where one was rejected, why in words."""
    return tuple({**file, "trouble_said": trouble_of(file["trouble"])} for file in files)

"""GeoJSON and CSV as offices give them out, packed by gzip or not; what cannot be used is told with file and line."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')


class BadFile(Exception):
    """A file of areas or roads that cannot be used; one sentence with the file and the line."""

    def __init__(self, file: Path, line: int, text: str) -> None:
        super().__init__(f"{file.name}:{line}: {text}.")


def features_of(path: Path) -> Iterator[tuple[Any, int]]:
    """Yield the features of a GeoJSON file, each with the line it begins in. Raises BadFile."""
    text = text_of(path)
    try:
        features = json.loads(text)["features"]
    except json.JSONDecodeError as error:
        raise BadFile(path, error.lineno, f"this is not JSON: {error.msg}") from error
    except (TypeError, KeyError) as error:
        raise BadFile(path, 1, "this is not a GeoJSON FeatureCollection") from error
    if not isinstance(features, list):
        raise BadFile(path, 1, "this is not a GeoJSON FeatureCollection")
    yield from zip(features, _lines(text, len(features)), strict=True)


def check_on_earth(shape: BaseGeometry, name: str, path: Path, line: int) -> None:
    """Raise BadFile where a shape lies off the earth, as it does with latitude before longitude."""
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadFile(path, line, f"{name} lies off the earth: write longitude, then latitude, in degrees")


def _lines(text: str, features: int) -> list[int]:
    starts, line, before = [], 1, 0
    for match in _FEATURE.finditer(text):
        line, before = line + text.count("\n", before, match.start()), match.start()
        starts.append(line)
    return starts if len(starts) == features else [1] * features


def text_of(path: Path) -> str:
    """Return the text of a file. Raises BadFile."""
    try:
        packed = path.read_bytes()
        return (gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadFile(path, 1, "there is no such file") from error
    except UnicodeDecodeError as error:
        raise BadFile(path, 1, "this file is not UTF-8 text") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise BadFile(path, 1, f"this file cannot be read: {error}") from error

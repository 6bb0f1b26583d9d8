"""TOML whose every value knows its line, read so that every mistake is found and none stops the reading."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from tuntas.kit.words import Language, Say

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_Path = tuple[str | int, ...]

_KINDS: Mapping[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2025-08-17, without quotes",
    list: "a list",
    dict: "a table",
}
_LANGUAGES = {Language.ID: "Indonesian", Language.EN: "English"}


@dataclass(frozen=True, slots=True, order=True)
class ProfileMistake:
    """One thing to put right, and where: a file of the profile and its line, counted from 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a row stands in its file: the line it begins on and the line of each of its keys."""

    file: str
    line: int = 1
    keys: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the row where it has no such key."""
        return self.keys.get(key, self.line)

    def mistake(self, text: str, key: str = "") -> ProfileMistake:
        """Say what is wrong with the row, or with one key of it."""
        return ProfileMistake(self.file, self.line_of(key), text)


def suggest(word: str, known: Collection[str]) -> str:
    """Return “; did you mean …?” where one of *known* looks like *word*, else nothing."""
    near = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""


class Row:
    """One table of a profile's file, read key by key.

    What is missing or of the wrong kind is added to *noted*, and something harmless is returned in its place, so
    that reading goes on. ``finish`` notes the keys nobody asked for: they are misspelt.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        file: str,
        lines: "_Lines",
        noted: list[ProfileMistake],
        path: _Path = (),
        line: int = 1,
    ) -> None:
        self.where = lines.where(path, file, line)
        self._data, self._lines, self._noted, self._path = data, lines, noted, path
        self._asked: set[str] = set()

    def note(self, text: str, key: str = "") -> None:
        """Add a mistake of this row, at the line of *key*."""
        self._noted.append(self.where.mistake(text, key))

    def get(self, key: str, kind: type[T], *, needed: bool = True) -> T | None:
        """Return the value if it is there and of that kind."""
        self._asked.add(key)
        value = self._data.get(key)
        if value is None and needed:
            self.note(f"“{key}” is missing")
        if value is None or type(value) is kind:  # not isinstance: true is no number
            return value
        self.note(f"“{key}” should be {_KINDS[kind]}", key)
        return None

    def text(self, key: str, *, most: int = 200, needed: bool = True) -> str:
        """Return a text of 1 to *most* characters; empty where there is none."""
        return self._fit(self.get(key, str, needed=needed), key, most)

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """Return a list of at least one text; none at all where it need not be there."""
        given: list[Any] | None = self.get(key, list, needed=needed)
        if given == []:
            self.note(f"“{key}” is empty", key)
        if all(type(one) is str for one in given or ()):
            return tuple(given or ())
        self.note(f"“{key}” should be a list of texts in quotes", key)
        return ()

    def words(self, key: str) -> Say:
        """Return a text in every language of the product, such as ``{ id = "Bencana", en = "Disaster" }``."""
        given: dict[str, Any] | None = self.get(key, dict)
        for extra in set(given or ()) - set(Language):
            self.note(f"“{key}” has an unknown language “{extra}”", key)
        if given is None:
            return Say("", "")
        return Say(*(self._said(given, key, language) for language in (Language.ID, Language.EN)))

    def _said(self, given: Mapping[str, Any], key: str, language: Language) -> str:
        value = given.get(language)
        if isinstance(value, str) and value.strip():
            return self._fit(value, key, 200)
        self.note(f"“{key}” has no {_LANGUAGES[language]} text ({language})", key)
        return ""

    def _fit(self, value: str | None, key: str, most: int) -> str:
        if value is not None and not value.strip():
            self.note(f"“{key}” is empty", key)
        if value is not None and len(value) > most:
            self.note(f"“{key}” has {len(value)} characters, {most} at most", key)
        return (value or "").strip()

    def flag(self, key: str) -> bool:
        """Return yes or no; no where it is left out."""
        return self.get(key, bool, needed=False) or False

    def member(self, key: str, kind: type[E], allowed: Collection[E] = ()) -> E | None:
        """Return one word of a fixed list, or of the part of it that is *allowed*."""
        return self.pick(self.text(key), key, kind, allowed)

    def pick(self, word: str, key: str, kind: type[E], allowed: Collection[E] = ()) -> E | None:
        """Return *word* as one of a fixed list, or note under *key* that it is none of them."""
        known = allowed or tuple(kind)
        if word and word not in known:
            self.note(f"{key} “{word}” is not known{suggest(word, known)}", key)
        return kind(word) if word in known else None

    def rows(self, key: str, build: Callable[["Row"], T], *, needed: bool = True) -> tuple[T, ...]:
        """Build one thing from each table of a list, ``[[key]]``."""
        given: list[Any] = self.get(key, list, needed=False) or []
        if not given and needed and not self._data.get(key):
            self.note(f"“{key}” is missing: at least one is needed", key)
        if all(type(one) is dict for one in given):
            return tuple(self._built(one, (key, index), build) for index, one in enumerate(given))
        self.note(f"“{key}” should be a list of tables", key)
        return ()

    def row(self, key: str, build: Callable[["Row"], T], *, needed: bool = True) -> T:
        """Build one thing from a single table, ``[key]``; from an empty one where it is missing."""
        return self._built(self.get(key, dict, needed=needed) or {}, (key,), build)

    def pairs(self, key: str) -> dict[str, str]:
        """Return a table of texts under texts, ``[key]``; an empty one where there is none."""
        given: dict[str, Any] = self.get(key, dict, needed=False) or {}
        row = Row(given, self.where.file, self._lines, self._noted, (*self._path, key), self.where.line_of(key))
        return {name: text for name in given if (text := row.text(name))}

    def _built(self, data: dict[str, Any], path: _Path, build: Callable[["Row"], T]) -> T:
        line = self.where.line_of(str(path[0]))
        row = Row(data, self.where.file, self._lines, self._noted, self._path + path, line)
        built = build(row)
        row.finish()
        return built

    def finish(self) -> None:
        """Note every key that was not asked for."""
        for key in self._data:
            if key not in self._asked:
                self.note(f"“{key}” is not a key known here{suggest(key, self._asked)}", key)


class _Lines:
    """The line of every table and key of a sound TOML text: ``tomllib`` gives no positions.

    A path is the keys from the top, with an index behind each list of tables.
    """

    def __init__(self, text: str) -> None:
        self._tables: dict[_Path, int] = {}
        self._keys: dict[_Path, dict[str, int]] = {}
        self._counts: dict[_Path, int] = {}
        table: _Path = ()
        for number, data, is_head in _statements(text):
            if is_head:
                table = self._enter(data, number)
            else:
                self._add_keys(table, data, number)

    def where(self, path: _Path, file: str, line: int) -> Where:
        """Return where the table at *path* stands; at *line* where it is written within its key's line."""
        return Where(file, self._tables.get(path, line), self._keys.get(path, {}))

    def _enter(self, head: Any, number: int) -> _Path:
        path: _Path = ()
        while head:
            ((key, inner),) = head.items()
            self._keys.setdefault(path, {}).setdefault(key, number)
            path += (key,)
            if isinstance(inner, list):
                self._counts[path] = self._counts.get(path, 0) + 1
            path += (self._counts[path] - 1,) if path in self._counts else ()
            head = inner[0] if isinstance(inner, list) else inner
        self._tables[path] = number
        return path

    def _add_keys(self, table: _Path, data: Mapping[str, Any], number: int) -> None:
        for key, inner in data.items():
            self._keys.setdefault(table, {}).setdefault(key, number)
            if isinstance(inner, dict):
                self._add_keys((*table, key), inner, number)


def _statements(text: str) -> Iterator[tuple[int, dict[str, Any], bool]]:
    # Cut into heads of tables and whole keys: one is whole as soon as it can be read alone.
    begun, said = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        begun, said = (begun, f"{said}\n{line}") if said else (number, line)
        try:
            data = tomllib.loads(said)
        except tomllib.TOMLDecodeError:
            continue
        if data:
            yield begun, data, said.lstrip().startswith("[")
        said = ""


def read_toml(path: Path, noted: list[ProfileMistake], *, needed: bool = True) -> Row:
    """Read a file as one row.

    Where it is missing, not UTF-8 or not TOML that alone is noted, and an empty row returned that notes nothing.
    A file that is not *needed* may be missing.
    """
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        noted.extend([ProfileMistake(path.name, 1, "this file is missing")] if needed else [])
    except UnicodeDecodeError:
        noted.append(ProfileMistake(path.name, 1, "this file is not UTF-8 text"))
    except tomllib.TOMLDecodeError as error:
        noted.append(ProfileMistake(path.name, _line_of(error, text), f"this is not TOML: {error}"))
    else:
        return Row(data, path.name, _Lines(text), noted)
    return Row({}, path.name, _Lines(""), [])


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    # Python 3.11 to 3.13 tell the place in words only: "… (at line 4, column 7)" or "… (at end of document)".
    said = str(error).rpartition("(at line ")[2].partition(",")[0]
    return int(said) if said.isdigit() else text.count("\n") + 1

"""What a government says about itself, as registers that people change: their fields, how each is written and read.

Pure. A row is plain data, as JSON can hold it; a cell of a spreadsheet and a field of a form are the same text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from hashlib import sha256
from json import dumps

from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say

Value = str | int | bool | list[str]
Row = dict[str, Value]
_Read = tuple[Value, Say | None]


class Register(StrEnum):
    """Something a government says about itself."""

    AGENCIES = "agencies"
    PEOPLE = "people"
    TOPICS = "topics"
    PROMISES = "promises"
    CALENDARS = "calendars"
    DAYS = "days"
    TEMPLATES = "templates"
    BRAND = "brand"
    AREAS = "areas"


class Kind(StrEnum):
    """How a value is written."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"  # small letters, digits, - and _
    EMAIL = "email"
    YES = "yes"  # ya or tidak
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    WORDS = "words"  # a list with commas between
    WEEKDAYS = "weekdays"
    POSTS = "posts"  # role@agency, with commas between
    COLOUR = "colour"  # #rrggbb, or nothing


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a register.

    slug       how forms and spreadsheets call it
    fixed      said once, when the row is made
    """

    name: str
    slug: str
    say: Say
    kind: Kind = Kind.TEXT
    needed: bool = False
    fixed: bool = False
    most: int = 200
    hint: Say | None = None


NEEDED = Say("Isi {field}", "Fill in: {field}")
TOO_LONG = Say("{field}: paling banyak {n} huruf", "{field}: {n} characters at most")
NO_CODE = Say("{field}: pakai huruf kecil, angka, dan tanda hubung", "{field}: use small letters, digits and hyphens")
NO_EMAIL = Say("Tulis alamat surel seperti nama@contoh.go.id", "Write an address like name@example.org")
NO_YES = Say("{field}: tulis ya atau tidak", "{field}: write ya or tidak")
NO_CHOICE = Say("{field}: pilih dari daftar", "{field}: choose from the list")
NO_NUMBER = Say("{field}: tulis angka", "{field}: write a number")
NO_DATE = Say("{field}: tulis tanggal seperti 2026-12-24", "{field}: write a day like 2026-12-24")
NO_TIME = Say("{field}: tulis jam seperti 08:00", "{field}: write an hour like 08:00")
NO_COLOUR = Say("{field}: tulis warna seperti #1d5b8a", "{field}: write a colour like #1d5b8a")
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
WEEKDAY_WORDS = tuple(
    Say(day.capitalize(), english)
    for day, english in zip(
        WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True
    )
)
YES, NO = "ya", "tidak"
MOST_NUMBER = 100_000
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def read_row(
    fields: Iterable[Field], typed: Mapping[str, str], choices: Mapping[str, Iterable[str]]
) -> tuple[Row, list[Mistake]]:
    """Return what was typed as a row, and what cannot be read of it; pointers are the names of fields.

    typed     text by field name; what is missing counts as empty
    choices   by field name: what can be chosen
    """
    row, mistakes = Row(), list[Mistake]()
    for field in fields:
        value, say = read_value(field, typed.get(field.name, ""), frozenset(choices.get(field.name, ())))
        row[field.name] = value
        if say is not None:
            mistakes.append(Mistake(f"/{field.name}", say))
    return row, mistakes


def read_value(field: Field, typed: str, choices: frozenset[str] = frozenset()) -> _Read:
    """Return what somebody wrote into one field, and what is wrong with it."""
    text = typed.replace("\x00", "").strip()
    if not text and field.needed:
        return text, NEEDED.fill_each(field=field.say)
    if len(text) > field.most:
        say = Say(
            TOO_LONG.id.format(field=field.say.id, n=field.most), TOO_LONG.en.format(field=field.say.en, n=field.most)
        )
        return text, say
    return _READERS.get(field.kind, _read_text)(field, text, choices)


def _read_text(field: Field, text: str, choices: frozenset[str]) -> _Read:
    return text.replace("\r\n", "\n"), None


def _read_code(field: Field, text: str, choices: frozenset[str]) -> _Read:
    return text, None if _CODE.fullmatch(text) else NO_CODE.fill_each(field=field.say)


def _read_email(field: Field, text: str, choices: frozenset[str]) -> _Read:
    return text.lower(), None if not text or _EMAIL.fullmatch(text) else NO_EMAIL


def _read_yes(field: Field, text: str, choices: frozenset[str]) -> _Read:
    return text.lower() == YES, None if text.lower() in (YES, NO, "") else NO_YES.fill_each(field=field.say)


def _read_choice(field: Field, text: str, choices: frozenset[str]) -> _Read:
    return text, None if not text or text in choices else NO_CHOICE.fill_each(field=field.say)


def _read_colour(field: Field, text: str, choices: frozenset[str]) -> _Read:
    fits = not text or _COLOUR.fullmatch(text.lower())
    return text.lower(), None if fits else NO_COLOUR.fill_each(field=field.say)


def _read_number(field: Field, text: str, choices: frozenset[str]) -> _Read:
    fits = text.isascii() and text.isdecimal() and int(text[:9]) <= MOST_NUMBER
    return (int(text[:9]), None) if fits else (0, None if not text else NO_NUMBER.fill_each(field=field.say))


def _read_date(field: Field, text: str, choices: frozenset[str]) -> _Read:
    try:
        return (date.fromisoformat(text).isoformat() if text else ""), None
    except ValueError:
        return text, NO_DATE.fill_each(field=field.say)


def _read_time(field: Field, text: str, choices: frozenset[str]) -> _Read:
    try:
        return time.fromisoformat(text.replace(".", ":")).strftime("%H:%M"), None
    except ValueError:
        return text, NO_TIME.fill_each(field=field.say)


def _read_list(field: Field, text: str, choices: frozenset[str]) -> _Read:
    parts = list(dict.fromkeys(part for part in (part.strip().lower() for part in re.split(r"[,;\n]", text)) if part))
    if field.kind is Kind.WEEKDAYS:
        parts = sorted(parts, key=lambda part: WEEKDAYS.index(part) if part in WEEKDAYS else -1)
        fits = set(parts) <= set(WEEKDAYS)
    elif field.kind is Kind.POSTS:
        parts.sort()
        fits = set(parts) <= choices
    else:
        fits = True
    return parts, None if fits else NO_CHOICE.fill_each(field=field.say)


_READERS: Mapping[Kind, Callable[[Field, str, frozenset[str]], _Read]] = {
    Kind.CODE: _read_code,
    Kind.EMAIL: _read_email,
    Kind.YES: _read_yes,
    Kind.CHOICE: _read_choice,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.TIME: _read_time,
    Kind.COLOUR: _read_colour,
    Kind.WORDS: _read_list,
    Kind.POSTS: _read_list,
    Kind.WEEKDAYS: _read_list,
}


def write_value(value: Value | None) -> str:
    """Return a value as a form or a cell holds it; ``read_value`` reads it back."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def mark_of(row: Row | None) -> str:
    """Return a fingerprint of a row: a form carries it, so that nobody writes over what they have not seen."""
    return sha256(dumps(row, sort_keys=True).encode()).hexdigest()[:16]


def changed_in(before: Row | None, after: Row | None) -> list[str]:
    """Return the names of the fields that differ."""
    old, new = before or {}, after or {}
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def is_in_circle(key: str, parent_of: Mapping[str, str]) -> bool:
    """Return whether something stands below itself."""
    seen, above = {key}, parent_of.get(key, "")
    while above:
        if above in seen:
            return above == key
        seen.add(above)
        above = parent_of.get(above, "")
    return False


def in_tree(keys: Iterable[str], parent_of: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield keys as a tree is read, each with its depth; what hangs nowhere comes last, at the top."""
    below: dict[str, list[str]] = {}
    keys = list(keys)
    for key in keys:
        above = parent_of.get(key, "")
        below.setdefault(above if above in parent_of and above != key else "", []).append(key)
    told: set[str] = set()
    waiting = [(key, 0) for key in reversed(below.get("", []))]
    while waiting:
        key, depth = waiting.pop()
        if key in told:
            continue
        told.add(key)
        yield key, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(key, []))]
    yield from ((key, 0) for key in keys if key not in told)

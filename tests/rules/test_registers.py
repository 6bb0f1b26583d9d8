"""Fields and rows: what somebody writes is read back as it was written, and what is wrong with it is said."""

import pytest

from tuntas.kit.words import Say
from tuntas.rules.registers import (
    Field,
    Kind,
    Row,
    Value,
    changed_in,
    in_tree,
    is_in_circle,
    mark_of,
    read_row,
    read_value,
    write_value,
)
from tuntas.rules.registers_fields import FIELDS
from tuntas.rules.stranding import Held, why_not_off

SAID = Say("Isian", "Field")


def field(kind: Kind, **more: bool | int) -> Field:
    return Field("it", "itu", SAID, kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.TEXT, "  Dinas A ", "Dinas A"),
        (Kind.LONG, "a\r\nb", "a\nb"),
        (Kind.CODE, "dinas-a_2", "dinas-a_2"),
        (Kind.EMAIL, "Ani@Kota.Example", "ani@kota.example"),
        (Kind.YES, "Ya", True),
        (Kind.YES, "", False),
        (Kind.CHOICE, "a", "a"),
        (Kind.NUMBER, "48", 48),
        (Kind.DATE, "2026-12-24", "2026-12-24"),
        (Kind.TIME, "8:00".rjust(5, "0"), "08:00"),
        (Kind.TIME, "16.30", "16:30"),
        (Kind.WORDS, "Lubang, jalan; lubang", ["lubang", "jalan"]),
        (Kind.WEEKDAYS, "selasa, senin", ["senin", "selasa"]),
        (Kind.POSTS, "b@x, a@x", ["a@x", "b@x"]),
        (Kind.COLOUR, "#1D5B8A", "#1d5b8a"),
    ],
)
def test_what_is_typed_is_read_and_written_back(kind: Kind, typed: str, value: Value) -> None:
    choices = frozenset({"a", "a@x", "b@x"})
    assert read_value(field(kind), typed, choices) == (value, None)
    assert read_value(field(kind), write_value(value), choices) == (value, None)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.CODE, "Dinas A"),
        (Kind.CODE, "-a"),
        (Kind.EMAIL, "ani"),
        (Kind.YES, "mungkin"),
        (Kind.CHOICE, "z"),
        (Kind.NUMBER, "-1"),
        (Kind.NUMBER, "²"),
        (Kind.NUMBER, "99999999999"),
        (Kind.DATE, "24-12-2026"),
        (Kind.TIME, "25:00"),
        (Kind.WEEKDAYS, "hari raya"),
        (Kind.POSTS, "z@x"),
        (Kind.COLOUR, "red; background: url(x)"),
        (Kind.TEXT, "x" * 201),
    ],
)
def test_what_cannot_be_read_is_said(kind: Kind, typed: str) -> None:
    assert read_value(field(kind), typed, frozenset({"a", "a@x"}))[1] is not None


def test_every_mistake_is_named_at_once() -> None:
    fields = (Field("a", "a", SAID, needed=True), Field("b", "b", SAID, Kind.NUMBER), Field("c", "c", SAID))
    row, mistakes = read_row(fields, {"b": "x", "c": "ok"}, {})
    assert row["c"] == "ok"
    assert [mistake.pointer for mistake in mistakes] == ["/a", "/b"]


def test_no_register_calls_two_fields_alike() -> None:
    for fields in FIELDS.values():
        assert len({field.slug for field in fields}) == len({field.name for field in fields}) == len(fields)


def test_a_mark_changes_with_the_row_and_not_with_the_order() -> None:
    one: Row = {"a": "1", "b": True}
    other: Row = {"b": True, "a": "1"}
    assert mark_of(one) == mark_of(other) != mark_of({**one, "b": False})
    assert mark_of(None) != mark_of({})


def test_what_differs() -> None:
    assert changed_in(None, {"a": 1}) == ["a"]
    assert changed_in({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ["b"]


@pytest.mark.parametrize(
    ("parents", "is_one"),
    [
        ({"a": "", "b": "a"}, False),
        ({"a": "b", "b": "a"}, True),
        ({"a": "a"}, True),
        ({"a": "b", "b": "c", "c": "b"}, False),  # another's circle, below which it stands
        ({"a": "gone"}, False),
    ],
)
def test_circles(parents: dict[str, str], is_one: bool) -> None:
    assert is_in_circle("a", parents) is is_one


def test_a_tree_is_read_from_the_top_and_loses_nobody() -> None:
    parents = {"root": "", "b": "root", "a": "root", "a1": "a", "lost": "gone", "x": "y", "y": "x"}
    order = [("root", 0), ("b", 1), ("a", 1), ("a1", 2), ("lost", 0), ("x", 0), ("y", 0)]
    assert list(in_tree(parents, parents)) == order


@pytest.mark.parametrize(
    ("held", "word"),
    [
        (Held(), None),
        (Held(reports=2), "2 laporan"),
        (Held(topics=3), "3 topik"),
        (Held(children=4), "4 instansi"),
        (Held(reports=1, is_needed=True), "tidak bisa bekerja"),
    ],
)
def test_why_an_agency_stays(held: Held, word: str | None) -> None:
    say = why_not_off(held)
    assert (say is None) if word is None else (say is not None and word in say.id)

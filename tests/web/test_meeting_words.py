"""The words of a rakor: how a decision stands, headings, and when a meeting is."""

from datetime import date, time

import pytest

from tuntas.agencies.installation import installation
from tuntas.rules.agenda import Kind
from tuntas.web.office.meeting_words import meeting_when, sentence_of, standing, title_of

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("by_when", "done_on", "jam", "said"),
    [
        (date(2026, 3, 13), None, "aman", "sisa 5 hari kerja"),
        (FRIDAY, None, "dekat", "hari ini"),
        (date(2026, 3, 5), None, "lewat", "lewat 1 hari"),
        (date(2026, 3, 1), None, "lewat", "lewat 5 hari"),
        (date(2026, 3, 1), FRIDAY, "beres", "Beres"),
    ],
)
@pytest.mark.usefixtures("city")
def test_how_a_decision_stands(by_when: date, done_on: date | None, jam: str, said: str) -> None:
    told = standing(by_when, done_on, FRIDAY, installation())
    assert (told.jam, told.mark.id) == (jam, said)
    assert told.is_done == (jam == "beres")


@pytest.mark.usefixtures("city")
def test_a_pair_a_place_and_a_day_stand_in_the_heading() -> None:
    here = installation()
    one, other = here.agency_by_slug["dinas-pupr"], here.agency_by_slug["dlh"]
    pair = title_of(Kind.CONTESTED, {"agencies": [one.id, other.id]}, here, today=FRIDAY)
    assert pair.id == f"Siapa menangani: {one.short} atau {other.short}"
    assert title_of(Kind.LAST, {"of": "2025-03-06"}, here, today=FRIDAY).id == "Keputusan Kamis 6 Mar 2025"
    road = here.category_by_code["road_bridge"]
    assert (
        title_of(Kind.CLUSTER, {"category": road.id, "area": None}, here, today=FRIDAY).id
        == f"{road.name.id}, tanpa tempat"
    )
    assert title_of(Kind.BROUGHT, {}, here, today=FRIDAY, case="26-1").id == "Dibawa ke rakor: 26-1"
    assert title_of(Kind.BROUGHT, {}, here, today=FRIDAY).en == "Brought to the meeting: one report"


def test_the_facts_are_said_in_one_sentence() -> None:
    facts = {"n": 41, "since": "2026-03-06", "answered": 29, "scheduled": 2}
    said = sentence_of(Kind.CLUSTER, facts, today=FRIDAY)
    assert said is not None
    assert said.id == "41 laporan sejak Jumat 6 Mar. Dijawab 29, terjadwal 2."
    silent = sentence_of(
        Kind.SILENT, {"n": 7, "rows": [{"n": 5, "body": "PLN {x}"}, {"n": 2, "body": "BBWS"}]}, today=FRIDAY
    )
    assert silent is not None
    assert silent.id.endswith("tanpa kabar: 5 PLN {x}, 2 BBWS.")


def test_a_meeting_lasts_as_long_as_its_time_boxes() -> None:
    assert meeting_when(FRIDAY, time(9), [10, 20, 60]).id == "Jumat, 6 Maret 2026, 09.00–10.30"
    assert meeting_when(FRIDAY, time(9), []).en == "Fri, 6 March 2026, 09:00".replace("Fri", "Friday")
    assert meeting_when(FRIDAY, time(23, 30), [60]).id == "Jumat, 6 Maret 2026, 23.30"

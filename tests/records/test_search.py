"""A search finds what somebody may read, in all its forms, and confirms nothing else."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import Made, bring
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.agencies.searching import Search
from tuntas.reports.models import Report, SearchDocument
from tuntas.reports.queries import DeskFilter, desk_page
from tuntas.reports.search import found_by
from tuntas.rules.life import State
from tuntas.rules.redaction import redact
from tuntas.rules.who import STRANGER, Actor, Role, may_know_name, may_read, may_read_original
from tuntas.steps.submit import Story, Told

HOUR = timedelta(hours=1)


def told(now: datetime, body: str, *, name: str = "", **story: object) -> Made:
    reporter = Told(name=name) if name else None
    receipt = steps.submit(Story(body=body, reporter=reporter, **story), by=STRANGER, now=now)  # type: ignore[arg-type]
    return Made(receipt.report, receipt.code)


def found(q: str, actor: Actor) -> set[str]:
    ids = found_by(q, actor, Report.objects.visible_to(actor)).ids
    return {report.name for report in Report.objects.filter(pk__in=ids)}


def names(*made: Made) -> set[str]:
    return {Report.objects.get(pk=each.report.pk).name for each in made}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Jalan di depan pasar berlubang besar.", "lubang"),
        ("Ada lubang di jalan depan pasar.", "berlubang"),
        ("Mohon jalannya diperbaiki segera.", "perbaikan jalan"),
        ("Perbaikan jalan belum selesai juga.", "memperbaiki"),
        ("Penerangan di gang kami mati.", "terang"),
        ("Jalan kami tidak terang lagi.", "penerangan"),
        ("Petugas tidak mengirim truk sampah.", "kiriman"),
        ("Lampu taman mati sejak kemarin.", "lamp"),
        ("Lampu taman mati sejak kemarin.", "lampu yang mati"),
        ("Sampah menumpuk di pinggir jalan.", "SAMPAH, menumpuk!"),
        ("Trotoarnya rusak di depan sekolah.", "trotoar"),
    ],
)
def test_a_word_is_found_in_its_forms(cast: Cast, now: datetime, said: str, asked: str) -> None:
    made, other = told(now, said), told(now, "Antrean di loket lama sekali dari pagi.")
    assert found(asked, cast.desk) == names(made)
    assert made.report.name != other.report.name


def test_all_words_have_to_be_found_and_little_words_do_not_count(cast: Cast, now: datetime) -> None:
    made = told(now, "Lampu jalan mati di dekat jembatan.")
    told(now, "Lampu taman menyala siang malam.")
    assert found("lampu di jembatan itu", cast.desk) == names(made)
    assert found("lampu pelabuhan", cast.desk) == set()
    assert found("  ,;!  ", cast.desk) == set()


def test_a_place_an_agency_and_a_topic_are_found_by_parts_of_their_names(cast: Cast, now: datetime) -> None:
    here = installation()
    made = told(now, "Airnya keruh sekali sejak kemarin.", location_text="Gang Mawarsari RT 05", area="32.99.01.1001")
    other = told(now, "Airnya keruh juga di tempat kami.")
    village = here.area_names[here.areas["32.99.01.1001"]][1]
    assert found("warsari", cast.desk) == names(made)
    assert found(village[1:], cast.desk) == names(made)
    bring(made, State.DISPATCHED, cast, now)
    holder = here.agencies[Report.objects.get(pk=made.report.pk).holder_id or 0]
    assert found(f"keruh {max(holder.name.split(), key=len)[2:]}", cast.desk) == names(made)
    assert found("keruh", cast.desk) == names(made, other)


def test_numbers_are_found_as_they_are_read_out(cast: Cast, now: datetime) -> None:
    made, other = told(now, "Jalan berlubang di depan pasar."), told(now, "Jalan berlubang di depan sekolah.")
    number = made.report.name
    prefix = installation().number_prefix
    digits = number.replace("-", "")
    for asked in (number, f"#{number}", digits, f"{prefix}-{number}", f"{prefix}{digits}"):
        assert number in found(asked, cast.desk)
        assert other.report.name not in found(asked, cast.desk)


def test_a_sealed_report_is_found_by_its_ref_and_by_nothing_it_said(cast: Cast, now: datetime) -> None:
    made = told(now, "Petugas loket berkata kasar berkali-kali.", name="Sulastri", is_anonymous=False)
    steps.seal(Report.objects.get(pk=made.report.pk), by=cast.desk, text="Ini pungli.", now=now + HOUR)
    (name,) = names(made)
    reader = cast.actor(Role.INSPECTORATE)
    assert found(name, reader) == {name}
    assert found(name, cast.desk) == set()
    words = SearchDocument.objects.values_list("words", flat=True).get(report=made.report.pk)
    assert not any(word in words for word in ("loket", "kasar", "kata", "sulastri", "pungli"))


def test_a_changed_report_is_found_by_what_it_says_now(cast: Cast, now: datetime) -> None:
    made = told(now, "Jalan berlubang di depan pasar.")
    bring(made, State.DISPATCHED, cast, now)
    report = Report.objects.get(pk=made.report.pk)
    steps.publish(report, by=cast.desk, title="Aspal terkelupas", public_text="Aspal di depan pasar.", now=now + HOUR)
    assert found("terkelupas", cast.liaison) == names(made)


def test_what_has_no_words_yet_gets_them_in_slices(cast: Cast, now: datetime) -> None:
    made = [told(now, "Jalan berlubang di depan pasar.", name="Sulastri", is_anonymous=False) for _ in range(3)]
    SearchDocument.objects.filter(report=made[0].report.pk).delete()
    Report.objects.filter(pk=made[1].report.pk).update(body="Jembatan miring.", updated_at=now + HOUR)
    assert found("lubang", cast.desk) == names(*made[1:])
    below = steps.index_next()
    while below is not None:
        below = steps.index_next(below)
    assert found("lubang", cast.desk) == names(made[0], made[2])
    assert found("jembatan sulastri", cast.desk) == names(made[1])


def test_the_best_match_comes_first_and_pages_leave_nothing_out(cast: Cast, now: datetime) -> None:
    texts = told(now, "Air masuk ke rumah karena selokan tersumbat."), told(now, "Selokan kami penuh sampah.")
    best = told(now, "Tolong segera dilihat ya pak.", title="Selokan mampet")
    newer = told(now, "Selokan di depan kantor pos meluap.")
    seen: list[str] = []
    cursor = ""
    while True:
        page = desk_page(cast.desk, DeskFilter(q="selokan", sort="match", limit=1, cursor=cursor), now=now)
        seen += [row.name for row in page.items]
        if page.next_cursor is None:
            break
        if not cursor:
            told(now, "Selokan baru ini datang belakangan.")  # does not move the pages that were begun
        cursor = page.next_cursor
    assert seen[0] == best.report.name
    assert seen[1:] == [newer.report.name, *(made.report.name for made in reversed(texts))]


@pytest.mark.parametrize("reports", [1, 3])
def test_a_search_costs_the_same_queries_for_one_and_three(cast: Cast, now: datetime, reports: int) -> None:
    for _ in range(reports):
        told(now, "Jalan berlubang di depan pasar.")
    desk = cast.desk
    with CaptureQueriesContext(connection) as seen:
        page = desk_page(desk, DeskFilter(q="lubang", sort="match"), now=now)
    assert len(page.items) == reports
    assert len(seen) == 5  # forms, the newest, what fits, ranks, rows


def test_words_that_were_found_are_known_in_all_their_forms(cast: Cast) -> None:
    search = Search("perbaikan lamp", SearchDocument)
    assert search.words_found(["Lampu diperbaiki", "baik, padam"]) == {"lampu", "diperbaiki", "baik"}
    assert search.words_found([]) == set()


# The oracle: a search beside what each person may read, looked through word by word in Python

WORDS = ("mawar", "melati", "kenanga", "cempaka", "anggrek", "teratai", "flamboyan", "bougenvil")


def readable(report: Report, actor: Actor) -> Iterable[str]:
    """Yield all that *actor* may read of a report, by the rules alone."""
    own = may_read_original(actor, report)
    for text in (report.title, report.body, report.location_text):
        yield text if own else redact(text)
    yield from (report.public_title, report.public_text)
    if may_know_name(actor, report) and hasattr(report, "contact"):
        yield report.contact.name


def test_a_search_finds_what_a_slow_look_through_all_finds(cast: Cast, now: datetime) -> None:
    dice = random.Random(11)
    people = [
        *(cast.actor(role) for role in (Role.AGENCY_ADMIN, Role.LEADER, Role.INSPECTORATE, Role.RESPONSE_VALIDATOR)),
        *(cast.liaison, cast.other_liaison, cast.handler, STRANGER),
    ]
    made = []
    for n in range(40):
        said = dice.sample(WORDS, 2)
        one = told(
            now,
            f"Taman {said[0]} rusak. Hubungi 0812345{dice.randrange(1000, 10000)} atau {said[1]}{n}@contoh.example ya.",
            title=f"Taman {dice.choice(WORDS)}" if dice.random() < 0.5 else "",
            location_text=f"Blok {dice.choice(WORDS)}",
            name=f"Ibu {dice.choice(WORDS).title()}" if dice.random() < 0.7 else "",
            is_anonymous=dice.random() < 0.5,
            is_secret=dice.random() < 0.3,
        )
        made.append(one)
        if dice.random() < 0.6:
            bring(one, dice.choice([State.DISPATCHED, State.IN_PROGRESS, State.CLOSED]), cast, now)
        if dice.random() < 0.1:
            Report.objects.filter(pk=one.report.pk).update(is_suspected=True)
    reports = list(Report.objects.select_related("contact"))
    for actor in people:
        for asked in (*WORDS, "0812345", "contoh"):
            wanted = {
                report.name
                for report in reports
                if may_read(actor, report) and asked in " ".join(readable(report, actor)).lower()
            }
            assert found(asked, actor) == wanted, (asked, actor.reach.keys())


def test_a_name_that_was_forgotten_is_in_no_document_any_more(cast: Cast, now: datetime) -> None:
    made = told(now, "Jalan berlubang di depan pasar.", name="Kartikasari Wijayanti", is_anonymous=False)
    assert found("kartikasari", cast.desk) == names(made)
    steps.set_privacy(made.report, by=made.reporter, forget_contact=True, now=now + HOUR)
    assert found("kartikasari", cast.desk) == set()
    assert "kartikasari" not in SearchDocument.objects.get(pk=made.report.pk).words
    assert found("lubang", cast.desk) == names(made)

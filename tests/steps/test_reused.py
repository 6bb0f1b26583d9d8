"""Photos and answers that were there before are found again: in which report, by whom, and only where it counts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import PIL.Image
import pytest
from django.db import connection

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tests.scenes import cut, saved, scene, shrunk
from tests.sealed_room import make_readers
from tests.steps.seen import HOUR, fresh, last
from tuntas import steps
from tuntas.kit import files
from tuntas.kit.likeness import Likeness
from tuntas.reports.models import Event, File, Print, Report
from tuntas.reports.print_queries import PHOTOS_LIKE, _photos_like, answer_like, hints_of, print_of_photo, twins_of
from tuntas.rules.evidence import Reuse
from tuntas.rules.life import State

ANSWER = (
    "Tim kami mengukur lubang di Jalan Melati hari Senin pukul 08.00. Lubang itu sedalam 20 sentimeter. "
    "Kami menambalnya dengan aspal dingin pada Selasa pagi."
)
LIKE_IT = ANSWER.replace("Melati", "Kenanga").replace("Selasa", "Rabu")


def sent(image: PIL.Image.Image, now: datetime) -> UUID:
    return steps.upload_evidence(saved(image), now=now).pk


def proposed(cast: Cast, made: Made, image: PIL.Image.Image | None, now: datetime, text: str = ANSWER) -> Event:
    """Answer a report with a photo, by the liaison of roads."""
    files = [] if image is None else [sent(image, now)]
    if fresh(made.report).state == State.SUBMITTED:
        bring(made, State.IN_PROGRESS, cast, now - 3 * HOUR)
    return steps.propose_answer(made.report, by=cast.liaison, text=text, outcome="answered", file_ids=files, now=now)


def found(file: UUID, report: Report) -> list[tuple[int | None, Reuse]]:
    return [(twin.file.report_id, twin.reuse) for twin in twins_of([file], fresh(report))]


class TestPhotos:
    @pytest.mark.parametrize("change", [lambda x: x, shrunk, lambda x: cut(x, 2)])
    def test_one_of_another_answer_is_known_again(
        self, cast: Cast, now: datetime, change: Callable[[PIL.Image.Image], PIL.Image.Image]
    ) -> None:
        first, second = make_report(now - 9 * HOUR), make_report(now - 9 * HOUR)
        proposed(cast, first, scene(1), now)
        again, other = sent(change(scene(1)), now), sent(scene(2), now)
        assert found(again, second.report) == [(first.report.pk, Reuse.ELSEWHERE)]
        assert found(other, second.report) == []

    def test_to_send_it_is_written_down_with_the_answer(self, cast: Cast, now: datetime) -> None:
        first, second = make_report(now - 9 * HOUR), make_report(now - 9 * HOUR)
        assert "reused" not in proposed(cast, first, scene(1), now).data
        data = proposed(cast, second, scene(1), now + HOUR).data
        assert data["reused"] == ["elsewhere"]
        assert "bukti" in data["advised"]

    def test_the_earlier_of_two_is_not_the_copy(self, cast: Cast, now: datetime) -> None:
        first, second = make_report(now - 9 * HOUR), make_report(now - 9 * HOUR)
        proposed(cast, first, scene(1), now)
        proposed(cast, second, scene(1), now + HOUR)
        [file] = last(first.report).files.all()
        assert found(file.pk, first.report) == []

    def test_the_reporters_own_comes_first(self, cast: Cast, now: datetime) -> None:
        other, made = make_report(now - 9 * HOUR), make_report(now - 9 * HOUR)
        proposed(cast, other, scene(1), now)
        steps.supplement(
            made.report, by=made.reporter, text="Ini.", file_ids=[steps.upload(saved(scene(1)), now=now).pk], now=now
        )
        assert [reuse for _, reuse in found(sent(shrunk(scene(1)), now), made.report)] == [
            Reuse.REPORTERS,
            Reuse.ELSEWHERE,
        ]

    def test_an_answer_that_is_made_better_may_bring_its_photo_again(self, cast: Cast, now: datetime) -> None:
        made = make_report(now - 9 * HOUR)
        proposed(cast, made, scene(1), now)
        steps.return_answer(made.report, by=cast.validator, text="Sebut ukurannya.", now=now + HOUR)
        assert found(sent(scene(1), now + 2 * HOUR), made.report) == []

    def test_but_not_after_the_report_was_opened_again(self, cast: Cast, now: datetime) -> None:
        made = make_report(now - 9 * HOUR)
        proposed(cast, made, scene(1), now)
        steps.approve(made.report, by=cast.validator, now=now + HOUR)
        steps.rate(made.report, by=made.reporter, rating=1, now=now + 2 * HOUR)
        assert found(sent(scene(1), now + 3 * HOUR), made.report) == [(made.report.pk, Reuse.EARLIER)]

    def test_a_wall_is_like_nothing(self, cast: Cast, now: datetime) -> None:
        first, second = make_report(now - 9 * HOUR), make_report(now - 9 * HOUR)
        wall = PIL.Image.new("RGB", (640, 480), "grey")
        proposed(cast, first, wall, now)
        assert found(sent(wall, now), second.report) == []
        assert not Print.objects.filter(file__isnull=False).exists()

    def test_one_that_waited_for_the_job_is_known_too(self, cast: Cast, now: datetime) -> None:
        made = make_report(now - 9 * HOUR)
        file = steps.upload(saved(scene(1)), now=now)
        File.objects.filter(pk=file.pk).update(state="quarantined")
        Print.objects.all().delete()
        files.write_to_quarantine(str(file.pk), 0, saved(scene(1)))
        steps.clean_file(file.pk, now=now)
        steps.supplement(made.report, by=made.reporter, text="Ini.", file_ids=[file.pk], now=now)
        assert found(sent(scene(1), now), made.report) == [(made.report.pk, Reuse.REPORTERS)]

    def test_the_index_finds_what_differs_in_seven_bits(self, cast: Cast, now: datetime) -> None:
        file = steps.upload(saved(PIL.Image.new("RGB", (40, 30), "red")), now=now)
        bits = 0xF123_4567_89AB_CDEF
        print_of_photo(file, Likeness(bits, bytes(32))).save()
        apart = {0: 0, 7: 0x0003_0003_0003_0001, 8: 0x0003_0003_0003_0003}
        assert [n for n, mask in apart.items() if _photos_like(Likeness(bits ^ mask, bytes(32)))] == [0, 7]

    def test_a_look_up_reads_no_whole_table(self, cast: Cast) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {PHOTOS_LIKE}", [[1, 2, 3], 5, 7, 200])
            assert "print_by_chunk" in str(cursor.fetchall())


class TestAnswers:
    def test_one_in_nearly_the_same_words_is_found_at_the_same_agency(self, cast: Cast, now: datetime) -> None:
        first, second = make_report(now - 9 * HOUR), make_report(now - 9 * HOUR)
        one, two = proposed(cast, first, None, now), proposed(cast, second, None, now + HOUR, LIKE_IT)
        assert one.agency_id is not None
        assert answer_like(two.text, one.agency_id, second.report, before=two.pk) == one
        assert answer_like(two.text, one.agency_id + 1, second.report, before=two.pk) is None
        assert answer_like(one.text, one.agency_id, first.report, before=one.pk) is None

    def test_of_the_same_report_only_one_from_before_it_was_opened_again(self, cast: Cast, now: datetime) -> None:
        made = make_report(now - 9 * HOUR)
        one = proposed(cast, made, None, now)
        steps.return_answer(made.report, by=cast.validator, text="Perbaiki.", now=now + HOUR)
        two = proposed(cast, made, None, now + 2 * HOUR, LIKE_IT)
        assert two.agency_id is not None
        assert answer_like(LIKE_IT, two.agency_id, fresh(made.report), before=two.pk) is None
        steps.approve(made.report, by=cast.validator, now=now + 3 * HOUR)
        steps.rate(made.report, by=made.reporter, rating=1, now=now + 4 * HOUR)
        three = proposed(cast, made, None, now + 5 * HOUR, LIKE_IT)
        assert answer_like(LIKE_IT, two.agency_id, fresh(made.report), before=three.pk) == two
        assert one.pk < two.pk


class TestSealed:
    @pytest.fixture(autouse=True)
    def room(self, cast: Cast) -> None:
        make_readers()

    def test_moved_into_the_room_nothing_looks_like_anything(self, cast: Cast, now: datetime) -> None:
        made = make_report(now - 9 * HOUR)
        proposed(cast, made, scene(1), now)
        assert Print.objects.count() == 2
        steps.seal(made.report, by=cast.desk, text="Ada nama petugas.", now=now + HOUR)
        assert Print.objects.count() == 0

    def test_what_begins_there_has_none(self, cast: Cast, now: datetime) -> None:
        made = make_restricted(now - 9 * HOUR)
        file = steps.upload(saved(scene(1)), now=now)
        steps.supplement(made.report, by=made.reporter, text="Ini.", file_ids=[file.pk], now=now)
        assert Print.objects.count() == 0


def test_a_photo_nobody_attached_is_forgotten_with_its_look(cast: Cast, now: datetime) -> None:
    sent(scene(1), now)
    steps.tidy(now=now + timedelta(hours=25), real_now=now + timedelta(hours=25))
    assert (File.objects.count(), Print.objects.count()) == (0, 0)


def test_what_a_file_says_of_itself_is_kept_for_those_who_check(cast: Cast, now: datetime) -> None:
    source = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    file = steps.upload_evidence(saved(scene(1)) + source, now=now)
    assert hints_of([file.pk, sent(scene(2), now)]) == {file.pk: ["trainedAlgorithmicMedia"]}

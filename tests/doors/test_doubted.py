"""What whoever checks an answer sees of photos and words that were used before; and before and after, side by side."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.doors.field import address_of, form_of
from tests.doors.page_words import words_of
from tests.make import Made, bring, make_report
from tests.office import at_work, sign_in
from tests.scenes import saved, scene, shrunk
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.agencies.models import Agency
from tuntas.kit.time import current_time
from tuntas.people.models import Person, Post
from tuntas.reports.models import File, Report
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story

ANSWER = (
    "Tim kami mengukur lubang di Jalan Melati hari Senin pukul 08.00. Lubang itu sedalam 20 sentimeter. "
    "Kami menambalnya dengan aspal dingin pada Selasa pagi."
)
HOUR = timedelta(hours=1)
HERE = (-6.926, 106.928)


@pytest.fixture
def validator(cast: Cast) -> Client:
    return at_work(cast, Role.RESPONSE_VALIDATOR)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def photo(seed: int, **given: Any) -> UUID:
    return steps.upload_evidence(saved(scene(seed)), now=current_time(), **given).pk


def reported(cast: Cast, *, seed: int | None = None, agency: str = "dinas-pupr", **given: Any) -> Made:
    """Make a report some hours ago that its agency works on, with a photo of its reporter."""
    ago = current_time() - 9 * HOUR
    made = make_report(ago, **given)
    bring(made, State.DISPATCHED, cast, ago, agency)
    by = cast.actor(Role.LIAISON, agency)
    steps.start(made.report, by=by, text="Besok kami ukur.", now=ago + 2 * HOUR)
    Report.objects.filter(pk=made.report.pk).update(lat=HERE[0], lng=HERE[1])
    if seed is not None:
        file = steps.upload(saved(scene(seed)), now=current_time()).pk
        steps.supplement(made.report, by=made.reporter, text="Ini fotonya.", file_ids=[file], now=current_time())
    return made


def answered(cast: Cast, made: Made, *files: UUID, text: str = ANSWER, agency: str = "dinas-pupr") -> Made:
    by = cast.actor(Role.LIAISON, agency)
    steps.propose_answer(made.report, by=by, text=text, outcome="answered", file_ids=files, now=current_time())
    made.report.refresh_from_db()
    return made


def check(made: Made) -> str:
    return f"/instansi/cek/{made.report.number}"


class TestReusedPhotos:
    def test_both_stand_side_by_side_with_the_way_to_the_other(self, cast: Cast, validator: Client) -> None:
        first, second = answered(cast, reported(cast), photo(1)), reported(cast)
        answered(cast, second, photo(1))
        response = validator.get(check(second))
        page = response.content.decode()
        assert f"Foto ini pernah dipakai di jawaban laporan {first.report.number} (" in words_of(response)
        assert f'href="{check(first)}"' in page
        [other] = File.objects.filter(report=first.report)
        assert validator.get(f"/instansi/tugas/{first.report.number}/foto/{other.pk}?kecil").status_code == 200
        assert f"/instansi/tugas/{first.report.number}/foto/{other.pk}?kecil" in page

    def test_so_it_is_for_the_desk(self, cast: Cast, desk: Client) -> None:
        first, second = answered(cast, reported(cast), photo(1)), reported(cast)
        answered(cast, second, photo(1))
        response = desk.get(f"/meja/kasus/{second.report.number}")
        assert f"jawaban laporan {first.report.number} (" in words_of(response)
        [other] = File.objects.filter(report=first.report)
        address = f"/meja/kasus/{first.report.number}/foto/{other.pk}.jpg?kecil"
        assert address in response.content.decode()
        assert desk.get(address).status_code == 200

    def test_who_may_not_read_the_other_learns_that_there_is_one_and_no_more(self, cast: Cast) -> None:
        first = answered(cast, reported(cast, agency="dlh"), photo(1), agency="dlh")
        second = answered(cast, reported(cast), photo(1))
        person = Person.objects.create(name="Lina", email="lia.cek@kota-cempaka.example", language="id")
        Post.objects.create(person=person, role=Role.RESPONSE_VALIDATOR, agency=Agency.objects.get(slug="dinas-pupr"))
        response = sign_in(Client(), person).get(check(second))
        assert "Foto ini pernah dipakai di laporan lain." in words_of(response)
        assert str(first.report.number) not in response.content.decode()
        [other] = File.objects.filter(report=first.report)
        assert str(other.pk) not in response.content.decode()

    def test_into_a_confidential_report_nobody_sees_without_opening_it(self, cast: Cast, validator: Client) -> None:
        first = answered(cast, reported(cast, is_secret=True), photo(1))
        second = answered(cast, reported(cast), photo(1))
        response = validator.get(check(second))
        [other] = File.objects.filter(report=first.report)
        assert f'href="{check(first)}"' in response.content.decode()
        assert str(other.pk) not in response.content.decode()
        assert "Jawaban ini" not in words_of(response).split("mirip dengan", 1)[-1]

    def test_the_reporters_own_photo_is_called_that(self, cast: Cast, validator: Client) -> None:
        made = answered(cast, reported(cast, seed=1), photo(1))
        response = validator.get(check(made))
        assert "Foto ini sama dengan foto pelapor." in words_of(response)
        assert 'data-nada="lewat"' in response.content.decode()

    def test_whoever_writes_the_answer_is_told_before(self, cast: Cast) -> None:
        answered(cast, reported(cast), photo(1))
        second, handler = reported(cast), at_work(cast, Role.UNIT_HANDLER, "dinas-pupr")
        data = io.BytesIO(saved(shrunk(scene(1))))
        form = form_of(handler, second.report) | {"hasil": "selesai", "akhir": "answered", "teks": ANSWER}
        sent = SimpleUploadedFile("a.jpg", data.getvalue(), "image/jpeg")
        kept = handler.post(address_of(second.report), form | {"teks": "", "foto": sent}).content.decode()
        name = kept.split('name="foto_id" value="')[1].split('"')[0]
        lights = handler.post(f"{address_of(second.report)}/periksa", form | {"foto_id": name})
        assert "Ada foto yang pernah dipakai di laporan lain." in lights.content.decode()
        assert handler.post(address_of(second.report), form | {"foto_id": name}).status_code == 303
        assert fresh(second.report).events.latest("id").data["reused"] == ["elsewhere"]

    def test_a_new_photo_is_doubted_by_nobody(self, cast: Cast, validator: Client) -> None:
        answered(cast, reported(cast), photo(1))
        page = words_of(validator.get(check(answered(cast, reported(cast), photo(2), text="Sudah ditambal."))))
        assert "pernah dipakai" not in page
        assert "mirip dengan" not in page


class TestCopiedAnswers:
    def test_the_earlier_one_stands_beside_it_with_what_differs(self, cast: Cast, validator: Client) -> None:
        first = answered(cast, reported(cast))
        second = answered(cast, reported(cast), text=ANSWER.replace("Melati", "Kenanga"))
        response = validator.get(check(second))
        assert f"Jawaban ini mirip dengan jawaban laporan {first.report.number} (" in words_of(response)
        page = response.content.decode()
        assert '<mark class="c-hl">Melati </mark>' in page
        assert '<mark class="c-hl">Kenanga </mark>' in page
        assert steps.approve(fresh(second.report), by=cast.validator, now=current_time())

    def test_another_agencys_is_not_looked_at(self, cast: Cast, validator: Client) -> None:
        answered(cast, reported(cast, agency="dlh"), agency="dlh")
        assert "mirip dengan" not in words_of(validator.get(check(answered(cast, reported(cast)))))


class TestHints:
    def test_whoever_checks_reads_them_and_nobody_else(self, cast: Cast, validator: Client, client: Client) -> None:
        source = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
        file = steps.upload_evidence(saved(scene(1)) + source, now=current_time())
        made = answered(cast, reported(cast), file.pk)
        said = "Berkas ini menyebut dibuat dengan bantuan komputer (trainedAlgorithmicMedia): petunjuk, bukan bukti."
        assert said in words_of(validator.get(check(made)))
        writer = at_work(cast, Role.LIAISON, "dinas-pupr")
        assert "trainedAlgorithmicMedia" not in writer.get(check(made)).content.decode()
        steps.approve(fresh(made.report), by=cast.validator, now=current_time())
        for address in (f"/l/{made.code}", f"/laporan/{made.report.number}", f"/api/v1/reports/{made.report.number}"):
            assert "trainedAlgorithmicMedia" not in client.get(address).content.decode()


class TestBeforeAndAfter:
    def test_whoever_checks_sees_both_with_times_and_distance(self, cast: Cast, validator: Client) -> None:
        taken = photo(2, taken_at=current_time(), lat=HERE[0], lng=HERE[1])
        page = words_of(validator.get(check(answered(cast, reported(cast, seed=1), taken))))
        assert "Sebelum: foto pelapor, " in page
        assert "Sesudah: " in page
        assert "di titik (± 0 m)" in page

    def test_so_does_the_reporter_once_it_is_approved(self, cast: Cast, client: Client) -> None:
        ago = current_time() - 9 * HOUR
        file = steps.upload(saved(scene(1)), now=ago).pk
        story = Story(body="Jalan berlubang di depan pasar.", file_ids=(file,), lat=HERE[0], lng=HERE[1])
        receipt = steps.submit(story, by=STRANGER, now=ago)
        made = Made(receipt.report, receipt.code)
        bring(made, State.IN_PROGRESS, cast, ago)
        answered(cast, made, photo(2, taken_at=current_time(), lat=HERE[0], lng=HERE[1]))
        assert "Sesudah" not in words_of(client.get(f"/l/{made.code}"))
        steps.approve(fresh(made.report), by=cast.validator, now=current_time())
        page = words_of(client.get(f"/l/{made.code}"))
        assert "Sebelum: foto pelapor, " in page
        assert "di titik (± 0 m)" in page
        assert "Sebelum" not in words_of(client.get(f"/laporan/{made.report.number}")), "it was not let out"
        steps.publish(fresh(made.report), by=cast.desk, photos=[steps.PhotoToShow(file, ())], now=current_time())
        public = words_of(client.get(f"/laporan/{made.report.number}"))
        assert "Sebelum: foto pelapor, " in public
        assert "di titik (± 0 m)" in public


def test_a_report_opened_again_twice_says_so_to_its_reporter_and_its_own_checkers(cast: Cast, client: Client) -> None:
    made = reported(cast)
    for _ in range(2):
        answered(cast, made)
        steps.approve(fresh(made.report), by=cast.desk, now=current_time())
        steps.rate(fresh(made.report), by=made.reporter, rating=1, now=current_time())
    answered(cast, made)
    page = words_of(client.get(f"/l/{made.code}"))
    assert "Dibawa ke atasan" in page
    assert "Jawaban berikutnya dicek di atas instansi itu." in page
    person = Person.objects.create(name="Lina", email="lia.cek@kota-cempaka.example", language="id")
    Post.objects.create(person=person, role=Role.RESPONSE_VALIDATOR, agency=Agency.objects.get(slug="dinas-pupr"))
    own = sign_in(Client(), person).get(check(made))
    assert "Jawabannya dicek di atas instansi ini." in words_of(own)
    assert 'value="setujui"' not in own.content.decode()

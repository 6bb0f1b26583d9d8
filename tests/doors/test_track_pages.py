"""Tracking pages: whose hand, which clock, what is asked, what happened; nothing of it leaks."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import brotli
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.doors.page_words import address, hours_ago, offers, title_of, words_of
from tests.doors.test_files_api import picture
from tests.make import Made, bring, make_report, make_restricted
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.ids import new_code, show_code
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.people.models import Bucket
from tuntas.reports.models import Report
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reason_words import ARCHIVE_REASONS, LATE_CAUSES
from tuntas.rules.reasons import ArchiveReason, LateCause
from tuntas.rules.who import STRANGER
from tuntas.steps.submit import Story
from tuntas.web.thread_words import HEADS

pytestmark = pytest.mark.usefixtures("city")
SILENT = "django.request"  # the settings send it nowhere (tests/doors/test_failures.py)
PUPR = "Dinas Pekerjaan Umum dan Penataan Ruang"


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


def see(client: Client, made: Made, more: str = "", **given: Any) -> Any:
    return client.get(address(made.code, more), **given)


# Finding


def test_a_code_in_any_case_with_or_without_hyphens_leads_to_its_page(client: Client) -> None:
    made = make_report(hours_ago(1))
    for typed in (made.code, made.code.lower(), show_code(made.code), f" {made.code[:5]} {made.code[5:]} "):
        answer = client.post("/lacak", {"kode": typed})
        assert (answer.status_code, answer["Location"]) == (303, address(made.code))
        assert client.get(f"/l/{typed.strip()}").status_code == 200


@pytest.mark.parametrize("typed", ["25-18342", "3273-25-18342", " 25-18342 "])
def test_a_public_number_leads_to_the_public_page(client: Client, typed: str) -> None:
    answer = client.post("/lacak", {"kode": typed.replace("3273", installation().number_prefix)})
    assert (answer.status_code, answer["Location"]) == (303, "/laporan/25-18342")


@pytest.mark.parametrize("typed", ["", "25", "B-25-017", "99-99-25-1", "7RK-4Q2-M9X0", "<b>", "x" * 300, "\x00", "İ"])
def test_what_is_no_code_is_kept_and_explained(client: Client, typed: str) -> None:
    answer = client.post("/lacak", {"kode": typed})
    assert answer.status_code == 422
    assert "tidak ada angka 0 atau 1, tidak ada huruf I, L, O, U." in words_of(answer)
    assert title_of(answer).startswith("Galat:")
    assert 'role="alert"' in answer.content.decode()
    assert "<b>" not in answer.content.decode()
    assert typed[:20].strip() == "" or typed != "7RK-4Q2-M9X0" or 'value="7RK-4Q2-M9X0"' in answer.content.decode()


def test_an_address_with_a_wrong_code_asks_for_the_right_one(client: Client) -> None:
    wrong = show_code(new_code())
    for path in ("", "/nilai", "/tambah", "/privasi", "/struk", f"/foto/{uuid4()}"):
        answer = client.get(f"/l/{wrong}{path}")
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
        assert offers(answer, "/lacak")
        assert wrong not in title_of(answer)


def test_too_many_wrong_codes_are_slowed_at_every_door_and_right_ones_never(client: Client) -> None:
    made, network = make_report(hours_ago(1)), "203.0.113.9"
    doors: list[Callable[[], Any]] = [
        lambda: client.post("/lacak", {"kode": new_code()}, REMOTE_ADDR=network),
        lambda: client.get(f"/l/{new_code()}", REMOTE_ADDR=network),
        lambda: client.get("/api/v1/track", headers={"Authorization": f"Code {new_code()}"}, REMOTE_ADDR=network),
    ]
    assert sorted({doors[turn % 3]().status_code for turn in range(30)}) == [401, 404, 422]
    for door in doors:
        slowed = door()
        assert (slowed.status_code, int(slowed["Retry-After"]) > 0) == (429, True)
    assert "Tunggu" in words_of(doors[0]())
    for _ in range(3):
        assert client.get(address(made.code), REMOTE_ADDR=network).status_code == 200
    assert "203.0.113" not in repr(list(Bucket.objects.values()))


# Every state


HANDS: list[tuple[State, str, str]] = [
    (State.SUBMITTED, "Sekarang di tangan Meja aduan", "Menunggu diperiksa meja aduan"),
    (State.NEEDS_INFO, "Sekarang di tangan Anda", "Menunggu jawaban Anda"),
    (State.DISPATCHED, f"Sekarang di tangan {PUPR}", f"Menunggu {PUPR} mulai mengerjakan"),
    (State.TRANSFER_PENDING, f"Sekarang di tangan {PUPR}", "Menunggu Dinas Lingkungan Hidup menerima"),
    (State.IN_PROGRESS, f"Sekarang di tangan {PUPR}", f"Dikerjakan {PUPR}"),
    (State.SCHEDULED, f"Sekarang di tangan {PUPR}", f"Menunggu hari yang dijanjikan {PUPR}"),
    (State.AWAITING_VALIDATION, f"Sekarang di tangan {PUPR}", "sedang dicek orang kedua"),
    (State.ANSWERED, "Sekarang di tangan Anda", "Menunggu penilaian Anda"),
    (State.REPORTER_REPLIED, f"Sekarang di tangan {PUPR}", f"{PUPR} membaca tanggapan Anda"),
    (State.CLOSED, "Sekarang Tuntas, diakui Anda", "Anda menilai: Puas"),
    (State.ARCHIVED, "Sekarang Tidak diproses", "Ceritanya belum cukup jelas"),
]
FORMS = {
    # state: what the page offers, of all that is ever offered
    State.NEEDS_INFO: {"/tambah", "/tarik"},
    State.ANSWERED: {"/tambah", "/nilai", "/tarik"},
    State.CLOSED: {"/buka-lagi"},
    State.ARCHIVED: {"/banding"},
}


@pytest.mark.parametrize(("state", "hand", "present"), HANDS)
def test_every_state_shows_whose_hand_it_is_in_and_what_can_be_done(
    client: Client, cast: Cast, state: State, hand: str, present: str
) -> None:
    made = make_report(hours_ago(20))
    bring(made, state, cast, hours_ago(20))
    answer = see(client, made)
    words = words_of(answer)
    assert answer.status_code == 200
    assert hand in words
    assert present in words
    every = ("/tambah", "/nilai", "/tarik", "/buka-lagi", "/banding")
    offered = {slug for slug in every if offers(answer, address(made.code, slug))}
    assert offered == FORMS.get(state, {"/tambah", "/tarik"})


def test_a_page_costs_two_queries(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One for the report, one by key for whether somebody guesses codes from this network."""
    made = make_report(hours_ago(20))
    bring(made, State.CLOSED, cast, hours_ago(20))
    see(client, made)
    with django_assert_num_queries(2):
        assert see(client, made).status_code == 200


def test_the_page_of_a_long_story_fits_its_budget(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.REPORTER_REPLIED, cast, hours_ago(20))
    assert len(brotli.compress(see(client, made).content, quality=5)) <= 8 * 1024


def test_nothing_of_a_page_is_kept_found_or_named(client: Client) -> None:
    made = make_report(hours_ago(1))
    for more in ("", "/tambah", "/tarik", "/privasi", "/struk"):
        answer = see(client, made, more)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert title_of(answer).startswith(f"Laporan {made.report.number}")
        assert made.code not in title_of(answer).replace("-", "")
        page = answer.content.decode()
        assert re.findall(r"<script|<style|\sstyle=|\son\w+=|(?:src|href)=.https?:", page) == []


def test_the_title_of_a_secret_report_says_nothing_of_it(client: Client) -> None:
    made = make_report(hours_ago(1), is_secret=True)
    assert title_of(see(client, made)).startswith("Laporan Anda –")


def test_a_code_is_never_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    made = make_report(hours_ago(1))
    for code in (show_code(made.code), show_code(new_code())):
        client.get(f"/l/{code}")
        client.post(f"/l/{code}/tambah", {"teks": "x"})
        client.get(f"/l/{code}/foto/{uuid4()}")
        heard = [record.getMessage() for record in caplog.records if record.name != SILENT]
        assert [line for line in heard if code in line] == []


def test_the_page_speaks_english_where_chosen(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.TRANSFER_PENDING, cast, hours_ago(20))
    words = words_of(see(client, made, "?bahasa=en"))
    assert "Now with" in words
    assert "this belongs to Dinas Lingkungan Hidup" in words
    assert not re.search(r"Sekarang|Menunggu|Anda\b|Laporan ini", words)


def test_every_act_and_reason_has_words_for_citizens() -> None:
    untold = {Act.NOTE, Act.PROPOSE_ANSWER, Act.RETURN_ANSWER, Act.FOLLOW, Act.CLEAR, Act.ASK_IDENTITY}
    untold.add(Act.RELEASE)
    assert set(Act) - set(HEADS) == untold
    assert set(LATE_CAUSES) == set(LateCause)
    assert set(ARCHIVE_REASONS) == set(ArchiveReason)
    for said in (*HEADS.values(), *LATE_CAUSES.values(), *ARCHIVE_REASONS.values()):
        assert len({said.id.strip(), said.en.strip(), ""}) == 3
        assert re.findall(r"(?i)disposisi|tindak ?lanjut|wewenang|opd|yth|tsb|!", said.id) == []


# The promise


def test_a_minute_before_the_promise_ends_it_still_runs_and_a_minute_after_it_is_late(
    client: Client, clock: Path
) -> None:
    made = make_report(current_time())
    for shift, jam, said in (
        ("+1h", "aman", "sisa 46 jam"),
        ("+41h", "aman", "sisa 6 jam"),
        ("+43h", "dekat", "sisa 4 jam 59 menit"),
        ("+47h59m", "dekat", "sisa kurang dari 1 menit"),
        ("+48h1m", "lewat", "Terlambat 1 menit. Maaf."),
        ("+3d", "lewat", "Terlambat 1 hari. Maaf."),
    ):
        clock.write_text(shift)
        answer = see(client, made)
        assert said in words_of(answer)
        assert f'class="c-promise" data-jam="{jam}"' in answer.content.decode()
    assert "Penyebabnya" not in words_of(see(client, made))


def test_a_late_answer_says_how_late_and_why(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(60))
    steps.inform(made.report, by=cast.desk, text="Kami cek.", late_cause="field_access", now=hours_ago(10))
    words = words_of(see(client, made))
    assert "Terlambat 2 jam. Maaf. Penyebabnya: tempatnya sulit dijangkau." in words
    assert "· terlambat 2 jam" in words
    english = words_of(see(client, made, "?bahasa=en"))
    assert "2 hours late. We are sorry. The cause: the place was hard to reach." in english


def test_a_kept_promise_says_how_long_it_took(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(60))
    steps.inform(made.report, by=cast.desk, text="Kami cek.", now=hours_ago(60) + timedelta(hours=5, minutes=48))
    words = words_of(see(client, made))
    assert "Ditepati: dijawab dalam 5 jam 4" in words
    assert "· janji jawab ditepati" in words


def test_the_clock_stands_still_while_the_reporter_is_asked_and_what_stood_still_is_not_counted(
    client: Client, cast: Cast
) -> None:
    made = make_report(hours_ago(100))
    steps.ask(made.report, by=cast.desk, text="Di sebelah mana?", now=hours_ago(90))
    answer = see(client, made)
    assert "Jam berhenti: menunggu jawaban Anda sejak" in words_of(answer)
    assert 'data-jam="jeda"' in answer.content.decode()
    assert "Di sebelah mana?" in words_of(answer)
    steps.complete(made.report, by=made.reporter, text="Di utara.", now=hours_ago(2))
    assert "sisa 35 jam" in words_of(see(client, made))
    steps.inform(made.report, by=cast.desk, text="Terima kasih.", now=hours_ago(1))
    assert "Ditepati: dijawab dalam 11 jam" in words_of(see(client, made))


def test_the_work_clock_names_its_day(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.IN_PROGRESS, cast, hours_ago(20))
    words = words_of(see(client, made))
    assert re.search(r"Pengerjaan \d+ dari 14 hari kerja Batasnya \w+ \d+ \w+\.", words)


# The thread


def test_the_thread_tells_who_said_what_and_leaves_out_what_is_internal(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.REPORTER_REPLIED, cast, hours_ago(20))
    steps.note(made.report, by=cast.desk, text="Rahasia dapur.", now=hours_ago(1))
    words = words_of(see(client, made))
    told = [
        "Diterima",
        "Jalan di depan pasar berlubang besar",
        f"Diperiksa meja aduan, diteruskan ke {PUPR}",
        f"{PUPR} mulai mengerjakan",
        "Besok kami ukur.",
        f"Dijawab {PUPR}",
        "Sudah ditambal.",
        "Anda menanggapi jawaban",
        "Masih ada satu lubang.",
    ]
    places = [words.index(part, words.index("Perjalanan laporan")) for part in told]
    assert places == sorted(places)
    assert "Rahasia dapur." not in words


def test_a_handing_over_does_not_sound_like_an_ending(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    report = bring(made, State.TRANSFER_PENDING, cast, hours_ago(20))
    words = words_of(see(client, made))
    assert f"{PUPR}: ini urusan Dinas Lingkungan Hidup" in words
    assert "tetap memegang laporan ini sampai ada yang menerima. Anda tidak perlu melapor ulang." in words
    steps.accept_transfer(report, by=cast.other_liaison, now=hours_ago(1))
    words = words_of(see(client, made))
    assert "Diterima Dinas Lingkungan Hidup" in words
    assert "dengan nomor, kode, dan batas waktu yang sama" in words
    assert "Sekarang di tangan Dinas Lingkungan Hidup" in words


def test_a_refused_handing_over_names_who_did_not_take_it(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    report = bring(made, State.TRANSFER_PENDING, cast, hours_ago(20))
    steps.decline_transfer(
        report, by=cast.other_liaison, reason_code="wrong_agency", text="Jalan ini bukan milik kami.", now=hours_ago(1)
    )
    words = words_of(see(client, made))
    assert "Dinas Lingkungan Hidup belum menerima laporan ini" in words
    assert f"Sekarang di tangan {PUPR}" in words


def test_words_of_others_cannot_become_marks(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20), body="<script>alert(1)</script> {x} {{ y }} & “kutip”")
    steps.ask(made.report, by=cast.desk, text="<img src=x onerror=y> {0}", now=hours_ago(1))
    page = see(client, made).content.decode()
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {x} {{ y }}" in page


def test_a_report_nobody_rated_says_so_and_can_still_be_rated(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    report = bring(made, State.ANSWERED, cast, hours_ago(20))
    due = report.deadlines.get(promise=Promise.REPORTER_WINDOW).due_at
    assert due
    steps.miss_next(now=due + timedelta(minutes=1))
    answer = see(client, made)
    assert "Sekarang Tuntas tanpa penilaian" in words_of(answer)
    assert "Ditutup tanpa penilaian" in words_of(answer)
    assert offers(answer, address(made.code, "/nilai"))


def test_what_can_no_longer_be_done_is_not_offered(client: Client, cast: Cast, clock: Path) -> None:
    closed, archived = make_report(hours_ago(20)), make_report(hours_ago(20))
    bring(closed, State.CLOSED, cast, hours_ago(20))
    bring(archived, State.ARCHIVED, cast, hours_ago(20))
    clock.write_text("+400d")
    assert not offers(see(client, closed), address(closed.code, "/buka-lagi"))
    answer = see(client, archived)
    assert not offers(answer, address(archived.code, "/banding"))
    assert "Waktu mengajukan keberatan sudah lewat." in words_of(answer)
    over = see(client, closed, "/buka-lagi")
    assert (over.status_code, "Waktunya sudah lewat." in words_of(over)) == (409, True)


# Who looked


def test_the_reporter_sees_who_saw_their_name_and_when(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20), email="sari@warga.example", is_anonymous=False)
    assert "Siapa yang pernah membuka identitas saya Belum ada yang membuka." in words_of(see(client, made))
    steps.fetch(Report.objects.get(pk=made.report.pk), by=cast.desk, now=hours_ago(1))
    answer = see(client, made)
    assert re.search(r"Admin meja aduan.* melihat nama Anda, \w+ \d+ \w+, \d\d\.\d\d", words_of(answer))
    assert "Nama petugas dan instansi yang menangani" in words_of(answer)


# Restricted


def test_a_restricted_report_has_no_number_and_no_public_part(client: Client, cast: Cast) -> None:
    made = make_restricted(hours_ago(20))
    assert len(made.code) == 24
    steps.fetch(made.report, by=cast.appointed_inspector, now=hours_ago(19))
    steps.dispatch(made.report, by=cast.appointed_inspector, agency="inspektorat", now=hours_ago(18))
    answer = see(client, made)
    words, page = words_of(answer), answer.content.decode()
    assert title_of(answer).startswith("Laporan Anda –")
    assert str(made.report.ref) not in page
    assert "/laporan/" not in page
    assert "Siapa yang pernah membuka laporan ini" in words
    assert re.search(r"(Inspektorat|Pembaca yang ditunjuk) membaca laporan ini, ", words)
    assert "Isi hanya pemeriksa yang ditunjuk" in words
    assert "Diperiksa pemeriksa yang ditunjuk, diteruskan ke Inspektorat" in words
    assert "meja aduan" not in words.lower()


def test_a_restricted_report_waits_in_the_hand_of_appointed_people(client: Client) -> None:
    words = words_of(see(client, make_restricted(hours_ago(1))))
    assert "Sekarang di tangan Pemeriksa yang ditunjuk" in words


# Photos and paper


def with_photo(now_hours: float = 20, *, is_secret: bool = False) -> tuple[Made, str]:
    file = steps.upload(picture(), now=hours_ago(now_hours))
    story = Story(body="Lampu jalan mati di gang kami.", file_ids=[file.pk], channel="web", is_secret=is_secret)
    receipt = steps.submit(story, by=STRANGER, now=hours_ago(now_hours))
    return Made(receipt.report, receipt.code), str(file.pk)


def test_a_photo_is_shown_with_its_own_report_only(client: Client, cast: Cast) -> None:
    made, file = with_photo(is_secret=True)
    other = make_report(hours_ago(2))
    for more in (f"/foto/{file}", f"/foto/{file}?kecil"):
        assert more in see(client, made).content.decode()
        answer = see(client, made, more)
        assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "no-store")
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert see(client, other, more).status_code == 404
    assert "Foto Anda" in words_of(see(client, made))
    assert see(client, made, f"/foto/{uuid4()}").status_code == 404


def test_naming_the_photo_of_another_report_does_not_show_it(client: Client, cast: Cast) -> None:
    _, file = with_photo(is_secret=True)
    other = make_report(hours_ago(2))
    steps.supplement(other.report, by=other.reporter, text=f"Foto {file}", now=hours_ago(1))
    assert file in see(client, other).content.decode()
    assert see(client, other, f"/foto/{file}").status_code == 404


def test_proof_is_shown_once_the_answer_is_approved(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.IN_PROGRESS, cast, hours_ago(20))
    file = steps.upload(picture(), now=hours_ago(2))
    steps.propose_answer(
        made.report, by=cast.liaison, text="Sudah.", outcome="fixed", file_ids=[file.pk], now=hours_ago(2)
    )
    assert see(client, made, f"/foto/{file.pk}").status_code == 404
    steps.approve(made.report, by=cast.validator, now=hours_ago(1))
    answer = see(client, made)
    assert see(client, made, f"/foto/{file.pk}").status_code == 200
    assert f"Foto dari {PUPR}" in words_of(answer)
    assert f"Selesai menurut {PUPR}" in words_of(answer)


def test_the_copy_for_paper_tells_the_story_without_the_code(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(20))
    bring(made, State.CLOSED, cast, hours_ago(20))
    words = words_of(see(client, made, "/struk"))
    assert "Salinan pelapor" in words
    assert "Sudah ditambal." in words
    assert show_code(made.code) not in words


def test_only_get_and_post_are_answered(client: Client) -> None:
    made = make_report(hours_ago(1))
    assert client.put(address(made.code)).status_code == 405
    assert client.delete("/lacak").status_code == 405
    assert client.head(address(made.code)).status_code == 200

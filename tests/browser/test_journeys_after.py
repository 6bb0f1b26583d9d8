"""What follows once a report is in: asked, answered, rated, reopened, appealed, withdrawn, followed, hidden, late."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.reporter import VILLAGE, Reporter, photo
from tests.cast import Cast
from tests.make import STORY, Made, bring, make_report
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.rules.life import State

PUPR = "Dinas Pekerjaan Umum dan Penataan Ruang"
DISAGREE = "Tempatnya sudah saya tulis: di depan pasar."
pytestmark = pytest.mark.usefixtures("scripts")


@pytest.fixture
def sari(page: Page) -> Reporter:
    return Reporter(page)


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_report(current_time())


def fresh(made: Made) -> Report:
    return Report.objects.get(pk=made.report.pk)


def answer(made: Made, cast: Cast) -> None:
    """Let staff go the whole way to an answer, now."""
    steps.dispatch(made.report, by=cast.desk, agency="dinas-pupr", now=current_time())
    steps.start(made.report, by=cast.liaison, text="Besok kami ukur.", now=current_time())
    propose(made, cast, "Sudah ditambal.")


def propose(made: Made, cast: Cast, text: str) -> None:
    steps.propose_answer(made.report, by=cast.liaison, text=text, outcome="answered", now=current_time())
    steps.approve(made.report, by=cast.validator, now=current_time())


def test_a_question_is_answered_with_a_photo_and_the_clock_goes_on(sari: Reporter, made: Made, cast: Cast) -> None:
    steps.ask(made.report, by=cast.desk, text="Di sebelah mana pasar?", now=current_time())
    sari.find(made.code)
    sari.reads("Jam berhenti")
    sari.reads("Di sebelah mana pasar?")
    sari.press("Kirim jawaban")  # nothing was written
    expect(sari.page.get_by_role("alert")).to_be_focused()
    sari.write("Jawaban Anda", "Di sisi utara, dekat gerbang.")
    sari.page.get_by_label("Tambah foto").set_input_files([photo()])
    sari.press("Kirim jawaban")
    sari.reads("Anda menjawab")
    sari.reads("Di sisi utara, dekat gerbang.")
    sari.reads_nothing_of("Jam berhenti")
    expect(sari.page.get_by_role("img", name="Foto Anda")).to_be_visible()
    assert (fresh(made).state, fresh(made).files.count()) == (State.SUBMITTED, 1)
    sari.page.reload()
    assert fresh(made).events.filter(act="complete").count() == 1


def test_an_answer_is_rated_and_closed_and_opened_again_after_all(sari: Reporter, made: Made, cast: Cast) -> None:
    answer(made, cast)
    sari.find(made.code)
    sari.reads("Sudah ditambal.")
    sari.press("Kirim penilaian")  # no face was chosen
    sari.page.get_by_role("alert").get_by_role("link", name="Pilih seberapa puas Anda.").click()
    sari.choose("Sangat Puas")
    sari.write("Ada yang ingin ditambahkan?", "Cepat, terima kasih.")
    sari.press("Kirim penilaian")
    sari.reads("Tuntas, diakui Anda")
    sari.reads("Anda menilai: Sangat Puas")
    assert (fresh(made).state, fresh(made).rating) == (State.CLOSED, 4)
    sari.follow("Belum beres, buka lagi")
    sari.stands_before("Apa yang belum beres?")
    sari.write("Yang belum beres", "Aspalnya terkelupas lagi.")
    sari.press("Buka lagi laporan ini")
    sari.reads("membuka lagi laporan ini")
    sari.reads("Aspalnya terkelupas lagi.")
    assert fresh(made).is_reopened
    propose(made, cast, "Ditambal ulang.")
    sari.find(made.code)
    sari.choose("Puas")
    sari.press("Kirim penilaian")
    sari.reads("Anda menilai: Puas")
    assert (fresh(made).state, fresh(made).rating) == (State.CLOSED, 3)


def test_what_is_not_fixed_is_opened_again_beside_the_rating(sari: Reporter, made: Made, cast: Cast) -> None:
    answer(made, cast)
    sari.find(made.code)
    sari.press("Belum beres, buka lagi")  # not a word of why
    sari.stands_before("Apa yang belum beres?")
    sari.follow("Kembali ke laporan")
    sari.choose("Tidak Puas")
    sari.write("Ada yang ingin ditambahkan?", "Lubangnya masih ada.")
    sari.press("Belum beres, buka lagi")
    sari.reads("Lubangnya masih ada.")
    sari.reads(f"Sekarang di tangan{PUPR}")
    assert (fresh(made).state, fresh(made).is_reopened) == (State.IN_PROGRESS, True)


def test_who_is_told_that_nothing_will_be_done_appeals(sari: Reporter, made: Made, cast: Cast) -> None:
    now = current_time()
    steps.archive(made.report, by=cast.desk, reason_code="unclear", text="Tempatnya tidak jelas.", now=now)
    sari.find(made.code)
    sari.reads("Tidak diproses")
    sari.reads("Tempatnya tidak jelas.")
    sari.follow("Ajukan keberatan")
    sari.write("Mengapa laporan ini perlu ditangani?", DISAGREE)
    sari.press("Kirim keberatan")
    sari.reads("Anda mengajukan keberatan")
    sari.reads(DISAGREE)
    assert fresh(made).state == State.SUBMITTED


def test_a_report_is_withdrawn_when_asked_twice_and_can_be_taken_up_again(sari: Reporter, made: Made) -> None:
    page = sari.page
    sari.find(made.code)
    page.get_by_text("Data dan pilihan Anda").click()
    sari.follow("Tarik laporan")
    sari.write("Mengapa Anda menarik laporan ini?", "Sudah diperbaiki warga.")
    sari.press("Lanjut")
    sari.stands_before("Yakin menarik laporan ini?")
    assert fresh(made).state == State.SUBMITTED
    sari.press("Ya, tarik laporan")
    sari.reads("Anda menarik laporan ini")
    sari.reads("Sudah diperbaiki warga.")
    assert fresh(made).state == State.ARCHIVED
    sari.follow("Lanjutkan laporan ini")
    sari.write("Apa yang perlu kami tahu?", "Ternyata masih berlubang.")
    sari.press("Lanjutkan laporan")
    sari.reads("Ternyata masih berlubang.")
    assert fresh(made).state == State.SUBMITTED


def test_a_neighbour_follows_from_the_public_page(sari: Reporter, made: Made, cast: Cast) -> None:
    bring(made, State.DISPATCHED, cast, current_time())
    sari.page.goto("/laporan")
    sari.page.get_by_role("main").get_by_role("link", name="Jalan di depan pasar").first.click()
    sari.press("Saya juga, ikuti")
    sari.reads("Anda terhitung sebagai pengikut.")
    sari.reads("1 orang mengikuti")
    sari.page.reload()
    assert fresh(made).follower_count == 1


def test_who_sees_the_same_thing_follows_from_the_form_with_a_code_of_their_own(
    sari: Reporter, cast: Cast, scripts: bool
) -> None:
    page, first = sari.page, Reporter(sari.page)
    first.go_to_sending()
    first.press("Kirim laporan")
    first_code = first.read_code()
    known = Report.objects.get()
    steps.dispatch(known, by=cast.desk, agency="dinas-pupr", now=current_time())
    sari.go_to_place("Lubang besar di jalan depan pasar, motor saya jatuh di sana.")
    sari.village.select_option(VILLAGE)
    if not scripts:  # the page cannot look for others by itself: they stand on the next
        sari.press("Belum ada, lanjutkan")
    page.get_by_role("button", name="Ini sama, ikut").click()
    sari.stands_before("Identitas dan kirim")
    sari.reads(f"menjadi pendukung laporan {known.number}")
    sari.press("Kirim laporan")
    assert sari.read_code() != first_code
    sari.reads(f"Laporan Anda mendukung laporan {known.number}")
    known.refresh_from_db()
    assert known.follower_count == 1
    assert Report.objects.count() == 2


def test_a_report_made_secret_leaves_the_public_at_once_and_comes_back_when_asked_twice(
    sari: Reporter, made: Made, cast: Cast, open_context: OpenContext
) -> None:
    bring(made, State.DISPATCHED, cast, current_time())
    stranger = Reporter(open_context().new_page())
    public = f"/laporan/{made.report.number}"
    assert stranger.open_status(public) == 200
    stranger.reads(STORY)
    sari.find(made.code)
    sari.page.get_by_text("Data dan pilihan Anda").click()
    sari.follow("Ubah siapa yang boleh tahu")
    sari.choose("Hanya petugas (rahasia)")
    sari.press("Simpan pilihan")
    sari.reads("hanya petugas (rahasia)")
    assert stranger.open_status(public) == 404
    assert stranger.open_status("/laporan") == 200
    stranger.reads_nothing_of("Jalan di depan pasar")
    sari.page.get_by_text("Data dan pilihan Anda").click()
    sari.follow("Ubah siapa yang boleh tahu")
    sari.choose("Semua orang, tanpa nama saya")
    sari.press("Simpan pilihan")
    sari.stands_before("Yakin? Lebih banyak orang akan tahu")
    assert stranger.open_status(public) == 404
    sari.press("Ya, ubah")
    sari.reads("tayang untuk umum sesudah diperiksa")
    assert stranger.open_status(public) == 200
    stranger.reads(STORY)


def test_answered_at_47_59_the_promise_is_kept_and_at_48_01_late_with_its_cause(
    sari: Reporter, made: Made, cast: Cast, clock: Path
) -> None:
    late = make_report(made.report.received_at)
    clock.write_text("+47h59m")
    in_time, after = (made.report.received_at + timedelta(hours=h, minutes=m) for h, m in ((47, 59), (48, 1)))
    steps.inform(made.report, by=cast.desk, text="Kami cek ke lapangan.", now=in_time)
    sari.find(late.code)
    sari.reads("Dijawab paling lambat")
    clock.write_text("+48h1m")
    sari.find(late.code)
    sari.reads("Terlambat 1 menit. Maaf.")
    steps.inform(late.report, by=cast.desk, text="Kami cek.", late_cause="field_access", now=after)
    clock.write_text("+60h")
    sari.find(made.code)
    sari.reads("Ditepati: dijawab dalam")
    expect(sari.page.get_by_role("img", name="47 jam 59 menit dari batas 48 jam")).to_be_visible()
    sari.reads_nothing_of("Terlambat")
    sari.page.get_by_role("link", name="English").click()
    sari.reads("Kept: answered in")
    expect(sari.page.get_by_role("img", name="47 hours 59 minutes of a limit of 48 hours")).to_be_visible()
    sari.page.goto(f"/l/{late.code}")
    sari.reads("1 minute late. We are sorry. The cause: the place was hard to reach.")
    sari.page.get_by_role("link", name="Indonesia").click()
    sari.reads("Terlambat 1 menit. Maaf. Penyebabnya: tempatnya sulit dijangkau.")

"""What a reporter does on the tracking pages: each act a plain form, sent once, never losing a word."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import address, fields_of, hours_ago, offers, title_of, words_of
from tests.doors.test_files_api import picture
from tests.make import Made, bring, make_report, make_restricted
from tuntas import steps
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Contact, File, Report
from tuntas.rules.life import Act, State

pytestmark = pytest.mark.usefixtures("city")
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


def at(cast: Cast, state: State) -> Made:
    made = make_report(hours_ago(20))
    bring(made, state, cast, hours_ago(20))
    return made


def send(client: Client, made: Made, slug: str, given: dict[str, Any], **headers: str) -> Any:
    return client.post(address(made.code, slug), given, headers=headers)


def sent_from_page(client: Client, made: Made, slug: str, given: dict[str, Any], page: str = "") -> Any:
    """Open a page, fill in its form, send it."""
    shown = client.get(address(made.code, page or slug))
    assert shown.status_code == 200
    return send(client, made, slug, {**fields_of(shown, address(made.code, slug)), **given})


def now_of(made: Made) -> Report:
    return Report.objects.get(pk=made.report.pk)


def events(made: Made, act: Act) -> list[Any]:
    return list(made.report.events.filter(act=act).order_by("id"))


def photo(name: str = "lubang.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture(), "image/jpeg")


# Each act in one go


ACTS = [
    (State.NEEDS_INFO, "/tambah", {"teks": "Di sebelah utara."}, State.SUBMITTED, Act.COMPLETE),
    (State.IN_PROGRESS, "/tambah", {"teks": "Sekarang makin lebar."}, State.IN_PROGRESS, Act.SUPPLEMENT),
    (State.ANSWERED, "/tambah", {"teks": "Masih ada satu."}, State.REPORTER_REPLIED, Act.REPLY),
    (State.ANSWERED, "/nilai", {"puas": "4"}, State.CLOSED, Act.RATE),
    (State.ANSWERED, "/nilai", {"puas": "2", "komentar": "Cukup."}, State.CLOSED, Act.RATE),
    (State.ANSWERED, "/nilai", {"puas": "1"}, State.IN_PROGRESS, Act.RATE),
    (State.ANSWERED, "/nilai", {"buka": "1", "komentar": "Masih bocor."}, State.IN_PROGRESS, Act.REOPEN),
    (State.ANSWERED, "/nilai", {"buka": "1", "puas": "3", "komentar": "Bocor."}, State.IN_PROGRESS, Act.RATE),
    (State.ANSWERED, "/buka-lagi", {"teks": "Masih bocor."}, State.IN_PROGRESS, Act.REOPEN),
    (State.CLOSED, "/buka-lagi", {"teks": "Rusak lagi."}, State.IN_PROGRESS, Act.REOPEN),
    (State.ARCHIVED, "/banding", {"teks": "Tempatnya depan pasar."}, State.SUBMITTED, Act.APPEAL),
    (State.DISPATCHED, "/tarik", {"teks": "Sudah beres sendiri.", "yakin": "1"}, State.ARCHIVED, Act.WITHDRAW),
    (State.DISPATCHED, "/tarik", {"yakin": "1"}, State.ARCHIVED, Act.WITHDRAW),
]


@pytest.mark.parametrize(("state", "slug", "given", "after", "act"), ACTS)
def test_a_form_does_its_act_once_and_shows_the_report_anew(
    client: Client, cast: Cast, state: State, slug: str, given: dict[str, str], after: State, act: Act
) -> None:
    made = at(cast, state)
    said = {**fields_of(client.get(address(made.code, slug)), address(made.code, slug)), **given}
    before = len(events(made, act))
    first, second = (send(client, made, slug, said) for _ in range(2))
    for answer in (first, second):
        assert (answer.status_code, answer["Location"]) == (303, address(made.code, "#kini"))
    assert now_of(made).state == after
    assert len(events(made, act)) == before + 1
    text = given.get("teks") or given.get("komentar") or ("Pelapor tidak menulis alasan." if slug == "/tarik" else "")
    assert events(made, act)[-1].text == text
    assert client.get(address(made.code)).status_code == 200


def test_going_back_and_writing_more_is_another_message(client: Client, cast: Cast) -> None:
    made = at(cast, State.IN_PROGRESS)
    said = fields_of(client.get(address(made.code)), address(made.code, "/tambah"))
    for text in ("Satu.", "Dua.", "Dua."):
        assert send(client, made, "/tambah", {**said, "teks": text}).status_code == 303
    assert [event.text for event in events(made, Act.SUPPLEMENT)] == ["Satu.", "Dua."]


def test_a_form_without_a_key_or_with_an_odd_one_still_works(client: Client, cast: Cast) -> None:
    made = at(cast, State.IN_PROGRESS)
    for key in ("", "x" * 500, "kunci é", "a\nb"):
        assert send(client, made, "/tambah", {"kunci": key, "teks": f"Kata {key[:3]}."}).status_code == 303
    assert len(events(made, Act.SUPPLEMENT)) == 4


def test_a_key_of_one_report_is_none_of_another(client: Client, cast: Cast) -> None:
    one, other = at(cast, State.IN_PROGRESS), at(cast, State.IN_PROGRESS)
    for made in (one, other):
        assert send(client, made, "/tambah", {"kunci": "sama", "teks": "Halo."}).status_code == 303
    assert [len(events(made, Act.SUPPLEMENT)) for made in (one, other)] == [1, 1]


def test_a_restricted_report_takes_what_its_reporter_adds(client: Client) -> None:
    made = make_restricted(hours_ago(2))
    assert sent_from_page(client, made, "/tambah", {"teks": "Terjadi lagi."}, page="/tambah").status_code == 303
    assert "Terjadi lagi." in words_of(client.get(address(made.code)))


# Not fixed


def test_not_fixed_without_words_leads_to_the_page_that_asks_what(client: Client, cast: Cast) -> None:
    made = at(cast, State.ANSWERED)
    answer = send(client, made, "/nilai", {"buka": "1", "puas": "2", "komentar": "  "})
    assert (answer.status_code, answer["Location"]) == (303, address(made.code, "/buka-lagi"))
    assert now_of(made).state == State.ANSWERED
    assert "Apa yang belum beres?" in words_of(client.get(answer["Location"]))


def test_a_rating_without_a_face_asks_for_one_and_keeps_the_comment(client: Client, cast: Cast) -> None:
    made = at(cast, State.ANSWERED)
    for given in ({}, {"puas": "5"}, {"puas": "²"}):
        answer = send(client, made, "/nilai", {**given, "komentar": "Terima kasih <b>."})
        assert (answer.status_code, title_of(answer)[:6]) == (422, "Galat:")
        assert "Terima kasih &lt;b&gt;." in answer.content.decode()
        assert 'href="#puas"' in answer.content.decode()
        assert 'id="puas"' in answer.content.decode()
    assert now_of(made).state == State.ANSWERED


# Nothing is lost


@pytest.mark.parametrize("slug", ["/tambah", "/buka-lagi"])
@pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * 10_001, "a\x00b"])
def test_words_that_cannot_be_taken_are_kept_and_explained(client: Client, cast: Cast, slug: str, text: str) -> None:
    made = at(cast, State.ANSWERED)
    answer = send(client, made, slug, {"teks": text})
    page = answer.content.decode()
    assert (answer.status_code, title_of(answer)[:6]) == (422, "Galat:")
    assert page.count('role="alert"') == 1
    assert 'href="#teks"' in page
    assert 'id="teks"' in page
    assert 'aria-invalid="true" aria-describedby="teks-e"' in page
    assert text in page
    assert now_of(made).state == State.ANSWERED


def test_a_bad_photo_gets_its_sentence_and_words_and_other_photos_stay(client: Client, cast: Cast) -> None:
    made = at(cast, State.IN_PROGRESS)
    given = {"teks": "Ini fotonya.", "foto": [photo("satu.jpg"), photo("dua.txt", b"bukan foto")]}
    answer = send(client, made, "/tambah", given)
    words, page = words_of(answer), answer.content.decode()
    assert answer.status_code == 422
    assert "dua.txt: Berkas jenis ini tidak bisa diterima" in words
    assert "Ini fotonya." in words
    assert 'href="#foto"' in page
    assert events(made, Act.SUPPLEMENT) == []
    kept = str(File.objects.get(report=None).pk)
    assert f'name="foto_id" value="{kept}" checked' in page
    assert client.get(address(made.code, f"/foto/{kept}?kecil")).status_code == 200
    again = {**fields_of(answer, address(made.code, "/tambah")), "teks": "Ini fotonya.", "foto_id": kept}
    assert send(client, made, "/tambah", again).status_code == 303
    assert f"/foto/{kept}" in client.get(address(made.code)).content.decode()


def test_photos_alone_are_enough_to_add(client: Client, cast: Cast) -> None:
    made = at(cast, State.IN_PROGRESS)
    assert send(client, made, "/tambah", {"teks": "", "foto": [photo(), photo("b.jpg")]}).status_code == 303
    assert client.get(address(made.code)).content.decode().count("<figure>") == 2


def test_five_photos_are_taken_and_the_sixth_is_named(client: Client, cast: Cast) -> None:
    made = at(cast, State.IN_PROGRESS)
    answer = send(client, made, "/tambah", {"teks": "Enam.", "foto": [photo(f"{n}.jpg") for n in range(6)]})
    assert (answer.status_code, answer.content.decode().count('name="foto_id"')) == (422, 5)
    assert "5.jpg: Paling banyak 5 foto." in words_of(answer)


def test_a_photo_too_large_is_refused_alone(client: Client, cast: Cast) -> None:
    made = at(cast, State.IN_PROGRESS)
    answer = send(client, made, "/tambah", {"teks": "Besar.", "foto": photo("besar.jpg", b"\xff" * (10 * 1024**2 + 1))})
    assert answer.status_code == 422
    assert "besar.jpg: Foto terlalu besar. Batasnya 10 MB." in words_of(answer)


def test_a_photo_of_somebody_else_cannot_be_taken(client: Client, cast: Cast) -> None:
    one, other = at(cast, State.IN_PROGRESS), at(cast, State.IN_PROGRESS)
    send(client, one, "/tambah", {"teks": "Foto saya.", "foto": photo()})
    file = File.objects.get(report=one.report)
    for value in (str(file.pk), "bukan", "", "0" * 36):
        assert send(client, other, "/tambah", {"teks": "Coba.", "foto_id": value}).status_code in (303, 422)
    assert File.objects.get(pk=file.pk).report_id == one.report.pk


# Somebody was faster


def test_an_answer_meant_for_a_question_never_becomes_another_message(client: Client, cast: Cast) -> None:
    made = at(cast, State.NEEDS_INFO)
    said = fields_of(client.get(address(made.code)), address(made.code, "/tambah"))
    steps.complete(made.report, by=made.reporter, text="Dari HP lain.", now=hours_ago(1))
    answer = send(client, made, "/tambah", {**said, "teks": "Di utara pasar."})
    words = words_of(answer)
    assert answer.status_code == 409
    assert "Laporan ini berubah sejak Anda membukanya" in words
    assert "Tulisan Anda ada di isian di bawah." in words
    assert words.endswith(
        "Di utara pasar. Tambah foto, PDF, video, atau rekaman (boleh dilewati, sampai 5) Kirim keterangan"
    )
    assert [event.text for event in events(made, Act.COMPLETE)] == ["Dari HP lain."]
    assert events(made, Act.SUPPLEMENT) == []


def test_a_rating_that_came_too_late_shows_the_report_as_it_is(client: Client, cast: Cast) -> None:
    made = at(cast, State.ANSWERED)
    said = fields_of(client.get(address(made.code)), address(made.code, "/nilai"))
    steps.reopen(made.report, by=cast.desk, text="Belum beres.", now=hours_ago(1))
    answer = send(client, made, "/nilai", {**said, "puas": "4", "komentar": "Bagus."})
    assert answer.status_code == 409
    assert "Dibuka lagi" in words_of(answer)
    assert "Bagus." in words_of(answer)
    assert now_of(made).rating is None


@pytest.mark.parametrize(
    ("state", "slug"),
    [
        (State.IN_PROGRESS, "/nilai"),
        (State.IN_PROGRESS, "/buka-lagi"),
        (State.IN_PROGRESS, "/banding"),
        (State.CLOSED, "/tarik"),
        (State.CLOSED, "/tambah"),
        (State.ARCHIVED, "/nilai"),
    ],
)
def test_what_cannot_be_done_now_shows_the_report_instead(client: Client, cast: Cast, state: State, slug: str) -> None:
    made = at(cast, state)
    for answer in (
        client.get(address(made.code, slug)),
        send(client, made, slug, {"teks": "Kata saya.", "puas": "3", "komentar": "Kata saya.", "yakin": "1"}),
    ):
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (409, True)
        assert "Sekarang" in words_of(answer)
    assert "Kata saya." in words_of(answer)
    assert now_of(made).state == state


def test_a_window_that_ended_is_told_as_that(client: Client, cast: Cast, clock: Path) -> None:
    made = at(cast, State.CLOSED)
    clock.write_text("+400d")
    answer = send(client, made, "/buka-lagi", {"teks": "Rusak lagi."})
    assert (answer.status_code, "Waktunya sudah lewat." in words_of(answer)) == (409, True)


# Asked twice


def test_a_report_is_withdrawn_only_when_asked_twice(client: Client, cast: Cast) -> None:
    made = at(cast, State.DISPATCHED)
    sure = sent_from_page(client, made, "/tarik", {"teks": "Sudah & beres."})
    assert (sure.status_code, "Yakin menarik laporan ini?" in words_of(sure)) == (200, True)
    assert now_of(made).state == State.DISPATCHED
    assert "Sudah &amp; beres." in sure.content.decode()
    said = {**fields_of(sure, address(made.code, "/tarik")), "teks": "Sudah & beres."}
    assert send(client, made, "/tarik", said).status_code == 303
    page = client.get(address(made.code))
    assert "Sekarang Anda tarik" in words_of(page)
    assert offers(page, address(made.code, "/banding"))
    assert sent_from_page(client, made, "/banding", {"teks": "Ternyata belum."}).status_code == 303
    assert now_of(made).state == State.SUBMITTED


# Privacy


def named(*, is_anonymous: bool = True, is_secret: bool = False) -> Made:
    return make_report(hours_ago(2), email="sari@warga.example", is_anonymous=is_anonymous, is_secret=is_secret)


def choose(client: Client, made: Made, **given: str) -> Any:
    return send(client, made, "/privasi", {"kunci": "pilih", **given})


def test_more_privacy_holds_at_once(client: Client) -> None:
    made = named(is_anonymous=False)
    answer = choose(client, made, nama_untuk="anonim", isi_untuk="rahasia")
    assert (answer.status_code, answer["Location"]) == (303, address(made.code, "#pilihan"))
    assert (now_of(made).is_anonymous, now_of(made).is_secret) == (True, True)
    assert "Isi hanya petugas (rahasia)" in words_of(client.get(address(made.code)))
    assert not offers(client.get(address(made.code)), f"/laporan/{made.report.number}")


@pytest.mark.parametrize(
    ("before", "given", "told"),
    [
        ({}, {"nama_untuk": "nama"}, "akan melihat nama dan nomor Anda"),
        ({"is_secret": True}, {"isi_untuk": "umum"}, "tayang untuk semua orang"),
        ({"is_secret": True}, {"isi_untuk": "umum", "nama_untuk": "tanpa"}, "dihapus"),
        ({}, {"isi_untuk": "rahasia", "nama_untuk": "nama"}, "menjadi rahasia"),
    ],
)
def test_less_privacy_is_asked_twice(client: Client, before: dict[str, bool], given: dict[str, str], told: str) -> None:
    made = named(**before)
    was = (now_of(made).is_anonymous, now_of(made).is_secret)
    sure = choose(client, made, **given)
    assert (sure.status_code, told in words_of(sure)) == (200, True)
    assert (now_of(made).is_anonymous, now_of(made).is_secret) == was
    assert send(client, made, "/privasi", fields_of(sure, address(made.code, "/privasi"))).status_code == 303
    assert now_of(made).is_anonymous == (given.get("nama_untuk") != "nama")
    assert now_of(made).is_secret == (given.get("isi_untuk", "umum") == "rahasia")


def test_nobody_means_that_the_name_is_forgotten(client: Client) -> None:
    made = named(is_anonymous=False)
    assert choose(client, made, nama_untuk="tanpa").status_code == 303
    assert not Contact.objects.filter(report=made.report).exists()
    assert now_of(made).is_anonymous is True
    words = words_of(client.get(address(made.code, "/privasi")))
    assert "Tidak seorang pun. Kami tidak menyimpan nama atau nomor Anda." in words


def test_who_gave_no_name_cannot_show_one(client: Client) -> None:
    made = make_report(hours_ago(2))
    assert choose(client, made, nama_untuk="nama", isi_untuk="umum").status_code == 303
    assert now_of(made).is_anonymous is True
    assert events(made, Act.SET_PRIVACY) == []


def test_a_restricted_report_is_never_made_public(client: Client) -> None:
    made = make_restricted(hours_ago(2))
    page = client.get(address(made.code, "/privasi"))
    assert "isi_untuk" not in page.content.decode()
    assert "Laporan ini tidak pernah tayang." in words_of(page)
    choose(client, made, isi_untuk="umum", yakin="1")
    assert now_of(made).is_restricted is True


# From elsewhere


@pytest.mark.parametrize("slug", ["/tambah", "/nilai", "/buka-lagi", "/banding", "/tarik", "/privasi"])
def test_what_another_site_sends_is_refused(client: Client, cast: Cast, slug: str) -> None:
    made = at(cast, State.ANSWERED)
    given = {"teks": "x", "puas": "4", "isi_untuk": "rahasia", "yakin": "1"}
    answer = client.post(address(made.code, slug), given, headers=ELSEWHERE)
    assert (answer.status_code, "Kiriman ini datang dari situs lain" in words_of(answer)) == (403, True)
    assert (now_of(made).state, now_of(made).is_secret) == (State.ANSWERED, False)
    assert client.post("/lacak", {"kode": made.code}, headers=ELSEWHERE).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none", ""])
def test_what_our_own_pages_and_old_browsers_send_is_taken(client: Client, cast: Cast, site: str) -> None:
    made = at(cast, State.ANSWERED)
    answer = client.post(address(made.code, "/nilai"), {"puas": "4"}, headers={"Sec-Fetch-Site": site} if site else {})
    assert answer.status_code == 303


def test_a_link_from_elsewhere_is_followed(client: Client, cast: Cast) -> None:
    assert client.get(address(at(cast, State.ANSWERED).code), headers=ELSEWHERE).status_code == 200


def test_forms_speak_english_where_chosen(client: Client, cast: Cast) -> None:
    made = at(cast, State.ANSWERED)
    for slug in ("/nilai", "/tambah", "/buka-lagi", "/tarik", "/privasi", "/struk"):
        words = words_of(client.get(address(made.code, f"{slug}?bahasa=en")))
        assert "Anda" not in words.replace("Andaman", "")
    answer = send(client, made, "/nilai", {})
    assert "Choose how satisfied you are." in words_of(answer)


def test_the_times_of_acts_are_those_of_the_clock(client: Client, cast: Cast, clock: Path) -> None:
    made = at(cast, State.ANSWERED)
    clock.write_text("+3d")
    send(client, made, "/nilai", {"puas": "3"})
    assert now_of(made).updated_at > hours_ago(0) - timedelta(minutes=5)

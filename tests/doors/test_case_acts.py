"""Every act on a case over its page: done once, refused with all that was typed, and never by the wrong person."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.cast import Cast
from tests.doors.page_words import words_of
from tests.make import Made, bring, make_report
from tests.office import at_work
from tests.steps.seen import fresh, last
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.reports.desk_queries import last_event_of
from tuntas.reports.models import Event, Report, Unsent
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role

ANSWER = "Selamat pagi, Bapak/Ibu. Terima kasih laporannya. Besok petugas kami menambal lubang itu."
LATE = "+3d"
SOON = (current_time() + timedelta(days=9)).date().isoformat()


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def send(client: Client, made: Made, slug: str, **fields: Any) -> Any:
    given = {"kunci": "kunci-1", "dilihat": str(last_event_of(made.report)), **fields}
    return client.post(f"/meja/kasus/{made.report.number}/{slug}", given)


def jpeg(name: str = "lubang.jpg") -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (64, 48), (90, 90, 90)).save(data, "JPEG")
    data.seek(0)
    data.name = name
    return data


ACTS: dict[str, tuple[State, dict[str, str], Act]] = {
    "jawab": (State.SUBMITTED, {"teks": ANSWER}, Act.INFORM),
    "catatan": (State.SUBMITTED, {"teks": "Cek dengan lurah."}, Act.NOTE),
    "minta-data": (State.SUBMITTED, {"teks": "Bapak/Ibu, di sebelah mana lubangnya?"}, Act.ASK),
    "teruskan": (
        State.SUBMITTED,
        {
            "instansi": "dlh",
            "topik": "waste_environment",
            "klasifikasi": "complaint_ordinary",
            "judul": "Lubang",
            "teks_umum": "Lubang.",
        },
        Act.DISPATCH,
    ),
    "teks": (State.SUBMITTED, {"judul": "Lubang di pasar", "teks_umum": "Ada lubang."}, Act.PUBLISH),
    "telepon": (State.SUBMITTED, {"siapa": "pelapor", "tersambung": "ya", "teks": "Pelapor setuju."}, Act.NOTE),
    "tidak-diproses": (
        State.SUBMITTED,
        {"alasan": "private_matter", "teks": "Bapak/Ibu, ini urusan keluarga. Kami tidak bisa membantu."},
        Act.ARCHIVE,
    ),
    "naikkan": (State.SUBMITTED, {"tingkat": "2", "teks": "Perlu perhatian."}, Act.ESCALATE),
    "rujuk": (
        State.SUBMITTED,
        {"badan": "PLN UP3 Bogor", "kontak": "Bagian pengaduan", "kabar": SOON, "teks": ANSWER},
        Act.FORWARD_EXTERNAL,
    ),
    "kabar-luar": (State.FORWARDED_EXTERNAL, {"lanjut": "tetap", "kabar": SOON, "teks": ANSWER}, Act.OUTSIDE_NEWS),
    "minta-bagian": (
        State.IN_PROGRESS,
        {"instansi": "dishub", "batas": SOON, "teks": "Pasang rambu peringatan."},
        Act.ASK_PART,
    ),
    "ppid": (State.SUBMITTED, {"teks": ANSWER}, Act.HAND_TO_PPID),
    "surat": (
        State.SUBMITTED,
        {"jenis": "audience_request", "pengirim": "Lurah Tegalsari", "nomor_surat": "140/2", "teks": "Minta bertemu."},
        Act.RECEIVE_LETTER,
    ),
    "setujui": (State.AWAITING_VALIDATION, {}, Act.APPROVE),
    "kembalikan": (State.AWAITING_VALIDATION, {"teks": "Fotonya belum ada."}, Act.RETURN_ANSWER),
    "tutup": (State.ANSWERED, {"hasil": "answered", "teks": "Terima kasih. Laporan ini kami tutup."}, Act.CLOSE),
    "buka-lagi": (State.ANSWERED, {"teks": "Lubangnya muncul lagi."}, Act.REOPEN),
    "alihkan": (
        State.DISPATCHED,
        {"instansi": "dlh", "alasan": "wrong_agency", "teks": "Ini urusan DLH."},
        Act.TRANSFER,
    ),
}


def in_state(state: State, cast: Cast) -> Made:
    made = make_report(current_time())
    bring(made, state, cast, current_time())
    return made


@pytest.mark.parametrize("slug", list(ACTS))
def test_an_act_has_a_page_and_is_done_once(cast: Cast, desk: Client, slug: str) -> None:
    state, fields, act = ACTS[slug]
    made = in_state(state, cast)
    assert desk.get(f"/meja/kasus/{made.report.number}/{slug}").status_code == 200
    seen = str(last_event_of(made.report))
    before = Event.objects.filter(report=made.report).count()
    for _ in range(2):  # pressed twice
        response = send(desk, made, slug, dilihat=seen, **fields)
        assert (response.status_code, response["Location"]) == (303, f"/meja/kasus/{made.report.number}")
    assert Event.objects.filter(report=made.report).count() == before + 1
    event = last(made.report)
    assert event.act == act
    assert event.text == fields.get("teks", "")


def test_sealing_leaves_the_desk_and_opens_in_the_room_alone(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    here = f"/meja/kasus/{made.report.number}"
    assert "tidak bisa diurungkan" in desk.get(f"{here}/segel").content.decode()
    response = send(desk, made, "segel", dilihat=str(last_event_of(made.report)), teks="Ini pungli.")
    assert (response.status_code, response["Location"]) == (303, "/meja")
    report = Report.objects.get(pk=made.report.pk)
    assert report.is_restricted
    assert desk.get(here).status_code == desk.get(f"/meja/kasus/{report.ref}").status_code == 404
    reader = at_work(cast, Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    assert reader.get(f"/meja/kasus/{report.ref}")["Location"] == f"/brankas/{report.ref}"


def test_the_form_that_seals_pressed_twice_is_answered_twice_and_another_finds_nothing(
    cast: Cast, desk: Client
) -> None:
    made = in_state(State.SUBMITTED, cast)
    seen = str(last_event_of(made.report))
    for _ in range(2):
        response = send(desk, made, "segel", dilihat=seen, teks="Ini pungli.")
        assert (response.status_code, response["Location"]) == (303, "/meja")
    assert send(desk, made, "segel", dilihat=seen, teks="Ini pungli.", kunci="kunci-2").status_code == 404
    assert send(at_work(cast, Role.LEADER), made, "segel", dilihat=seen, teks="Ini pungli.").status_code == 404
    assert Event.objects.filter(report=made.report, act=Act.SEAL).count() == 1


def test_a_suspected_report_is_closed_to_the_desk_until_somebody_appointed_says_what_it_is(
    cast: Cast, desk: Client
) -> None:
    made = make_report(current_time(), body="Ada pungli di loket 3.")
    here = f"/meja/kasus/{made.report.number}"
    assert desk.get(here).status_code == 404
    assert str(made.report.number) not in desk.get("/meja").content.decode()
    reader = at_work(cast, Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    inbox = reader.get("/meja?antrean=perlu-dipilah").content.decode()
    assert "Isi ditutup: diduga laporan pungli" in inbox
    page = reader.get(here).content.decode()
    assert f"{here}/segel" in page
    assert f"{here}/bukan-segel" in page
    assert f"{here}/teruskan" not in page
    assert send(reader, made, "bukan-segel", dilihat=str(last_event_of(made.report)), teks="").status_code == 303
    assert desk.get(here).status_code == 200


@pytest.mark.parametrize(("slug", "act"), [("terima", Act.ACCEPT_TRANSFER), ("tolak", Act.DECLINE_TRANSFER)])
def test_what_is_offered_back_to_the_desk_is_taken_or_declined(cast: Cast, desk: Client, slug: str, act: Act) -> None:
    made = in_state(State.DISPATCHED, cast)
    steps.transfer(
        made.report, by=cast.liaison, agency=None, reason_code="other", text="Bukan kami.", now=current_time()
    )
    assert desk.get(f"/meja/kasus/{made.report.number}/{slug}").status_code == 200
    seen = str(last_event_of(made.report))
    for _ in range(2):  # the second finds that nobody may any more, and is answered as the first was
        assert send(desk, made, slug, dilihat=seen, alasan="other", teks="Tetap di sana.").status_code == 303
    assert last(made.report).act == act


@pytest.mark.parametrize("slug", list(ACTS))
def test_who_only_reads_may_not(cast: Cast, slug: str) -> None:
    state, fields, _ = ACTS[slug]
    made = in_state(state, cast)
    inspector = at_work(cast, Role.INSPECTORATE)
    before = last_event_of(made.report)
    assert inspector.get(f"/meja/kasus/{made.report.number}/{slug}").status_code == 403
    assert send(inspector, made, slug, **fields).status_code == 403
    assert last_event_of(made.report) == before


@pytest.mark.parametrize("slug", ["teruskan", "setujui", "tutup", "buka-lagi", "minta-data"])
def test_a_report_that_has_moved_on_is_shown_as_it_is_with_what_was_typed(cast: Cast, desk: Client, slug: str) -> None:
    made = in_state(State.ARCHIVED, cast)
    fields = {**ACTS[slug][1], "teks": "Tulisan yang tidak boleh hilang."}
    assert desk.get(f"/meja/kasus/{made.report.number}/{slug}").status_code == 409
    response = send(desk, made, slug, **fields)
    assert response.status_code == 409
    assert "Tulisan yang tidak boleh hilang." in response.content.decode()
    assert fresh(made.report).state == State.ARCHIVED


@pytest.mark.parametrize(
    ("slug", "fields", "field"),
    [
        ("jawab", {"teks": " "}, "teks"),
        ("catatan", {"teks": ""}, "teks"),
        ("teruskan", {"instansi": "", "judul": "Kata yang tinggal", "teks_umum": "x"}, "instansi"),
        ("teruskan", {"instansi": "dlh", "topik": "tidak-ada", "judul": "Kata yang tinggal"}, "topik"),
        ("teks", {"judul": "", "teks_umum": "Kata yang tinggal"}, "judul"),
        ("telepon", {"teks": "Kata yang tinggal"}, "siapa"),
        ("tidak-diproses", {"teks": "Kata yang tinggal"}, "alasan"),
        ("tidak-diproses", {"teks": "Kata yang tinggal", "alasan": "by_reporter"}, "alasan"),
        ("naikkan", {"teks": "Kata yang tinggal", "tingkat": "9"}, "tingkat"),
        ("naikkan", {"teks": "Kata yang tinggal"}, "tingkat"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_stays(
    desk: Client, cast: Cast, slug: str, fields: dict[str, str], field: str
) -> None:
    made = in_state(State.SUBMITTED, cast)
    response = send(desk, made, slug, **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Galat:" in page
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    if "Kata yang tinggal" in fields.values():
        assert "Kata yang tinggal" in page
    assert Event.objects.filter(report=made.report).count() == 1


# The five lights


def test_what_blocks_is_shown_with_every_light_and_the_words(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    text = "Bapak/Ibu, terima kasih. Hubungi petugas kami di 0812-3456-7890 besok."
    response = send(desk, made, "jawab", teks=text)
    page = response.content.decode()
    assert response.status_code == 422
    assert text in page
    assert page.count("<li data-hasil=") == 5
    for name in ("Ringkas", "Padat", "Santun", "Bukti", "Data pribadi"):
        assert f"<span>{name}" in page
    assert 'name="sengaja"' in page
    assert fresh(made.report).state == State.SUBMITTED
    assert last(made.report).act == Act.SUBMIT
    confirmed = send(desk, made, "jawab", teks=text, sengaja="1")
    assert confirmed.status_code == 303
    assert last(made.report).text == text


def test_an_insult_cannot_be_confirmed_away(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    assert send(desk, made, "jawab", teks=f"{ANSWER} Anda bodoh.", sengaja="1").status_code == 422


def test_the_lights_are_looked_at_without_sending(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    page = send(desk, made, "jawab", teks=ANSWER, periksa="1").content.decode()
    assert page.count("<li data-hasil=") == 5
    assert ANSWER in page
    piece = send(desk, made, "periksa", bentuk="jawab", teks=ANSWER)
    assert piece.content.decode().count("<li data-hasil=") == 5
    assert "<html" not in piece.content.decode()
    assert last(made.report).act == Act.SUBMIT


def test_a_note_stays_inside_and_is_not_judged(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    page = desk.get(f"/meja/kasus/{made.report.number}/catatan").content.decode()
    assert "data-lampu" not in page
    assert send(desk, made, "catatan", teks="Nomor lurah 0812-3456-7890.").status_code == 303


def test_a_template_is_put_behind_what_was_typed_and_is_no_answer_alone(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    line = next(line for line in installation().templates if line.act == Act.INFORM)
    response = send(desk, made, "jawab", teks="Halo Bu Sari.", templat=line.code, sisipkan="1")
    page = response.content.decode()
    assert response.status_code == 200
    assert f"Halo Bu Sari.\n{line.text.splitlines()[0]}" in page
    assert send(desk, made, "jawab", teks=line.text).status_code == 422
    assert last(made.report).act == Act.SUBMIT


# Late


def test_a_late_answer_asks_for_the_cause(cast: Cast, desk: Client, clock: Any) -> None:
    made = in_state(State.SUBMITTED, cast)
    assert "Mengapa terlambat dijawab?" not in desk.get(f"/meja/kasus/{made.report.number}/jawab").content.decode()
    clock.write_text(LATE)
    assert "Mengapa terlambat dijawab?" in desk.get(f"/meja/kasus/{made.report.number}/jawab").content.decode()
    without = send(desk, made, "jawab", teks=ANSWER)
    assert without.status_code == 422
    assert 'href="#penyebab"' in without.content.decode()
    assert send(desk, made, "jawab", teks=ANSWER, penyebab="volume").status_code == 303


# Photos


def test_photos_stay_when_the_words_are_refused_and_go_with_them_then(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    refused = send(desk, made, "jawab", teks="", foto=[jpeg("a.jpg"), jpeg("b.jpg")])
    page = refused.content.decode()
    ids = [part.split('"')[0] for part in page.split('name="foto_id" value="')[1:]]
    assert refused.status_code == 422
    assert len(ids) == 2
    small = desk.get(f"/meja/kasus/{made.report.number}/foto/{ids[0]}.jpg?kecil")
    assert small["Content-Type"] == "image/jpeg"
    assert send(desk, made, "jawab", teks=ANSWER, foto_id=ids).status_code == 303
    assert {str(file.pk) for file in last(made.report).files.all()} == set(ids)


def test_a_file_that_is_no_photo_is_named_and_the_others_stay(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    bad = BytesIO(b"no photo")
    bad.name = "surat.pdf"
    refused = send(desk, made, "catatan", teks="Lihat foto.", foto=[jpeg(), bad])
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "surat.pdf:" in page
    assert page.count('name="foto_id"') == 1
    assert "Lihat foto." in page


# Two people, drafts, the session's end


def test_who_sends_after_somebody_else_sees_both_texts_and_may_send_all_the_same(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    seen = str(last_event_of(made.report))
    other = cast.actor(Role.ASSISTANT_ADMIN)
    steps.inform(made.report, by=other, text="Terima kasih, besok kami periksa lubangnya.", now=current_time())
    response = send(desk, made, "jawab", teks=ANSWER, dilihat=seen)
    page = response.content.decode()
    assert response.status_code == 409
    assert cast.person(Role.ASSISTANT_ADMIN).name in page
    assert "“Terima kasih, besok kami periksa lubangnya.”" in page
    assert ANSWER in page
    assert "Kirim juga" in page
    now_seen = page.split('name="dilihat" value="')[1].split('"')[0]
    assert send(desk, made, "jawab", teks=ANSWER, dilihat=now_seen, kunci="kunci-2").status_code == 303
    assert last(made.report).text == ANSWER


def test_unsent_words_are_kept_shown_again_and_forgotten_when_sent(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    kept = send(desk, made, "draf", bentuk="jawab", teks="Setengah jadi")
    assert "Draf tersimpan" in kept.content.decode()
    page = desk.get(f"/meja/kasus/{made.report.number}").content.decode()
    assert "Setengah jadi</textarea>" in page
    assert "Draf tersimpan" in page
    colleague = at_work(cast, Role.ASSISTANT_ADMIN)
    assert "Setengah jadi" not in colleague.get(f"/meja/kasus/{made.report.number}").content.decode()
    assert send(desk, made, "jawab", teks=ANSWER).status_code == 303
    assert not Unsent.objects.exists()


def test_a_draft_is_kept_by_a_button_too_and_an_empty_one_forgotten(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    page = send(desk, made, "tidak-diproses", teks="Belum yakin.", simpan="1").content.decode()
    assert "Draf tersimpan" in page
    assert "Belum yakin." in desk.get(f"/meja/kasus/{made.report.number}/tidak-diproses").content.decode()
    send(desk, made, "draf", bentuk="tidak-diproses", teks="")
    assert not Unsent.objects.exists()


def test_when_the_session_has_ended_what_was_typed_goes_along_to_the_sign_in_page(cast: Cast) -> None:
    made = in_state(State.SUBMITTED, cast)
    response = send(Client(), made, "jawab", teks=ANSWER)
    page = response.content.decode()
    assert response.status_code == 401
    assert ANSWER in page
    assert f"/meja/kasus/{made.report.number}/jawab" in page
    assert (
        send(Client(headers={"Accept": "application/json"}), made, "draf", teks="x", bentuk="jawab").status_code == 401
    )


def test_after_a_report_has_left_its_queue_one_goes_on_with_the_queue(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    response = send(desk, made, "teruskan", **ACTS["teruskan"][1], dari="perlu-dipilah")
    assert response["Location"] == f"/meja?antrean=perlu-dipilah&sesudah={made.report.number}"


def test_what_was_just_sent_can_be_undone_from_its_page(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    send(desk, made, "jawab", teks=ANSWER)
    page = desk.get(f"/meja/kasus/{made.report.number}").content.decode()
    assert f'action="/meja/kasus/{made.report.number}/urungkan"' in page


def test_what_was_undone_stands_in_its_form_again(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    send(desk, made, "jawab", teks=ANSWER)
    assert desk.post(f"/meja/kasus/{made.report.number}/urungkan", {"kunci": "kunci-2"}).status_code == 303
    assert ANSWER in words_of(desk.get(f"/meja/kasus/{made.report.number}/jawab"))


# The answer that two write together


def test_the_desk_and_the_agency_write_one_answer_and_see_when_both_did(cast: Cast, desk: Client) -> None:
    made = in_state(State.IN_PROGRESS, cast)
    base = f"/meja/kasus/{made.report.number}"
    assert "Jawaban bersama" in desk.get(base).content.decode()
    assert send(desk, made, "bersama", teks="Sudah ditambal.", versi="0")["Location"] == f"{base}#bersama"
    page = desk.get(base).content.decode()
    assert "Sudah ditambal.</textarea>" in page
    version = page.split('name="versi" value="')[1].split('"')[0]
    fields = {"teks": "Sudah ditambal dan dibersihkan."}
    steps.keep_unsent(
        fresh(made.report),
        by=cast.liaison,
        form="propose_answer",
        fields=fields,
        is_shared=True,
        version=int(version),
        now=current_time(),
    )
    clash = send(desk, made, "bersama", teks="Ditambal tadi pagi.", versi=version)
    told = clash.content.decode()
    assert clash.status_code == 409
    assert "Sudah ditambal dan dibersihkan." in told
    assert "Ditambal tadi pagi.</textarea>" in told
    newer = told.split('name="versi" value="')[1].split('"')[0]
    assert send(desk, made, "bersama", teks="Ditambal tadi pagi.", versi=newer).status_code == 303


def test_there_is_no_shared_answer_while_no_agency_works_on_it(cast: Cast, desk: Client) -> None:
    made = in_state(State.SUBMITTED, cast)
    assert "Jawaban bersama" not in desk.get(f"/meja/kasus/{made.report.number}").content.decode()

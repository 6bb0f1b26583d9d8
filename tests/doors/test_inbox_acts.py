"""What the inbox does: send one on, take it back, do many at once, keep filters and shortcuts."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import Made, bring, make_report, make_restricted
from tests.office import at_work
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.people.models import Person, SavedFilter
from tuntas.reports.models import Event, Report
from tuntas.rules.life import Act, State
from tuntas.rules.who import Role


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


@pytest.fixture
def made(city: None) -> list[Made]:
    now = current_time()
    return [make_report(now - timedelta(minutes=9 - n), category="road_bridge") for n in range(3)]


def held(report: Report) -> str:
    """Return the slug of who has a report."""
    return report.holder.slug if report.holder else ""


def fields_of(page: str, action: str) -> dict[str, str]:
    """Return what a form would send as it stands: hidden fields, what is typed and chosen."""
    form = page[page.index(f'action="{action}"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, value in re.findall(r'<input type="radio" name="([^"]+)"[^>]*value="([^"]*)"[^>]* checked', form):
        found[name] = value
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'<input class="c-input"[^>]* name="([^"]+)" value="([^"]*)"', form):
        found[name] = value
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = value
    return {name: unescape(value) for name, value in found.items()}


def opened(desk: Client, report: Report) -> dict[str, str]:
    page = desk.get(f"/meja?antrean=perlu-dipilah&buka={report.number}").content.decode()
    return fields_of(page, f"/meja/pilah/{report.number}")


def forward(desk: Client, report: Report, **changed: str):  # type: ignore[no-untyped-def]
    return desk.post(f"/meja/pilah/{report.number}", {**opened(desk, report), **changed})


def page_of(response) -> str:  # type: ignore[no-untyped-def]
    return unescape(response.content.decode())


# One


def test_sending_one_on_opens_the_next_and_says_what_was_done(desk: Client, made: list[Made]) -> None:
    first, second = made[0].report, made[1].report
    response = forward(desk, first)
    assert response.status_code == 303
    assert response["Location"] == f"/meja?antrean=perlu-dipilah&buka={second.number}&sesudah={first.number}"
    first.refresh_from_db()
    assert (first.state, held(first)) == (State.DISPATCHED, "dinas-pupr")
    page = page_of(desk.get(response["Location"]))
    assert f"{first.number} diteruskan ke Dinas PUPR" in page or f"{first.number} diteruskan ke" in page
    assert f'data-nomor="{second.number}"' in page
    assert f'action="/meja/kasus/{first.number}/urungkan"' in page


def test_what_was_changed_is_what_is_sent(desk: Client, made: list[Made]) -> None:
    report = made[0].report
    forward(
        desk, report, ke="lain", ke_lain="dlh", topik="waste_environment", judul="Sampah di pasar", isi="Bau sekali."
    )
    report.refresh_from_db()
    assert (held(report), report.category and report.category.code) == ("dlh", "waste_environment")
    assert (report.public_title, report.public_text) == ("Sampah di pasar", "Bau sekali.")


def test_sent_twice_is_once(desk: Client, made: list[Made]) -> None:
    report = made[0].report
    fields = opened(desk, report)
    answers = [desk.post(f"/meja/pilah/{report.number}", fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Event.objects.filter(report=report, act=Act.DISPATCH).count() == 1


@pytest.mark.parametrize("changed", [{"ke": "lain", "ke_lain": ""}, {"ke": "entah"}, {"topik": "entah"}])
def test_what_cannot_be_sent_comes_back_as_it_was_typed(
    desk: Client, made: list[Made], changed: dict[str, str]
) -> None:
    response = forward(desk, made[0].report, judul="Judul saya", **changed)
    assert response.status_code == 422
    page = page_of(response)
    assert "<title>Galat:" in page
    assert 'role="alert"' in page
    assert 'value="Judul saya"' in page
    made[0].report.refresh_from_db()
    assert made[0].report.state == State.SUBMITTED


def test_who_was_overtaken_sees_what_the_other_wrote_and_keeps_their_words(
    cast: Cast, desk: Client, made: list[Made]
) -> None:
    report = made[0].report
    fields = opened(desk, report)
    other = cast.actor(Role.ASSISTANT_ADMIN)
    steps.note(report, by=other, text="Saya telepon dulu pelapornya.", now=current_time())
    response = desk.post(f"/meja/pilah/{report.number}", {**fields, "judul": "Judul saya"})
    assert response.status_code == 409
    page = page_of(response)
    assert "Saya telepon dulu pelapornya." in page
    assert 'value="Judul saya"' in page
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    again = fields_of(response.content.decode(), f"/meja/pilah/{report.number}")
    assert desk.post(f"/meja/pilah/{report.number}", again).status_code == 303


def test_a_report_that_another_sent_on_is_told(cast: Cast, desk: Client, made: list[Made]) -> None:
    report = made[0].report
    fields = opened(desk, report)
    steps.dispatch(report, by=cast.actor(Role.ASSISTANT_ADMIN), agency="dlh", now=current_time())
    assert desk.post(f"/meja/pilah/{report.number}", fields).status_code == 409
    report.refresh_from_db()
    assert held(report) == "dlh"


def test_nobody_else_sends_on_and_nothing_restricted_goes(cast: Cast, made: list[Made]) -> None:
    report = made[0].report
    assert at_work(cast, Role.LIAISON, "dlh").post(f"/meja/pilah/{report.number}").status_code == 403
    shut = make_restricted(current_time()).report
    appointed = at_work(cast, Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    assert appointed.post(f"/meja/pilah/{shut.ref}", {"ke": "inspektorat"}).status_code == 404
    assert appointed.post(f"/meja/kasus/{shut.ref}/urungkan").status_code == 404


def test_a_session_that_ended_keeps_what_was_typed(desk: Client, made: list[Made]) -> None:
    report = made[0].report
    fields = opened(desk, report)
    response = Client().post(f"/meja/pilah/{report.number}", {**fields, "judul": "Judul saya"})
    assert response.status_code == 401
    assert "Judul saya" in page_of(response)


# Back


def test_the_last_act_is_taken_back_and_the_report_stands_open_again(desk: Client, made: list[Made]) -> None:
    report = made[0].report
    sent = forward(desk, report)
    form = fields_of(desk.get(sent["Location"]).content.decode(), f"/meja/kasus/{report.number}/urungkan")
    response = desk.post(f"/meja/kasus/{report.number}/urungkan", form)
    assert response.status_code == 303
    assert f"buka={report.number}" in response["Location"]
    report.refresh_from_db()
    assert (report.state, report.holder_id) == (State.SUBMITTED, None)
    assert f"{report.number} kembali seperti semula" in page_of(desk.get(response["Location"]))
    assert desk.post(f"/meja/kasus/{report.number}/urungkan", form).status_code == 303


def test_too_late_to_take_back_is_told(cast: Cast, desk: Client) -> None:
    now = current_time()
    report = bring(make_report(now - timedelta(hours=3)), State.IN_PROGRESS, cast, now - timedelta(hours=3))
    response = desk.post(f"/meja/kasus/{report.number}/urungkan", {"kunci": "k"})
    assert response.status_code == 409
    assert "tidak bisa ditarik lagi" in page_of(response)
    report.refresh_from_db()
    assert report.state == State.IN_PROGRESS


# Many


def picked(desk: Client, reports: list[Report], act: str = "teruskan", **more: str):  # type: ignore[no-untyped-def]
    names = [report.name for report in reports]
    return desk.post("/meja/massal", {"pilih": names, "tindakan": act, "sejak": current_time().isoformat(), **more})


def test_many_are_shown_before_they_go(desk: Client, made: list[Made]) -> None:
    response = picked(desk, [each.report for each in made])
    page = page_of(response)
    assert response.status_code == 200
    assert page.count('name="pilih"') == 3
    assert page.count('<option value="dinas-pupr" selected') == 3
    assert not Report.objects.exclude(state=State.SUBMITTED).exists()


def test_many_go_where_they_shall_and_only_those(desk: Client, made: list[Made]) -> None:
    first, second, third = (each.report for each in made)
    page = picked(desk, [first, second, third]).content.decode()
    fields = fields_of(page, "/meja/massal")
    fields[f"ke-{second.number}"] = "dlh"
    response = desk.post("/meja/massal", {**fields, "pilih": [first.number, second.number]})
    assert response.status_code == 303
    for report, agency in ((first, "dinas-pupr"), (second, "dlh")):
        report.refresh_from_db()
        assert held(report) == agency
    third.refresh_from_db()
    assert third.state == State.SUBMITTED
    again = desk.post("/meja/massal", {**fields, "pilih": [first.number, second.number]})
    assert again["Location"] == response["Location"]
    assert Event.objects.filter(act=Act.DISPATCH).count() == 2
    told = page_of(desk.get(response["Location"]))
    assert "2 selesai" in told
    assert (first.number or "") in told


def test_what_changed_is_left_out_before_and_in_between(cast: Cast, desk: Client, made: list[Made]) -> None:
    first, second, third = (each.report for each in made)
    before = (current_time() - timedelta(minutes=1)).isoformat()
    colleague = cast.actor(Role.ASSISTANT_ADMIN)
    steps.note(first, by=colleague, text="Saya cek dulu.", now=current_time())
    response = picked(desk, [first, second, third], sejak=before)
    page = page_of(response)
    assert f"{first.number}</span>: berubah sejak daftar dibuka" in page
    assert page.count('name="pilih"') == 2
    steps.note(second, by=colleague, text="Ini juga.", now=current_time())
    fields = fields_of(response.content.decode(), "/meja/massal")
    done = desk.post("/meja/massal", {**fields, "pilih": [second.number, third.number]})
    told = page_of(desk.get(done["Location"]))
    assert "1 selesai, 1 tidak ikut" in told
    assert "berubah sejak daftar dibuka" in told
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.SUBMITTED, State.DISPATCHED)


def test_restricted_unknown_and_finished_ones_never_go_along(cast: Cast, made: list[Made]) -> None:
    appointed = at_work(cast, Role.AGENCY_ADMIN, also=Role.SEALED_READER)
    now = current_time()
    shut = make_restricted(now - timedelta(minutes=5)).report
    gone = bring(make_report(now - timedelta(days=3)), State.CLOSED, cast, now - timedelta(days=3))
    response = picked(appointed, [shut, gone, made[0].report], pilih_lain="x")
    page = page_of(response)
    assert "isinya ditutup" in page
    assert "tidak bisa dilakukan dalam keadaannya sekarang" in page
    assert page.count('name="pilih"') == 1
    fields = fields_of(response.content.decode(), "/meja/massal")
    forced = {**fields, "pilih": [shut.ref, gone.number, "26-99999"], f"ke-{shut.ref}": "inspektorat"}
    appointed.post("/meja/massal", forced)
    shut.refresh_from_db()
    assert shut.state == State.SUBMITTED


def test_one_question_to_many_is_judged_before_it_goes(desk: Client, made: list[Made]) -> None:
    reports = [made[0].report, made[1].report]
    fields = fields_of(picked(desk, reports, "minta-data").content.decode(), "/meja/massal")
    names = [report.number for report in reports]
    bad = desk.post("/meja/massal", {**fields, "pilih": names, "teks": ""})
    assert bad.status_code == 422
    private = desk.post("/meja/massal", {**fields, "pilih": names, "teks": "Apakah nomor Anda 081234567890?"})
    assert private.status_code == 422
    assert "081234567890" in page_of(private)
    assert not Event.objects.filter(act=Act.ASK).exists()
    good = desk.post("/meja/massal", {**fields, "pilih": names, "teks": "Di RT berapa jalan yang rusak itu?"})
    assert good.status_code == 303
    for report in reports:
        report.refresh_from_db()
        assert report.state == State.NEEDS_INFO


def test_nothing_picked_or_no_act_leads_back(desk: Client, made: list[Made]) -> None:
    for sent in ({"tindakan": "teruskan"}, {"pilih": [made[0].report.number], "tindakan": "archive"}):
        response = desk.post("/meja/massal", {**sent, "kembali": "antrean=milik-saya"})
        assert response["Location"] == "/meja?antrean=milik-saya"


def test_the_result_names_only_what_one_may_see(desk: Client, made: list[Made]) -> None:
    shut = make_restricted(current_time()).report
    address = f"/meja/massal/hasil?tindakan=teruskan&sudah={made[0].report.number},{shut.ref}&lewat=26-99999:berubah"
    page = page_of(desk.get(address))
    assert (made[0].report.number or "") in page
    assert str(shut.ref) not in page
    assert "26-99999" not in page


# Filters and shortcuts


def test_a_filter_is_saved_shown_and_deleted(cast: Cast, desk: Client, made: list[Made]) -> None:
    page = page_of(desk.get("/meja?antrean=perlu-dipilah&kategori=road_bridge"))
    link = re.search(r'href="(/meja/saringan\?simpan=[^"]+)"', page)
    assert link
    fields = fields_of(desk.get(link[1]).content.decode(), "/meja/saringan")
    assert desk.post("/meja/saringan", {**fields, "nama": ""}).status_code == 422
    saved = desk.post("/meja/saringan", {**fields, "nama": "Jalan <b>", "bersama": "1"})
    assert saved["Location"] == "/meja?antrean=perlu-dipilah&kategori=road_bridge"
    assert "Jalan &lt;b&gt;" in desk.get("/meja").content.decode()
    colleague = at_work(cast, Role.ASSISTANT_ADMIN)
    kept = SavedFilter.objects.get()
    assert "dibagi oleh" in page_of(colleague.get("/meja/saringan"))
    colleague.post("/meja/saringan", {"hapus": str(kept.pk)})
    assert SavedFilter.objects.exists()
    desk.post("/meja/saringan", {"hapus": str(kept.pk)})
    assert not SavedFilter.objects.exists()


def test_a_saved_filter_keeps_only_fields_of_ours(desk: Client) -> None:
    desk.post("/meja/saringan", {"simpan": "q=air&buka=26-1&x=//jahat.example", "nama": "Air"})
    assert SavedFilter.objects.get().query == "q=air"


def test_shortcuts_are_changed_switched_off_and_set_back(cast: Cast, desk: Client) -> None:
    fields = fields_of(desk.get("/meja/pintasan").content.decode(), "/meja/pintasan")
    wrong = desk.post("/meja/pintasan", {**fields, "hidup": "1", "tombol-turun": "K"})
    assert wrong.status_code == 422
    assert "Tombol ini sudah dipakai untuk hal lain" in page_of(wrong)
    desk.post("/meja/pintasan", {**fields, "hidup": "1", "tombol-turun": "N"})
    person = cast.person(Role.AGENCY_ADMIN)
    assert person.keys == {"keys": {"turun": "n"}}
    assert '"n":"turun"' in page_of(desk.get("/meja"))
    desk.post("/meja/pintasan", {k: v for k, v in fields.items() if k != "hidup"})
    assert 'data-keys="{}"' in page_of(desk.get("/meja"))
    desk.post("/meja/pintasan", {"semula": "1"})
    assert Person.objects.get(pk=person.pk).keys == {}

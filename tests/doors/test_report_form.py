"""The three steps and the receipt, without a script: what a phone with a bad line and no cookies can do."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.make import T0, bring, make_report
from tests.sealed_room import make_readers
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Area
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Draft, File, Follower, Report
from tuntas.rules.life import State
from tuntas.rules.who import Actor
from tuntas.sealed.models import Directory, WrappedKey
from tuntas.sealed.queries import envelopes_of
from tuntas.steps.limit import REPORTS_AN_HOUR
from tuntas.web.citizen import patience

pytestmark = pytest.mark.usefixtures("city")
STORY = "Jalan di depan pasar berlubang besar, sudah dua minggu. Kalau hujan tertutup air."
VILLAGE = "32.99.01.1001"


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


def photo(name: str = "foto.jpg", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    out = BytesIO()
    PIL.Image.effect_noise(size, 40).convert("RGB").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?>', page)
    }


class Walk:
    """Somebody who fills in the form."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def story(self, text: str = STORY, **more: Any) -> Any:
        first = self.client.get("/lapor")
        return self.client.post("/lapor", {**hidden(first.content.decode()), "cerita": text, **more})

    def place(self, draft: str, **said: Any) -> Any:
        return self.client.post("/lapor/tempat", {"draf": draft, "kelurahan": VILLAGE, **said})

    def last(self, draft: str) -> dict[str, str]:
        """Return the fields of step 3 as they stand."""
        page = self.client.get(f"/lapor/kirim?draf={draft}").content.decode()
        return {**hidden(page), "nama_untuk": "anonim", "isi_untuk": "umum"}

    def draft(self, **more: Any) -> str:
        """Return the link of a draft that is ready to send."""
        link = draft_in(self.story(**more))
        assert self.place(link).status_code == 303
        return link

    def send(self, **said: Any) -> Any:
        return self.client.post("/lapor/kirim", {**self.last(self.draft()), **said})


def draft_in(response: Any) -> str:
    assert response.status_code == 303, response.content.decode()
    return str(response["Location"]).partition("draf=")[2]


@pytest.fixture
def walk(client: Client) -> Walk:
    return Walk(client)


# The way through


def test_three_steps_make_a_report_and_show_its_code_once_more_for_a_day(walk: Walk, clock: Path) -> None:
    draft = draft_in(walk.story(foto=[photo(), photo("dua.jpg")]))
    there = walk.place(draft, patokan="Depan pasar", kapan="kemarin")
    assert there["Location"] == f"/lapor/kirim?draf={draft}"
    fields = walk.last(draft)
    sent = walk.client.post("/lapor/kirim", {**fields, "nama": "Sari", "email": "sari@contoh.id"})
    assert sent.status_code == 303
    receipt = walk.client.get(sent["Location"])
    page = receipt.content.decode()
    report = Report.objects.get()
    code = re.search(r"data-code>([0-9A-Z-]{12})<", page)
    assert code is not None
    assert (report.body, report.location_text, report.channel, report.is_anonymous) == (
        STORY,
        "Depan pasar",
        "web",
        True,
    )
    assert report.area is not None
    assert report.area.code == VILLAGE
    assert report.files.count() == 2
    assert report.contact.email == "sari@contoh.id"
    assert report.category is not None
    assert report.category.code == "road_bridge"  # guessed from the story
    assert report.event_date is not None
    assert report.event_date == report.received_at.astimezone(installation().zone).date() - timedelta(days=1)
    assert "sari@contoh.id" not in page  # only so much that its owner knows it
    assert "s•••@contoh.id" in page
    assert "Dijawab petugas paling lambat" in page
    assert STORY not in page
    assert walk.client.get("/api/v1/track", headers={"Authorization": f"Code {code[1]}"}).status_code == 200
    clock.write_text("+25h")
    assert walk.client.get(sent["Location"]).status_code == 410


def test_it_works_without_any_cookie(city: None) -> None:
    def fresh() -> Walk:
        return Walk(Client())  # each request from a browser that keeps nothing

    first = fresh().client.post("/lapor", {"cerita": STORY})
    draft = draft_in(first)
    assert fresh().place(draft).status_code == 303
    fields = fresh().last(draft)
    sent = fresh().client.post("/lapor/kirim", fields)
    assert fresh().client.get(sent["Location"]).status_code == 200
    assert Report.objects.count() == 1


def test_the_form_sent_twice_is_one_report_with_one_receipt(walk: Walk) -> None:
    fields = walk.last(walk.draft())
    first, second = (walk.client.post("/lapor/kirim", fields) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_who_knows_the_draft_but_not_the_form_sees_no_receipt(walk: Walk) -> None:
    draft = walk.draft()
    fields, others = walk.last(draft), walk.last(draft)
    walk.client.post("/lapor/kirim", fields)
    assert walk.client.post("/lapor/kirim", others).status_code == 410
    assert walk.client.get(f"/lapor/kirim?draf={draft}").status_code == 410


def test_the_receipt_as_picture_and_slip(walk: Walk) -> None:
    address = walk.send()["Location"]
    picture = walk.client.get(f"{address}.png")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    slip = walk.client.get(f"{address}/struk").content.decode()
    assert STORY not in slip
    assert "Struk" in slip
    assert walk.client.get("/lapor/terima/bukan-tanda-terima").status_code == 410
    assert walk.client.get("/lapor/terima/bukan-tanda-terima.png").status_code == 404


def test_everything_can_be_read_in_english(walk: Walk) -> None:
    walk.client.get("/?bahasa=en")
    page = walk.send()
    report = Report.objects.get()
    assert report.language == "en"
    assert "We have received your report" in walk.client.get(page["Location"]).content.decode()


# What was typed stays


def test_too_short_a_story_is_named_and_kept_with_its_photos(walk: Walk) -> None:
    response = walk.story("jalan", foto=[photo()])
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Galat:" in page
    assert page.count("Tulis lebih jelas apa yang terjadi, sedikitnya satu kalimat") == 2  # summary and field
    assert ">\njalan</textarea>" in page
    assert page.count('class="c-thumb"') == 1
    again = walk.client.post("/lapor", {**hidden(page), "cerita": STORY})
    assert walk.place(draft_in(again)).status_code == 303


@pytest.mark.parametrize("text", ["", "   ", "\u200b" * 40, "x" * 10_001])
def test_stories_that_cannot_be_taken(walk: Walk, text: str) -> None:
    assert walk.story(text).status_code == 422
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["🙏" * 20, "<script>alert(1)</script> di pasar", "بسم الله الرحمن الرحيم", "a\r\nb" * 9]
)
def test_stories_in_any_script_and_sign(walk: Walk, text: str) -> None:
    draft = draft_in(walk.story(text))
    page = walk.client.get(f"/lapor?draf={draft}").content.decode()
    assert "<script>alert" not in page
    walk.place(draft)
    walk.client.post("/lapor/kirim", walk.last(draft))
    assert Report.objects.get().body == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"bukan foto",
        b"GIF89a" + b"0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff" + b"0" * 900,
    ],
)
def test_a_bad_photo_has_its_sentence_and_the_others_stay(walk: Walk, bad: bytes) -> None:
    response = walk.story(foto=[photo(), SimpleUploadedFile("rusak.jpg", bad or b"\0", "image/jpeg")])
    page = response.content.decode()
    assert response.status_code == 422
    assert "rusak.jpg: " in page
    assert page.count('class="c-thumb"') == 1
    assert STORY in unescape(page)


def test_a_photo_of_thirty_megabytes_loses_nothing_else(walk: Walk) -> None:
    huge = SimpleUploadedFile("besar.jpg", b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024), "image/jpeg")
    response = walk.story(foto=[huge, photo()])
    page = response.content.decode()
    assert response.status_code == 422
    assert "besar.jpg: Foto terlalu besar. Batasnya 10 MB." in page
    assert STORY in unescape(page)


def test_the_sixth_photo_is_left_out_and_said_so(walk: Walk) -> None:
    response = walk.story(foto=[photo(f"{n}.jpg", (64, 48)) for n in range(6)])
    assert response.status_code == 422
    assert "5.jpg: Paling banyak 5 foto." in response.content.decode()
    assert File.objects.count() == 5


def test_a_photo_can_be_removed_again(walk: Walk) -> None:
    draft = draft_in(walk.story(foto=[photo()]))
    page = walk.client.get(f"/lapor?draf={draft}").content.decode()
    found = re.search(r'name="hapus" value="([^"]+)"', page)
    assert found is not None
    assert walk.client.get(f"/lapor/foto/{found[1]}").status_code == 200
    walk.client.post("/lapor", {"draf": draft, "cerita": STORY, "hapus": found[1]})
    assert "c-thumb" not in walk.client.get(f"/lapor?draf={draft}").content.decode().replace("c-thumbs", "")


def test_a_place_is_needed_and_a_village_enough(walk: Walk) -> None:
    draft = draft_in(walk.story())
    none = walk.client.post("/lapor/tempat", {"draf": draft, "patokan": "Dekat masjid"})
    page = none.content.decode()
    assert none.status_code == 422
    assert "Pilih kelurahan, atau ketuk peta" in page
    assert 'value="Dekat masjid"' in page
    assert walk.place(draft).status_code == 303


@pytest.mark.parametrize(
    "forged",
    [
        {"kelurahan": "99.99"},
        {"kelurahan": VILLAGE, "kapan": "tanggal", "tanggal": "kemarin"},
        {"kelurahan": VILLAGE, "kapan": "tanggal", "tanggal": "2999-01-01"},
        {"kelurahan": VILLAGE, "patokan": "x" * 501},
        {"aksi": "lokasi", "lat": "NaN", "lng": "1e999"},
        {"aksi": "lokasi", "lat": "60", "lng": "5"},
        {"peta": "1e9,x,", "titik.x": "-5", "titik.y": "aa"},
        {"peta": "0,0,1", "titik.x": "99999", "titik.y": "2", "aksi": "tengah"},
        {"topik": "bribery_corruption"},
        {"ikut": "26-1"},
    ],
)
def test_forged_fields_of_the_place_never_break_it(walk: Walk, forged: dict[str, str]) -> None:
    draft = draft_in(walk.story())
    response = walk.client.post("/lapor/tempat", {"draf": draft, **forged})
    assert response.status_code in (200, 422)
    assert "Di mana dan kapan?" in response.content.decode()
    assert walk.place(draft).status_code == 303


def test_a_bad_address_is_named_and_everything_stays(walk: Walk) -> None:
    response = walk.send(email="bukan alamat", nama="Sari")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="bukan alamat"' in page
    assert 'value="Sari"' in page
    assert Report.objects.count() == 0


def test_what_nobody_may_know_is_not_kept(walk: Walk) -> None:
    walk.send(nama_untuk="tanpa", nama="Sari", email="sari@contoh.id")
    report = Report.objects.get()
    assert report.is_anonymous
    assert not hasattr(report, "contact")


def test_secret_stays_out_of_the_public(walk: Walk, client: Client) -> None:
    walk.send(isi_untuk="rahasia")
    report = Report.objects.get()
    assert report.is_secret
    assert client.get(f"/api/v1/reports/{report.number}").status_code == 404


def test_only_machines_fill_the_hidden_field(walk: Walk) -> None:
    response = walk.send(situs="http://murah.example")
    assert response.status_code == 422
    assert "Kosongkan isian ini" in response.content.decode()


# Drafts


@pytest.mark.parametrize("link", ["", "x", "I" * 34, "../..", "💥" * 34])
def test_a_made_up_draft_opens_nothing(walk: Walk, link: str) -> None:
    for address in ("/lapor/tempat", "/lapor/kirim"):
        assert walk.client.get(address, {"draf": link}).status_code == 410
        assert walk.client.post(address, {"draf": link, "kelurahan": VILLAGE, "kunci": link}).status_code == 410
    assert walk.client.get("/lapor", {"draf": link}).status_code == 200


def test_a_draft_opens_only_on_the_phone_that_wrote_it(walk: Walk) -> None:
    draft = walk.draft()
    other = Client()
    for address in ("/lapor/tempat", "/lapor/kirim"):
        assert other.get(address, {"draf": draft}).status_code == 410
    assert STORY not in unescape(other.get("/lapor", {"draf": draft}).content.decode())
    fields = walk.last(draft)
    assert other.post("/lapor/kirim", fields).status_code == 410
    assert Report.objects.count() == 0


def test_a_draft_is_gone_after_a_day_and_tidied_away(walk: Walk, clock: Path) -> None:
    draft = walk.draft()
    clock.write_text("+24h1m")
    assert walk.client.get(f"/lapor/kirim?draf={draft}").status_code == 410
    row = Draft.objects.get()
    steps.tidy(now=row.at + timedelta(hours=24, minutes=1), real_now=row.at)
    assert Draft.objects.count() == 0


def test_no_word_of_a_draft_can_be_read_from_the_database(walk: Walk) -> None:
    draft = walk.draft()
    row = Draft.objects.get()
    assert b"pasar" not in bytes(row.data)
    assert draft not in f"{row.key}{row.holder}{bytes(row.data)!r}"


def test_what_is_typed_over_a_stale_draft_goes_on_in_a_new_one(walk: Walk) -> None:
    draft = walk.draft()
    walk.client.post("/lapor/kirim", walk.last(draft))
    again = walk.client.post("/lapor", {"draf": draft, "cerita": STORY + " Lagi."})
    assert draft_in(again) != draft


def test_leave_quickly_forgets_the_draft_and_shows_something_harmless(walk: Walk) -> None:
    draft = walk.draft()
    Client().get("/lapor/keluar", {"draf": draft})  # another phone deletes nothing
    assert Draft.objects.count() == 1
    gone = walk.client.get("/lapor/keluar", {"draf": draft})
    assert (gone.status_code, gone["Location"]) == (303, "https://www.bmkg.go.id/")
    assert "storage" in gone["Clear-Site-Data"]
    assert Draft.objects.count() == 0
    assert walk.client.get("/lapor/keluar").status_code == 303


def test_another_site_cannot_send_the_form(walk: Walk) -> None:
    fields = walk.last(walk.draft())
    refused = walk.client.post("/lapor/kirim", fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert Report.objects.count() == 0


# The place


def test_a_tap_on_the_map_finds_its_village_without_a_script(walk: Walk) -> None:
    draft = draft_in(walk.story())
    page = walk.client.get(f"/lapor/tempat?draf={draft}").content.decode()
    fields = hidden(page)
    tapped = walk.client.post("/lapor/tempat", {**fields, "titik.x": "144", "titik.y": "108"}).content.decode()
    assert re.search(r"<strong>Kelurahan \w[\w ]+\.</strong>", tapped)
    nearer = walk.client.post("/lapor/tempat", {**hidden(tapped), "aksi": "perbesar"}).content.decode()
    assert hidden(nearer)["peta"].endswith(",2")
    away = walk.client.post("/lapor/tempat", {**hidden(nearer), "aksi": "kiri"}).content.decode()
    assert hidden(away)["peta"] != hidden(nearer)["peta"]
    without = walk.client.post("/lapor/tempat", {**hidden(away), "aksi": "hapus-titik"}).content.decode()
    assert "Hapus titik" not in without


def test_a_point_from_the_phone_is_read_back_with_its_error_and_sent(walk: Walk) -> None:
    draft = draft_in(walk.story())
    lat, lng = -6.9573, 106.9276
    page = walk.client.post(
        "/lapor/tempat", {"draf": draft, "aksi": "lokasi", "lat": lat, "lng": lng, "akurasi": "15.2"}
    ).content.decode()
    found = re.search(r"meleset sekitar (\d+) meter", page)
    if found is None:
        pytest.fail("the point is not in the profile's outlines")
    assert found[1] == "15"
    chosen = re.search(r'<option value="([^"]+)" selected>', page)
    assert chosen is not None
    walk.client.post("/lapor/tempat", {"draf": draft, "kelurahan": chosen[1]})
    walk.client.post("/lapor/kirim", walk.last(draft))
    report = Report.objects.get()
    assert (report.lat, report.lng) == (lat, lng)


def test_another_village_than_the_points_drops_the_point(walk: Walk) -> None:
    draft = draft_in(walk.story())
    walk.client.post("/lapor/tempat", {"draf": draft, "aksi": "lokasi", "lat": -6.9573, "lng": 106.9276})
    walk.client.post("/lapor/tempat", {"draf": draft, "kelurahan": "32.99.04.1006"})
    walk.client.post("/lapor/kirim", walk.last(draft))
    assert Report.objects.get().lat is None


def test_the_place_of_a_photo_is_offered_and_then_forgotten(walk: Walk) -> None:
    draft = draft_in(walk.story(foto_lat="-6.9573", foto_lng="106.9276"))
    page = walk.client.get(f"/lapor/tempat?draf={draft}").content.decode()
    assert "Foto Anda diambil di sekitar" in page
    taken = walk.client.post("/lapor/tempat", {**hidden(page), "aksi": "foto"}).content.decode()
    assert "Hapus titik" in taken
    walk.place(draft)
    again = walk.client.get(f"/lapor/tempat?draf={draft}").content.decode()
    assert "Foto Anda diambil" not in again


# Somebody has reported it already


@pytest.fixture
def lead(cast: Cast) -> Report:
    made = make_report(T0, category="road_bridge")
    Report.objects.filter(pk=made.report.pk).update(area=Area.objects.get(code=VILLAGE))
    made.report.refresh_from_db()
    bring(made, State.DISPATCHED, cast, T0)
    return made.report


def test_the_same_can_be_followed_with_a_code_and_clock_of_ones_own(walk: Walk, lead: Report, clock: Path) -> None:
    draft = walk.draft()
    page = walk.client.get(f"/lapor/kirim?draf={draft}").content.decode()
    assert f'name="ikut" value="{lead.number}"' in page
    followed = walk.client.post("/lapor/kirim", {**walk.last(draft), "ikut": lead.number})
    assert followed.status_code == 303
    fields = walk.last(draft)
    walk.client.post("/lapor/kirim", fields)
    report = Report.objects.exclude(pk=lead.pk).get()
    assert report.supports_id == lead.pk
    assert Follower.objects.get().own_report_id == report.pk
    lead.refresh_from_db()
    assert lead.follower_count == 1
    assert report.deadlines.filter(promise="answer").exists()


def test_it_is_followed_from_the_second_step_too(walk: Walk, lead: Report) -> None:
    draft = draft_in(walk.story())
    walk.place(draft)
    page = walk.client.get(f"/lapor/tempat?draf={draft}").content.decode()
    assert "Ini sama, ikut" in page
    there = walk.place(draft, ikut=lead.number)
    assert there.status_code == 303
    assert f"pendukung laporan {lead.number}" in walk.client.get(there["Location"]).content.decode()


def test_secret_ones_are_never_offered(walk: Walk, lead: Report) -> None:
    steps.set_privacy(lead, by=Actor(report_id=lead.pk), is_secret=True, now=T0)
    draft = walk.draft()
    assert "Ini sama, ikut" not in walk.client.get(f"/lapor/tempat?draf={draft}").content.decode()
    assert walk.place(draft, ikut=lead.number).status_code == 303
    walk.client.post("/lapor/kirim", walk.last(draft))
    assert Report.objects.exclude(pk=lead.pk).get().supports_id is None


# A network from which very much comes


def test_a_busy_network_waits_a_little_but_is_never_refused(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0)
    for _ in range(REPORTS_AN_HOUR):
        walk.client.post("/api/v1/reports", {"body": "Lampu mati."}, content_type="application/json")
    fields = walk.last(walk.draft())
    busy = walk.client.post("/lapor/kirim", fields)
    page = busy.content.decode()
    assert busy.status_code == 422
    assert "Belum terkirim: satu langkah lagi" in page
    forged = {**hidden(page), "nama_untuk": "anonim", "isi_untuk": "umum", "tiket": "1.abc"}
    assert walk.client.post("/lapor/kirim", forged).status_code == 422
    patient = {**hidden(page), "nama_untuk": "anonim", "isi_untuk": "umum"}
    assert walk.client.post("/lapor/kirim", patient).status_code == 303
    assert Report.objects.get(channel="web").doubts == ["fast", "network", "no_effort"]


# Extortion


def test_the_tick_box_leads_to_one_page_and_leaves_no_draft(walk: Walk, cast: Cast) -> None:
    make_readers()
    draft = walk.draft()
    page = walk.client.post("/lapor", {"draf": draft, "cerita": STORY, "segel": "1"}).content.decode()
    assert "Siapa yang bisa membaca laporan ini" in page
    assert "server melihat isinya sekali saat menguncinya" in page  # no more than is true
    assert STORY in unescape(page)
    assert Draft.objects.count() == 0
    fields = {**hidden(page), "cerita": STORY, "tentang": "bribery_corruption", "kelurahan": VILLAGE}
    first = walk.client.post("/lapor/tersegel", {**fields, "foto": [photo()]})
    second = walk.client.post("/lapor/tersegel", fields)
    assert first["Location"] == second["Location"]
    report = Report.objects.get()
    assert (report.is_restricted, report.number, report.body, report.files.count()) == (True, None, "", 0)
    assert sorted(envelope.kind for envelope in envelopes_of(report.pk)) == ["file", "story"]
    receipt = walk.client.get(first["Location"]).content.decode()
    assert re.search(r"data-code>([0-9A-Z]{4}-){5}[0-9A-Z]{4}<", receipt)
    assert "Inspektorat" in receipt


def test_the_closed_page_keeps_what_was_typed_but_no_photo(walk: Walk, cast: Cast) -> None:
    make_readers()
    page = walk.client.get("/lapor/tersegel").content.decode()
    typed = {"cerita": "pungli", "email": "salah", "kelurahan": "1.2", "tanggal": "2999-01-01", "nama": "Sari"}
    response = walk.client.post("/lapor/tersegel", {**hidden(page), **typed, "foto": [photo()]})
    again = response.content.decode()
    assert response.status_code == 422
    assert ">\npungli</textarea>" in again
    for kept in ('value="salah"', 'value="Sari"', 'value="2999-01-01"', "Pilih fotonya lagi"):
        assert kept in again
    assert (Report.objects.count(), File.objects.count()) == (0, 0)
    ready = {**hidden(again), "cerita": STORY, "tentang": "road_bridge"}  # no way out of the restricted ones
    assert walk.client.post("/lapor/tersegel", ready).status_code == 303
    assert Report.objects.get().is_restricted


def test_whoever_is_left_out_without_scripts_gets_no_key_either(walk: Walk, cast: Cast) -> None:
    out, *stay = make_readers().values()
    page = walk.client.get("/lapor/tersegel").content.decode()
    fields = {**hidden(page), "cerita": STORY, "tentang": "bribery_corruption"}
    nobody = walk.client.post("/lapor/tersegel", {**fields, "kecuali": [str(r.key_id) for r in (out, *stay)]})
    assert nobody.status_code == 422
    assert "Sisakan sedikitnya satu orang" in nobody.content.decode()
    assert walk.client.post("/lapor/tersegel", {**fields, "kecuali": str(out.key_id)}).status_code == 303
    assert set(WrappedKey.objects.values_list("reader", flat=True)) == {None, *(reader.key_id for reader in stay)}


def test_a_room_without_readers_takes_nothing_in(walk: Walk) -> None:
    Directory.objects.all().delete()
    page = walk.client.get("/lapor/tersegel").content.decode()
    assert "Ruang tersegel belum siap" in page
    assert "<form" not in page
    answer = walk.client.post("/lapor/tersegel", {"cerita": STORY})
    assert answer.status_code == 503
    assert STORY in unescape(answer.content.decode())  # to be copied
    assert Report.objects.count() == 0


# Bytes


@pytest.mark.parametrize(
    ("address", "most"), [("/lapor", 6), ("/lapor/tempat", 6), ("/lapor/kirim", 6), ("receipt", 5)]
)
def test_the_pages_keep_to_their_budget(walk: Walk, address: str, most: int) -> None:
    draft = walk.draft(foto=[photo(f"{n}.jpg", (64, 48)) for n in range(5)])
    if address == "receipt":
        address = walk.client.post("/lapor/kirim", walk.last(draft))["Location"]
        page = walk.client.get(address)
    else:
        page = walk.client.get(address, {"draf": draft})
    assert page.status_code == 200
    assert len(brotli.compress(page.content, quality=5)) <= most * 1024


def test_no_page_of_the_form_is_stored_or_found(walk: Walk) -> None:
    response = walk.client.get(f"/lapor/kirim?draf={walk.draft()}")
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert re.findall(r"<style|\sstyle=|\son\w+=|(?:src|href)=.https?:", response.content.decode()) == []


@pytest.mark.parametrize("page", ["lapor", "lapor/tempat", "lapor/kirim", "lapor/tersegel", "lacak/kode-hilang"])
def test_other_ways_of_asking_are_refused(client: Client, page: str) -> None:
    assert client.delete(f"/{page}").status_code == 405
    assert client.head(f"/{page}").status_code in (200, 410)


# Coming back


def test_back_finds_what_was_written_and_it_can_be_thrown_away(walk: Walk) -> None:
    draft = draft_in(walk.story(foto=[photo()]))
    page = walk.client.get("/lapor").content.decode()
    assert hidden(page)["draf"] == draft
    assert STORY in unescape(page)
    assert page.count('class="c-thumb"') == 1
    assert "Ini draf Anda yang belum terkirim" in page
    thrown = walk.client.post("/lapor", {**hidden(page), "cerita": STORY, "baru": "1"})
    assert thrown["Location"] == "/lapor"
    assert STORY not in unescape(walk.client.get("/lapor").content.decode())
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("way", ["sent", "left", "sealed"])
def test_what_is_gone_does_not_come_back(walk: Walk, way: str) -> None:
    draft = walk.draft()
    if way == "sent":
        walk.client.post("/lapor/kirim", walk.last(draft))
    elif way == "left":
        walk.client.get("/lapor/keluar", {"draf": draft})
    else:
        walk.client.post("/lapor", {"draf": draft, "cerita": STORY, "segel": "1"})
    assert STORY not in unescape(walk.client.get("/lapor").content.decode())

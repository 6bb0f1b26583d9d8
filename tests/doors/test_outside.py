"""What the desk, the reporter and everybody see of a report that is outside, and the letters that leave the house."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.page_words import address, hours_ago, offers, words_of
from tests.kit.read_pdf import words_of as paper
from tests.make import Made, bring, make_report, make_restricted
from tests.office import at_work
from tests.steps.seen import do, fresh
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.rules.life import Act, State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story, Told
from tuntas.web.dates import say_day, say_day_long

pytestmark = pytest.mark.usefixtures("city")
ZONE = ZoneInfo("Asia/Jakarta")
WORDS = "PLN memeriksa tiangnya."
API = "/api/v1"


def today(days: int = 0) -> date:
    return (current_time() + timedelta(days=days)).astimezone(ZONE).date()


def day(days: int = 0) -> str:
    return say_day(today(days), today=today()).id


def send_outside(made: Made, cast: Cast, now: datetime, **more: Any) -> None:
    given: dict[str, Any] = {
        "body": "PLN UP3 Bogor",
        "contact": "Loket 3, 0812-3456-7890",
        "text": WORDS,
        "next_news_on": today(7),
    }
    steps.forward_external(made.report, by=cast.desk, now=now, **(given | more))


@pytest.fixture
def outside(cast: Cast) -> Made:
    """A report of somebody who gave a name, outside for an hour, under a number there."""
    story = Story(
        body="Tiang listrik miring. Telepon saya 081234567890.",
        location_text="Depan pasar",
        is_anonymous=False,
        reporter=Told("Sari Wulandari", "081234567890", ""),
    )
    receipt = steps.submit(story, by=STRANGER, now=hours_ago(2))
    made = Made(receipt.report, receipt.code)
    send_outside(made, cast, hours_ago(1), external_id="G-77")
    return made


def letter(client: Client, made: Made, more: str = "") -> Any:
    return client.get(f"/meja/kasus/{made.report.number}/surat.pdf{more}")


# The desk


def test_the_page_of_the_case_says_whom_to_ask_and_by_when(cast: Cast, outside: Made) -> None:
    page = at_work(cast, Role.AGENCY_ADMIN).get(f"/meja/kasus/{outside.report.number}")
    words = words_of(page)
    for said in ("PLN UP3 Bogor", "Loket 3, 0812-3456-7890", "G-77", "Sebut nama pelapor dalam surat", day(7)):
        assert said in words
    assert offers(page, f"/meja/kasus/{outside.report.number}/kabar-luar")
    assert "tanpa kabar" not in words


def test_a_day_that_passed_is_told_and_comes_first_in_the_queue(client: Client, cast: Cast) -> None:
    late, early = make_report(hours_ago(24 * 9)), make_report(hours_ago(24 * 9))
    send_outside(early, cast, hours_ago(24 * 8), next_news_on=today(3))
    send_outside(late, cast, hours_ago(24 * 8), next_news_on=today(-2))
    steps.miss_next(now=current_time())
    headers = cast.bearer(Role.AGENCY_ADMIN)
    found = client.get(f"{API}/desk/reports?queue=dirujuk", headers=headers).json()["items"]
    assert [row["number"] for row in found] == [late.report.number, early.report.number]
    page = at_work(cast, Role.AGENCY_ADMIN).get(f"/meja/kasus/{late.report.number}")
    assert "Sudah 1 kali lewat tanpa kabar" in words_of(page)


def test_an_empty_form_names_every_field_and_seven_days_stand_in_it(cast: Cast) -> None:
    made, desk = make_report(hours_ago(2)), at_work(cast, Role.AGENCY_ADMIN)
    here = f"/meja/kasus/{made.report.number}/rujuk"
    assert f'value="{today(7).isoformat()}"' in desk.get(here).content.decode()
    answer = desk.post(here, {"kunci": "k", "dilihat": str(made.report.events.get().pk), "kabar": "besok"})
    assert answer.status_code == 422
    for said in ("Tulis ke mana laporan ini dirujuk", "Tulis siapa yang kita hubungi", "Pilih tanggal kabar"):
        assert said in words_of(answer)


@pytest.mark.parametrize(
    ("way", "state"), [("tetap", "forwarded_external"), ("kembali", "submitted"), ("dijawab", "answered")]
)
def test_the_form_for_news_has_three_ways_on(cast: Cast, outside: Made, way: str, state: str) -> None:
    desk, here = at_work(cast, Role.AGENCY_ADMIN), f"/meja/kasus/{outside.report.number}/kabar-luar"
    assert desk.get(here).status_code == 200
    seen = str(outside.report.events.order_by("-id")[0].pk)
    words = "Selamat pagi, Ibu. Terima kasih. PLN menegakkan tiangnya besok."
    given = {"kunci": "k", "dilihat": seen, "lanjut": way, "kabar": today(9).isoformat(), "teks": words}
    assert desk.post(here, given).status_code == 303
    assert fresh(outside.report).state == state


# The letter to the body outside


def test_the_letter_says_what_is_asked_and_nobody_unless_it_was_ticked(cast: Cast, outside: Made) -> None:
    desk, number = at_work(cast, Role.AGENCY_ADMIN), outside.report.number
    answer = letter(desk, outside)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="surat-{number}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    words = paper(answer.content)
    for said in (f"{number}/R1", "Pimpinan PLN UP3 Bogor", "Loket 3", "Tiang listrik miring.", "Depan pasar"):
        assert said in words
    assert say_day_long(today(7)).id in words
    assert "Pelapor tidak disebutkan" in words
    assert "Sari" not in words
    assert "081234567890" not in words
    assert "Pelapor Sari Wulandari" in paper(letter(desk, outside, "?nama=1").content)
    assert letter(desk, outside).content == answer.content


def test_the_name_of_an_anonymous_reporter_is_in_no_letter(cast: Cast) -> None:
    made = make_report(hours_ago(2), email="sari@mail.example")
    send_outside(made, cast, hours_ago(1))
    desk = at_work(cast, Role.AGENCY_ADMIN)
    assert "Sebut nama pelapor" not in words_of(desk.get(f"/meja/kasus/{made.report.number}"))
    assert "Pelapor tidak disebutkan" in paper(letter(desk, made, "?nama=1").content)


def test_the_letter_is_the_desks_and_there_only_while_it_is_outside(cast: Cast, client: Client, outside: Made) -> None:
    assert letter(client, outside).status_code in (302, 303)
    assert letter(at_work(cast, Role.LIAISON, "dinas-pupr"), outside).status_code == 403
    desk = at_work(cast, Role.AGENCY_ADMIN)
    steps.outside_news(outside.report, by=cast.desk, text=WORDS, to_us=True, now=current_time())
    assert letter(desk, outside).status_code == 404
    send_outside(outside, cast, current_time())
    assert f"{outside.report.number}/R2" in paper(letter(desk, outside).content)


# The reporter, and everybody


def test_the_reporter_reads_where_it_is_under_which_number_by_when_and_who_asks(client: Client, outside: Made) -> None:
    words = words_of(client.get(address(outside.code)))
    assert "Dirujuk ke PLN UP3 Bogor. Nomor di sana: G-77." in words
    assert f"Kabar berikutnya paling lambat {day(7)}. Yang menanyakan: meja aduan." in words
    assert f"Dirujuk ke PLN UP3 Bogor, kabar paling lambat {day(7)}" in words
    assert WORDS in words
    assert "0812-3456" not in words


def test_everybody_reads_name_and_day_and_no_more(client: Client, outside: Made) -> None:
    words = words_of(client.get(f"/laporan/{outside.report.number}"))
    assert "Dirujuk ke PLN UP3 Bogor." in words
    assert f"Kabar berikutnya paling lambat {day(7)}." in words
    for hidden in ("G-77", WORDS, "0812", "Sari"):
        assert hidden not in words


def test_a_day_without_news_is_owned_up_to(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(24 * 9))
    send_outside(made, cast, hours_ago(24 * 8), next_news_on=today(-2))
    for page in (address(made.code), f"/laporan/{made.report.number}"):
        assert f"Kabar dijanjikan {day(-2)}, belum ada. Maaf." in words_of(client.get(page))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"next_news_on": 9}, "Kabar dari PLN UP3 Bogor, berikutnya paling lambat"),
        ({"to_us": True}, "PLN UP3 Bogor tidak menangani, kembali ke meja aduan"),
        ({"outcome": "answered"}, "Dijawab PLN UP3 Bogor"),
    ],
)
def test_every_way_on_is_a_line_for_the_reporter_and_for_everybody(
    client: Client, cast: Cast, outside: Made, more: dict[str, Any], said: str
) -> None:
    given: dict[str, Any] = {name: today(value) if name == "next_news_on" else value for name, value in more.items()}
    steps.outside_news(outside.report, by=cast.desk, text="Tiang ditegakkan besok.", now=current_time(), **given)
    for page in (address(outside.code), f"/laporan/{outside.report.number}"):
        words = words_of(client.get(page))
        assert said in words
        assert ("Tiang ditegakkan besok." in words) == ("outcome" in more or page.startswith("/l/"))


def test_after_it_came_back_the_case_says_from_where(cast: Cast, outside: Made) -> None:
    steps.outside_news(outside.report, by=cast.desk, text="Bukan aset PLN.", to_us=True, now=current_time())
    words = words_of(at_work(cast, Role.AGENCY_ADMIN).get(f"/meja/kasus/{outside.report.number}"))
    assert "PLN UP3 Bogor tidak menangani laporan ini" in words


# The letter to the Ombudsman


def test_after_sixty_days_without_an_answer_the_reporter_finds_a_letter(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(24 * 61), email="sari@mail.example")
    bring(made, State.IN_PROGRESS, cast, hours_ago(24 * 61))
    page = client.get(address(made.code))
    assert "Anda dapat melapor ke Ombudsman RI" in words_of(page)
    assert offers(page, address(made.code, "/ombudsman.pdf"))
    answer = client.get(address(made.code, "/ombudsman.pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    words = paper(answer.content)
    for said in (str(made.report.number), "Ombudsman Republik Indonesia", "berlubang besar", "Dinas Pekerjaan Umum"):
        assert said in words
    assert "dijawab petugas" in words
    assert "ditepati" in words
    assert "selesai dikerjakan" in words
    assert "terlewat" in words
    for secret in ("Sari", "sari@", made.code):
        assert secret not in words
    assert client.get(address(made.code, "/ombudsman.pdf")).content == answer.content


def test_a_silent_body_outside_brings_the_letter_earlier(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(24 * 40))
    send_outside(made, cast, hours_ago(24 * 39), next_news_on=today(-34))
    assert "10 hari kerja tanpa kabar" in words_of(client.get(address(made.code)))
    assert "10 hari kerja lewat tanpa kabar" in paper(client.get(address(made.code, "/ombudsman.pdf")).content)
    do(Act.OUTSIDE_NEWS, made.report, by=cast.desk, now=current_time(), next_news_on=today(5))
    assert "Ombudsman" not in words_of(client.get(address(made.code)))


@pytest.mark.parametrize(("days", "state"), [(59, State.IN_PROGRESS), (61, State.ANSWERED), (61, State.CLOSED)])
def test_sooner_or_once_answered_there_is_none(client: Client, cast: Cast, days: int, state: State) -> None:
    made = make_report(hours_ago(24 * days))
    bring(made, state, cast, hours_ago(24 * days))
    assert "Ombudsman" not in words_of(client.get(address(made.code)))
    assert client.get(address(made.code, "/ombudsman.pdf")).status_code == 404


def test_the_reporter_of_a_sealed_report_finds_one_without_a_number(client: Client) -> None:
    made = make_restricted(hours_ago(24 * 61))
    words = paper(client.get(address(made.code, "/ombudsman.pdf")).content)
    assert "tanpa nomor, laporan tertutup" in words
    assert "uang rokok" in words


# The API


def test_the_api_takes_both_acts_and_tells_the_promise(client: Client, cast: Cast) -> None:
    made, headers = make_report(hours_ago(2)), cast.bearer(Role.AGENCY_ADMIN)
    path = f"{API}/reports/{made.report.number}/acts"

    def post(act: str, **body: Any) -> Any:
        return client.post(f"{path}/{act}", json.dumps(body), content_type="application/json", headers=headers)

    given = {"body": "BPN Kota", "contact": "Loket 3", "text": WORDS, "next_news_on": today(5).isoformat()}
    for missing in ("body", "contact", "text", "next_news_on"):
        assert post("forward_external", **{k: v for k, v in given.items() if k != missing}).status_code == 422
    view = post("forward_external", external_id="B-1", **given).json()
    assert (view["state"], view["face"], view["holder"]["slug"]) == ("forwarded_external", "dirujuk", "diskominfo")
    owed = next(p for p in view["promises"] if p["promise"] == "outside_news")
    assert owed["state"] == "running"
    assert owed["due_at"].startswith(today(5).isoformat())
    assert "outside_news" in view["acts"]
    assert post("outside_news", text=WORDS).status_code == 422
    assert post("outside_news", text=WORDS, outcome="answered").json()["state"] == "answered"
    assert post("outside_news", text=WORDS, to_us=True).status_code == 409


def test_another_number_there_can_be_told_later(client: Client, cast: Cast) -> None:
    made = make_report(hours_ago(2))
    send_outside(made, cast, hours_ago(1))
    assert "Nomor di sana" not in words_of(client.get(address(made.code)))
    do(Act.OUTSIDE_NEWS, made.report, by=cast.desk, now=current_time(), external_id="G-78")
    assert "Nomor di sana: G-78." in words_of(client.get(address(made.code)))

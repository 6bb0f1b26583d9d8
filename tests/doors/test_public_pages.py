"""The public list, map, figures and data: for everybody, small, the same numbers everywhere, nothing secret."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import STORY, Made, bring
from tests.steps.seen import photo
from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.time import current_time
from tuntas.ops.static_files import collect_static
from tuntas.publications import rows as report_rows
from tuntas.publications.models import Publication
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER
from tuntas.statistics import rows as figure_rows
from tuntas.statistics.models import AreaFigure
from tuntas.steps.submit import Story
from tuntas.web.public.data_words import FIGURE_COLUMNS, FIGURES, REPORT_COLUMNS
from tuntas.web.public.listed import PILL_WORDS
from tuntas.web.public.reports import WEIGHT

VILLAGE = "32.99.01.1001"
LAT, LNG = -6.926, 106.928
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGES = (
    *("/laporan", "/laporan/saring", "/peta", "/statistik", "/statistik/instansi/dinas-pupr"),
    *("/statistik/kelurahan/32-99-01-1001", "/data"),
)
FILES = ("/data/laporan.csv", "/data/laporan.json", "/data/angka.csv", "/data/angka.json", "/laporan.atom")
SECRET = "Kata yang hanya boleh dibaca petugas"


@pytest.fixture(autouse=True)
def styles(cast: Cast) -> None:
    collect_static()
    installation()


@pytest.fixture
def long_ago() -> datetime:
    """A time within the last thirty days, long enough ago for a whole life."""
    return current_time() - 9 * DAY


def told(now: datetime, **story: Any) -> Made:
    given: dict[str, Any] = {"body": STORY, "category": "road_bridge", "lat": LAT, "lng": LNG} | story
    receipt = steps.submit(Story(**given), by=STRANGER, now=now)
    return Made(receipt.report, receipt.code)


def living(cast: Cast, now: datetime, to: State, **story: Any) -> Made:
    made = told(now, **story)
    bring(made, to, cast, now)
    return made


def fill(cast: Cast, now: datetime, number: int = 3) -> None:
    """Make a city with some of everything, and its figures."""
    for n in range(number):
        living(cast, now + n * HOUR, State.CLOSED)
        living(cast, now + n * HOUR, State.IN_PROGRESS, lat=LAT - 0.004 * n, lng=LNG + 0.003 * n)
        told(now + n * HOUR, category="health", lat=None, lng=None, area="32.99.01.1002")
    steps.count(now=current_time())


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return unescape(response.getvalue().decode())


def listed(page: str) -> list[str]:
    """Return the numbers of the reports in the list."""
    return re.findall(r'<h3><a href="/laporan/([^"]+)"', page)


# Every page


def test_every_page_speaks_both_languages_and_holds_nothing_inline(
    client: Client, cast: Cast, long_ago: datetime
) -> None:
    fill(cast, long_ago)
    for path in PAGES:
        titles = set()
        for language in ("id", "en"):
            response = client.get(path, {"bahasa": language})
            page = response.content.decode()
            assert (response.status_code, response["Content-Language"]) == (200, language)
            assert re.findall(r"<script|<style|\sstyle=|\son\w+=|(?:src)=.https?:", page) == []
            assert re.findall(r"\{[a-z_]*\}|\{%|None|datetime\.", page) == []
            assert len(re.findall("<h1", page)) == 1
            assert len(ids := re.findall(r'\sid="([^"]+)"', page)) == len(set(ids))
            titles.update(re.findall("<h1[^>]*>(.*?)</h1>", page))
        assert len(titles) == (1 if path.count("/") > 2 else 2)  # an agency and a village have one name


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_every_page_works_in_an_empty_city(client: Client, path: str) -> None:
    text_of(client, path)


def test_pages_stay_within_their_bytes(client: Client, cast: Cast, long_ago: datetime) -> None:
    for n in range(30):
        living(cast, long_ago + n * HOUR, State.DISPATCHED, lat=LAT - 0.003 * (n % 6), lng=LNG + 0.003 * (n // 6))
    steps.count(now=current_time())
    budgets = {"/laporan": 10, "/peta": WEIGHT, "/statistik": 12, "/laporan/saring": 8, "/data": 8}
    for path, most in budgets.items():
        response = client.get(path, headers={"Accept-Encoding": "br"})
        assert response["Content-Encoding"] == "br"
        assert len(response.content) <= most * 1000, path
        assert len(brotli.decompress(response.content)) <= 60_000, path


def test_one_report_and_three_cost_the_same_queries(client: Client, cast: Cast, long_ago: datetime) -> None:
    cost: list[dict[str, int]] = []
    for more in (1, 2):
        for _ in range(more):
            living(cast, long_ago, State.CLOSED)
        steps.count(now=current_time())
        cost.append({path: _queries(client, path) for path in (*PAGES, *FILES)})
    assert cost[0] == cost[1]
    assert max(cost[0].values()) <= 16


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        text_of(client, path)
    return len([query for query in seen if "agencies_government" not in query["sql"]])


# Nothing secret


def test_no_secret_or_restricted_report_is_in_any_page_or_file(client: Client, cast: Cast, long_ago: datetime) -> None:
    fill(cast, long_ago)
    before = {path: text_of(client, path) for path in (*PAGES[:4], *FILES)}
    made = living(cast, long_ago, State.IN_PROGRESS, body=SECRET, is_secret=True, category="education")
    told(long_ago, body=SECRET, category="bribery_corruption")
    hidden_later = living(cast, long_ago, State.CLOSED, body=SECRET, category="education")
    steps.set_privacy(hidden_later.report, by=hidden_later.reporter, is_secret=True, now=current_time())
    steps.count(now=current_time())
    numbers = Publication.objects.values_list("number", flat=True)
    for path in (*PAGES, *FILES, "/laporan?cari=petugas", "/laporan?topik=education", "/peta?topik=education"):
        page = text_of(client, path)
        assert SECRET not in page
        assert str(made.report.number) not in page
        assert str(hidden_later.report.number) not in page
        assert set(listed(page)) <= set(numbers)
    assert "bribery_corruption" not in "".join(text_of(client, path) for path in (*PAGES, *FILES))
    after = {path: text_of(client, path) for path in before}
    # The three wait until they are five: nobody can see that they came. The feed tells when it was made.
    for path in before:
        assert re.sub(r"<updated>.*?</updated>", "", after[path]) == re.sub(r"<updated>.*?</updated>", "", before[path])


def test_the_topic_of_restricted_reports_cannot_be_asked_for(client: Client) -> None:
    assert "bribery_corruption" not in text_of(client, "/laporan/saring")
    text_of(client, "/laporan?topik=bribery_corruption", 422)


# The list


def test_the_list_shows_title_place_status_and_holder(client: Client, cast: Cast, long_ago: datetime) -> None:
    made = living(cast, long_ago, State.IN_PROGRESS)
    page = text_of(client, "/laporan")
    title = Publication.objects.get(number=made.report.number).title
    assert title
    assert f'<h3><a href="/laporan/{made.report.number}">{title}</a></h3>' in page
    assert 'data-status="dikerjakan">Sedang dikerjakan<' in page or 'data-status="dikerjakan">Dikerjakan<' in page
    assert "di tangan Dinas" in page


def test_a_report_that_was_not_checked_yet_shows_its_topic_and_none_of_its_words(client: Client, cast: Cast) -> None:
    told(current_time(), title="Judul dari pelapor", body="Isi dari pelapor yang belum diperiksa.")
    page = text_of(client, "/laporan")
    assert "Jalan & jembatan" in page
    assert "isi tayang setelah diperiksa" in page
    assert "dari pelapor" not in page


def test_a_row_shows_the_photo_of_what_was_done(client: Client, cast: Cast, long_ago: datetime) -> None:
    made = living(cast, long_ago, State.IN_PROGRESS)
    proof, own = photo(long_ago), photo(long_ago)
    at = long_ago + 5 * HOUR
    steps.propose_answer(made.report, by=cast.liaison, text="Sudah.", outcome="fixed", file_ids=[proof], now=at)
    steps.approve(made.report, by=cast.validator, now=at + HOUR)
    page = text_of(client, "/laporan")
    (source,) = re.findall(r'<img class="c-foto" src="([^"]+)"', page)
    assert source == f"/laporan/{made.report.number}/foto/{proof}?kecil"
    response = client.get(source)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert client.get(source.replace(str(proof), str(own))).status_code == 404
    assert client.get(source.replace(str(made.report.number), "26-999")).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"closed", "working", "health", "late"}),
        ("status=tuntas", {"closed"}),
        ("status=belum-selesai", {"working", "health", "late"}),
        ("status=dirujuk", set()),
        ("status=dikerjakan", {"working"}),
        ("topik=health", {"health"}),
        ("instansi=dinas-pupr", {"closed", "working"}),
        ("wilayah=32.99.01.1002", {"health"}),
        ("wilayah=32.99.01", {"closed", "working", "health", "late"}),
        ("terlambat=1", {"late"}),
        ("cari=demam", {"health"}),
        ("bbox=106.9,-6.95,106.95,-6.9", {"closed", "working", "late"}),
    ],
)
def test_filters_choose_the_same_for_list_map_and_feed(
    client: Client, cast: Cast, long_ago: datetime, query: str, expected: set[str]
) -> None:
    made = {
        "closed": living(cast, long_ago, State.CLOSED),
        "working": living(cast, long_ago, State.IN_PROGRESS),
        "late": told(long_ago),
        "health": told(long_ago, category="health", lat=None, lng=None, area="32.99.01.1002"),
    }
    steps.dispatch(
        made["health"].report,
        by=cast.desk,
        agency="dinkes",
        title="Demam berdarah",
        text="Kami teruskan.",
        now=long_ago,
    )
    steps.inform(made["health"].report, by=cast.desk, text="Kami baca.", now=long_ago + HOUR)
    while steps.miss_next(now=current_time()):
        pass
    numbers = {made[name].report.number for name in expected}
    page, large, feed = (text_of(client, f"{path}?{query}") for path in ("/laporan", "/peta", "/laporan.atom"))
    assert set(listed(page)) == set(listed(large)) == numbers
    assert set(re.findall(r"<id>\S+/laporan/([^<]+)</id>", feed)) == numbers
    if not expected:
        assert "Belum ada laporan dengan saringan ini." in page
        assert '<a href="/laporan">Hapus saringan</a>' in page


def test_days_are_those_of_the_government_and_the_last_one_counts(client: Client, cast: Cast) -> None:
    made = told(datetime.fromisoformat("2026-03-06T23:30:00+07:00"))
    assert listed(text_of(client, "/laporan?sejak=2026-03-06&sampai=2026-03-06")) == [made.report.number]
    assert listed(text_of(client, "/laporan?sejak=2026-03-07")) == []
    assert listed(text_of(client, "/laporan?sampai=2026-03-05")) == []


@pytest.mark.parametrize("path", ["/laporan", "/peta", "/laporan/saring"])
@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("status=entah", "status", "Pilih status dari daftar."),
        ("topik=entah", "topik", "Pilih topik dari daftar."),
        ("instansi=entah", "instansi", "Pilih instansi dari daftar."),
        ("wilayah=99.99", "wilayah", "Pilih kelurahan dari daftar."),
        ("sejak=kemarin", "sejak", "Tulis tanggal seperti 2026-11-21."),
        ("sejak=2026-03-07&sampai=2026-03-06", "sampai", "Tanggal akhir mendahului tanggal awal."),
        ("bbox=1,2,3", "bbox", "Jendela peta ini tidak dikenal."),
        ("bbox=nan,nan,nan,nan", "bbox", "Jendela peta ini tidak dikenal."),
        ("cari=%00", "cari", "Ada tanda yang tidak bisa disimpan."),
    ],
)
def test_a_filter_that_means_nothing_says_so_and_keeps_what_was_typed(
    client: Client, path: str, query: str, field: str, sentence: str
) -> None:
    page = text_of(client, f"{path}?{query}&terlambat=1", 422)
    assert "<title>Galat:" in page
    assert f'<li><a href="#{field}">{sentence}' in page
    assert f'id="{field}"' in page
    assert 'name="terlambat" value="1" checked' in page


@pytest.mark.parametrize("cursor", ["x", "ZHwyMDI2fDE", "%00", "bnx8MQ"])
def test_a_page_marker_that_means_nothing_says_so(client: Client, cursor: str) -> None:
    assert 'href="#halaman"' in text_of(client, f"/laporan?halaman={cursor}", 422)


def test_pages_follow_one_another_without_gaps_and_keep_the_filter(
    client: Client, cast: Cast, long_ago: datetime
) -> None:
    for n in range(45):
        told(long_ago + n * HOUR / 60)
    seen, link = list[str](), "/laporan?topik=road_bridge"
    while link:
        page = text_of(client, link)
        assert "topik=road_bridge" in link
        seen += listed(page)
        link = next(iter(re.findall(r'<a href="([^"]+)" rel="next"', page)), "")
    wanted = Publication.objects.order_by("-received_at", "-id").values_list("number", flat=True)
    assert seen == list(wanted)


def test_pills_count_what_they_lead_to(client: Client, cast: Cast, long_ago: datetime) -> None:
    fill(cast, long_ago, 2)
    page = text_of(client, "/laporan?wilayah=32.99.01")
    pills = re.findall(r'<a class="c-filter" href="(/laporan\?[^"]*)"[^>]*>([^<]+) <span>(\d+)</span>', page)
    assert [word for _, word, _ in pills] == [word.id for word in PILL_WORDS.values()]
    for link, _, n in pills:
        assert len(listed(text_of(client, link))) == int(n)


def test_what_was_typed_cannot_become_markup(client: Client) -> None:
    typed = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    for path in ("/laporan", "/peta", "/laporan/saring"):
        for field in ("cari", "topik", "status", "sejak", "bbox"):
            assert "<script>" not in client.get(f"{path}?{field}={typed}").content.decode()


# The map


def test_a_lone_report_is_a_link_and_many_lead_closer(client: Client, cast: Cast, long_ago: datetime) -> None:
    lone = told(long_ago, lat=-6.945, lng=106.95)
    for _ in range(3):
        told(long_ago)
    link, seen = "/peta", []
    for _ in range(12):
        page = text_of(client, link)
        marks = dict(re.findall(r'<a href="([^"]+)" class="c-map__pin"[^>]*aria-label="(\d+) ', page))
        seen.append(set(marks.values()))
        link = next(link for link, n in marks.items() if n == "3")
        if link.startswith("/laporan?"):
            break
    assert seen[0] == {"1", "3"}
    assert f'href="/laporan/{lone.report.number}" class="c-map__pin"' in text_of(client, "/peta")
    assert len(listed(text_of(client, link))) == 3  # the closest window leads to the list of its square


def test_the_map_moves_by_links_and_shows_what_its_list_shows(client: Client, cast: Cast, long_ago: datetime) -> None:
    for n in range(8):
        told(long_ago, lat=LAT - 0.005 * (n % 4), lng=LNG + 0.006 * n)
    page = text_of(client, "/peta")
    moves = dict(re.findall(r'<a href="(/peta\?bbox=[^"]+)"><svg[^>]*>.*?<span class="u-sr">([^<]+)</span>', page))
    assert {"Perbesar", "Geser ke kiri"} <= set(moves.values())
    for link in moves:
        moved = text_of(client, link)
        marks = re.findall(r'class="c-map__pin"[^>]*aria-label="(\d+) ', moved)
        assert sum(map(int, marks)) == len(listed(moved))


# Figures


def test_page_json_and_csv_tell_the_same_numbers(client: Client, cast: Cast, long_ago: datetime) -> None:
    fill(cast, long_ago, 7)
    month = f"{long_ago.astimezone(installation().zone):%Y-%m}"
    for period in ("30-hari", month):
        page = text_of(client, f"/statistik?periode={period}")
        rows = list(csv.DictReader(io.StringIO(text_of(client, f"/data/angka.csv?periode={period}"))))
        told_json = json.loads(text_of(client, f"/data/angka.json?periode={period}"))["items"]
        assert [str(row["value"] if row["value"] is not None else "") for row in told_json] == [
            r["value"] for r in rows
        ]
        city = {row["figure"]: row["value"] for row in rows if row["table"] == "city"}
        assert f'<p class="c-bignum">{city["answer_kept_percent"]}%</p>' in page
        assert f"<strong>{city['declared_done']} laporan</strong>" in page
        assert f'<tfoot><tr><th scope="row">Semua laporan</th><td>{city["received"]}</td>' in page
        for row in rows:
            if (row["table"], row["figure"]) == ("agency", "received") and row["value"]:
                assert f'/statistik/instansi/{row["key"]}?periode={period}">' in page
                assert f"<td>{row['value']}</td>" in page
        villages = {row["key"]: row["value"] for row in rows if row["table"] == "area" and row["key"] and row["value"]}
        for key, value in villages.items():
            assert re.search(rf"kelurahan/{key.replace('.', '-')}\?[^>]+>[^<]+</a></th><td>{value}</td>", page)
    api = client.get("/api/v1/statistics").json()
    last_30 = list(csv.DictReader(io.StringIO(text_of(client, "/data/angka.csv"))))
    assert str(api["totals"]["received"]) == next(row["value"] for row in last_30 if row["figure"] == "received")


def test_of_very_many_areas_the_largest_are_listed_and_the_rest_counted(
    client: Client, cast: Cast, long_ago: datetime
) -> None:
    fill(cast, long_ago, 7)
    steps.count(now=current_time())
    day = long_ago.astimezone(installation().zone).date()
    AreaFigure.objects.exclude(area="").delete()
    AreaFigure.objects.bulk_create(AreaFigure(on=day, area=f"32.99.09.{n}", received=5 + n) for n in range(1000, 1130))
    page = text_of(client, "/statistik")
    shown = [int(n.replace(".", "")) for n in re.findall(r"<td>([0-9.]+)</td>", page[page.index("Kelurahan</th>") :])]
    assert [n for n in shown if n > 1000] == list(range(1134, 1034, -1))
    assert re.search(r"3[0-9] wilayah lain ada di data terbuka", page)


def test_small_numbers_are_hidden_on_every_page_and_in_every_file(
    client: Client, cast: Cast, long_ago: datetime
) -> None:
    for agency, number in (("dinas-pupr", 9), ("dinkes", 7), ("dlh", 2)):
        for _ in range(number):
            bring(told(long_ago), State.DISPATCHED, cast, long_ago, agency)
    steps.count(now=current_time())
    for slug in ("dlh", "dinkes"):  # the second, because with it the first could be worked out
        assert "Di bawah lima laporan" in text_of(client, f"/statistik/instansi/{slug}")
        assert f"/statistik/instansi/{slug}" not in text_of(client, "/statistik")
    rows = csv.DictReader(io.StringIO(text_of(client, "/data/angka.csv")))
    shown = {
        row["key"]: (row["value"], row["note"])
        for row in rows
        if (row["table"], row["figure"]) == ("agency", "received")
    }
    assert shown == {"dinas-pupr": ("9", ""), "dinkes": ("", "disembunyikan"), "dlh": ("", "disembunyikan")}


def test_every_column_and_figure_is_explained(client: Client, cast: Cast, long_ago: datetime) -> None:
    fill(cast, long_ago)
    assert tuple(REPORT_COLUMNS) == report_rows.COLUMNS
    assert tuple(FIGURE_COLUMNS) == figure_rows.COLUMNS
    rows = list(csv.DictReader(io.StringIO(text_of(client, "/data/angka.csv"))))
    assert {row["figure"] for row in rows} == set(FIGURES)


@pytest.mark.parametrize("text", ["2026-13", "kemarin", "2026-w60", "9999-01", "2026-1", "w", "%00", "2026-w9", "-"])
def test_a_period_that_is_none_is_refused_with_a_sentence(client: Client, text: str) -> None:
    for path in ("/statistik", "/statistik/instansi/dinas-pupr", "/data/angka.csv", "/data/laporan.json"):
        assert "Rentang waktu ini tidak dikenal" in text_of(client, f"{path}?periode={text}", 422)


def test_who_is_not_there_has_no_figures(client: Client) -> None:
    for path in ("/statistik/instansi/entah", "/statistik/kelurahan/99-99", "/statistik/kelurahan/bukan-kode"):
        text_of(client, path, 404)


# Data


def test_reports_as_csv_and_json_are_the_same_rows(client: Client, cast: Cast, long_ago: datetime) -> None:
    fill(cast, long_ago, 3)
    rows = list(csv.DictReader(io.StringIO(text_of(client, "/data/laporan.csv"))))
    items = json.loads(text_of(client, "/data/laporan.json"))["items"]
    assert len(rows) == 9
    assert tuple(rows[0]) == tuple(items[0]) == report_rows.COLUMNS
    assert [row["number"] for row in rows] == [item["number"] for item in items]
    assert [row["received_at"] for row in rows] == [item["received_at"] for item in items]


def test_a_title_is_no_formula_in_a_spreadsheet(client: Client, cast: Cast, long_ago: datetime) -> None:
    made = told(long_ago)
    steps.dispatch(
        made.report, by=cast.desk, agency="dinkes", title='=HYPERLINK("x")', text="Kami teruskan.", now=long_ago + HOUR
    )
    (row,) = csv.DictReader(io.StringIO(text_of(client, "/data/laporan.csv")))
    assert row["title"] == '\'=HYPERLINK("x")'


def test_the_feed_is_sound_xml_whatever_a_title_holds(client: Client, cast: Cast, long_ago: datetime) -> None:
    made = told(long_ago)
    steps.dispatch(
        made.report, by=cast.desk, agency="dinkes", title="Jalan <b>& \x0b rusak", text="Kami teruskan.", now=long_ago
    )
    response = client.get("/laporan.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Jalan &lt;b&gt;&amp;  rusak" in response.content.decode()

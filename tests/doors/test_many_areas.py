"""Pages of a nation: no list of all its villages, one level after another, and a search by name. Without a script."""

import re
from typing import Any

import brotli
import pytest
from django.test import Client

from tests.cast import Cast
from tests.doors.test_report_form import Walk, draft_in
from tests.large import make_large
from tests.make import T0, bring, make_report
from tests.office import at_work
from tuntas.agencies.installation import installation
from tuntas.agencies.models import Area
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Report
from tuntas.rules.life import State
from tuntas.rules.who import Role

STEP = 20_000  # bytes of a step of the form, packed (ux 13)


@pytest.fixture(autouse=True)
def nation(changed_profile: None) -> None:
    collect_static()
    make_large()


@pytest.fixture
def walk(client: Client) -> Walk:
    return Walk(client)


def offered(page: Any, name: str = "kelurahan") -> dict[str, str]:
    """Return the codes and names one can choose."""
    chosen = re.search(rf'<select[^>]*name="{name}".*?</select>', page.content.decode(), re.DOTALL)
    assert chosen
    return dict(re.findall(r'<option value="([0-9.]+)"[^>]*>([^<]+)', chosen[0]))


class TestTheForm:
    def test_one_level_is_chosen_after_another_with_the_button_that_goes_on(self, walk: Walk) -> None:
        link = draft_in(walk.story())
        first = walk.client.get(f"/lapor/tempat?draf={link}")
        assert offered(first) == {"91": "Arum", "92": "Bayu", "93": "Cendana"}
        for code, inside in (("92", 5), ("92.03", 8), ("92.03.07", 8)):
            page = walk.place(link, kelurahan=code)
            assert page.status_code == 200
            assert len(offered(page)) == inside + code.count(".") + 1  # what lies inside, and the way back up
        assert walk.place(link, kelurahan="92.03.07.2004").status_code == 303

    def test_who_knows_no_more_goes_on_with_what_they_chose(self, walk: Walk) -> None:
        link = draft_in(walk.story())
        assert walk.place(link, kelurahan="92.03").status_code == 200
        assert walk.place(link, kelurahan="92.03").status_code == 303

    def test_its_parts_are_shown_without_going_on(self, walk: Walk) -> None:
        link = draft_in(walk.story())
        page = walk.place(link, kelurahan="91", aksi="wilayah")
        assert "91.05" in offered(page)
        assert walk.place(link, kelurahan="91", aksi="wilayah").status_code == 200

    def test_a_name_is_found_with_what_it_lies_in(self, walk: Walk) -> None:
        link = draft_in(walk.story())
        page = walk.place(link, kelurahan="", aksi="cari-wilayah", **{"cari-wilayah": " desa bayu 3-7-4 "})
        assert offered(page)["92.03.07.2004"] == "Desa Bayu 3-7-4, Kecamatan Bayu 3-7, Kabupaten Bayu 3, Bayu"
        assert "1 nama cocok" in page.content.decode()
        assert walk.place(link, kelurahan="92.03.07.2004").status_code == 303
        report = walk.client.post("/lapor/kirim", walk.last(link))
        assert report.status_code == 303
        assert Report.objects.get().area == Area.objects.get(code="92.03.07.2004")

    @pytest.mark.parametrize("asked", ["zz", "Tidak Ada Nama Begini", "%", "<b>"])
    def test_a_name_that_is_not_there_is_said_and_nothing_is_lost(self, walk: Walk, asked: str) -> None:
        link = draft_in(walk.story())
        page = walk.place(link, kelurahan="91", aksi="cari-wilayah", patokan="dekat pasar", **{"cari-wilayah": asked})
        assert "Tidak ada nama yang cocok" in page.content.decode()
        assert "dekat pasar" in page.content.decode()
        assert '<option value="91" selected>Arum' in page.content.decode()

    def test_many_matches_are_cut_and_the_larger_places_come_first(self, walk: Walk) -> None:
        page = walk.place(draft_in(walk.story()), kelurahan="", aksi="cari-wilayah", **{"cari-wilayah": "arum"})
        found = [code for code, name in offered(page).items() if "arum" in name.lower()]
        assert found[0] == "91"
        assert len(found) == 20

    def test_the_page_keeps_to_its_budget(self, walk: Walk) -> None:
        link = draft_in(walk.story())
        for code in ("91", "91.01", "91.01.01"):
            page = walk.place(link, kelurahan=code, aksi="wilayah")
            assert len(brotli.compress(page.content, quality=5)) < STEP


def test_the_sealed_form_offers_the_finest_level_that_one_list_holds(client: Client) -> None:
    """It asks the server nothing before it is sealed: so its list stands whole."""
    codes = offered(client.get("/lapor/tersegel"))
    assert len(codes) == 3 * 5 * 8
    assert {code.count(".") for code in codes} == {2}


def test_a_call_is_written_down_step_by_step_with_nothing_lost(cast: Cast) -> None:
    operator = at_work(cast, Role.CALL_OPERATOR)
    form = {"kanal": "phone", "cerita": "Jalan putus sejak semalam.", "nama_untuk": "anonim", "isi_untuk": "umum"}
    key = re.search(r'name="kunci" value="([^"]+)"', operator.get("/meja/baru").content.decode())
    assert key
    page = operator.post("/meja/baru", {**form, "kunci": key[1], "kelurahan": "93", "aksi": "wilayah"})
    assert "93.05" in offered(page)
    assert "Jalan putus sejak semalam." in page.content.decode()
    assert not Report.objects.exists()
    sent = operator.post("/meja/baru", {**form, "kunci": key[1], "kelurahan": "93.05"})
    assert sent.status_code == 303
    assert Report.objects.get().area == Area.objects.get(code="93.05")


class TestFilters:
    @pytest.fixture
    def lies_in(self, cast: Cast) -> dict[str, Report]:
        """A public report each in two provinces."""
        found = {}
        for code in ("91.01.01.2001", "92.02.03"):
            made = make_report(T0, category="road_bridge")
            Report.objects.filter(pk=made.report.pk).update(area=Area.objects.get(code=code))
            made.report.refresh_from_db()
            found[code] = bring(made, State.DISPATCHED, cast)
        return found

    def test_the_desk_filters_by_any_level(self, cast: Cast, lies_in: dict[str, Report]) -> None:
        desk = at_work(cast, Role.AGENCY_ADMIN)
        for code, expected in (
            ("91", ["91.01.01.2001"]),
            ("92.02", ["92.02.03"]),
            ("00", list(lies_in)),
            ("93", []),
        ):
            page = desk.get(f"/meja?antrean=semua&wilayah={code}")
            text = page.content.decode()
            assert [each for each, report in lies_in.items() if f"{report.number}" in text] == expected, code
        assert list(offered(page, "wilayah"))[:2] == ["93", "93.01"]

    def test_everybody_filters_by_any_level(self, client: Client, lies_in: dict[str, Report]) -> None:
        for code, n in (("91", 1), ("00", 2), ("93", 0), ("92.02.03", 1)):
            page = client.get(f"/laporan?wilayah={code}").content.decode()
            assert page.count('href="/laporan/26-') == n, code
        assert list(offered(client.get("/laporan/saring?wilayah=91"), "wilayah"))[:2] == ["91", "91.01"]

    def test_reports_of_many_areas_are_found_by_code_not_by_a_list(self, lies_in: dict[str, Report]) -> None:
        places = installation().places
        assert places.below("91.01.01", most=200) is not None
        assert places.below("91", most=200) is None

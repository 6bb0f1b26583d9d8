"""Photos of a case: who sees the clean one, and how parts are covered before everybody sees a copy."""

from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image

from tests.cast import Cast
from tests.make import Made, bring, make_report
from tests.office import at_work
from tests.steps.seen import fresh
from tuntas import steps
from tuntas.kit.time import current_time
from tuntas.reports.models import File
from tuntas.rules.life import State
from tuntas.rules.who import STRANGER, Role
from tuntas.steps.submit import Story
from tuntas.web.office.squares import COLUMNS, covers_of, read_square, rows_of, squares_of


@pytest.fixture
def desk(cast: Cast) -> Client:
    return at_work(cast, Role.AGENCY_ADMIN)


def with_photo(*, is_secret: bool = False) -> tuple[Made, UUID]:
    data = BytesIO()
    Image.effect_noise((320, 240), 90).convert("RGB").save(data, "JPEG")
    file = steps.upload(data.getvalue(), now=current_time())
    story = Story(body="Lubang besar di depan pasar.", file_ids=[file.pk], is_secret=is_secret)
    receipt = steps.submit(story, by=STRANGER, now=current_time())
    return Made(receipt.report, receipt.code), file.pk


def test_those_who_may_read_see_the_clean_photo_and_nobody_else(cast: Cast, desk: Client) -> None:
    made, file = with_photo()
    address = f"/meja/kasus/{made.report.number}/foto/{file}.jpg"
    response = desk.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "no-store"
    assert desk.get(f"{address}?umum").status_code == 404
    assert at_work(cast, Role.LIAISON, "dlh").get(address).status_code == 403
    assert Client().get(address).status_code == 303
    other = make_report(current_time())
    assert desk.get(f"/meja/kasus/{other.report.number}/foto/{file}.jpg").status_code == 404
    assert desk.get(f"/meja/kasus/{other.report.number}/foto/{file}").status_code == 404


def test_a_photo_is_covered_shown_and_taken_back(cast: Cast, desk: Client) -> None:
    made, file = with_photo()
    base = f"/meja/kasus/{made.report.number}"
    assert "belum ditinjau" in desk.get(base).content.decode()
    page = desk.get(f"{base}/foto/{file}").content.decode()
    assert page.count('name="kotak"') == COLUMNS * 12
    assert 'aria-label="kolom 3 baris 2"' in page
    assert "Jangan tayangkan" not in page
    ticked = {"kotak": ["3-2", "4-2", "3-3", "4-3"], "lakukan": "tayangkan"}
    for _ in range(2):  # pressed twice
        assert desk.post(f"{base}/foto/{file}", {"kunci": "a", **ticked})["Location"] == f"{base}/foto/{file}"
    assert File.objects.get(pk=file).covers == [[12.5, 8.333, 12.5, 16.667]]
    assert fresh(made.report).events.filter(act="publish").count() == 1
    page = desk.get(f"{base}/foto/{file}").content.decode()
    assert page.count(" checked") == 4
    assert "Salinan untuk umum" in page
    clean, copy = (desk.get(f"{base}/foto/{file}.jpg{more}").content for more in ("", "?umum"))
    assert clean != copy
    assert "tayang, disamarkan" in desk.get(base).content.decode()
    assert desk.post(f"{base}/foto/{file}", {"kunci": "b", "lakukan": "sembunyikan"}).status_code == 303
    assert File.objects.get(pk=file).covers is None
    assert desk.get(f"{base}/foto/{file}.jpg?umum").status_code == 404


def test_too_many_covers_are_named_and_stay_ticked(cast: Cast, desk: Client) -> None:
    made, file = with_photo()
    boxes = [f"{c}-{r}" for r in range(1, 13) for c in range(1 + r % 2, 17, 2)]
    response = desk.post(f"/meja/kasus/{made.report.number}/foto/{file}", {"kotak": boxes, "lakukan": "tayangkan"})
    assert response.status_code == 422
    assert response.content.decode().count(" checked") == len(boxes)
    assert File.objects.get(pk=file).covers is None


def test_who_may_not_publish_does_not_come_here(cast: Cast) -> None:
    made, file = with_photo()
    inspector = at_work(cast, Role.INSPECTORATE)
    assert inspector.get(f"/meja/kasus/{made.report.number}/foto/{file}").status_code == 403
    assert inspector.get(f"/meja/kasus/{made.report.number}/foto/{file}.jpg").status_code == 200


def test_photos_of_a_secret_report_say_that_they_are_never_public(desk: Client) -> None:
    made, file = with_photo(is_secret=True)
    assert "tidak tayang" in desk.get(f"/meja/kasus/{made.report.number}").content.decode()
    page = desk.get(f"/meja/kasus/{made.report.number}/foto/{file}").content.decode()
    assert "Laporan ini tidak tayang" in page
    assert 'name="kotak"' not in page


def test_proof_can_be_covered_and_not_taken_back(cast: Cast, desk: Client) -> None:
    made, _ = with_photo()
    bring(made, State.IN_PROGRESS, cast, current_time())
    data = BytesIO()
    Image.new("RGB", (64, 48), (9, 99, 9)).save(data, "JPEG")
    file = steps.upload_evidence(data.getvalue(), now=current_time())
    ids = [file.pk]
    steps.propose_answer(
        made.report, by=cast.liaison, text="Sudah ditambal.", outcome="fixed", file_ids=ids, now=current_time()
    )
    address = f"/meja/kasus/{made.report.number}/foto/{file.pk}"
    assert desk.post(address, {"kotak": ["1-1"], "lakukan": "tayangkan"}).status_code == 303
    assert "Jangan tayangkan" not in desk.get(address).content.decode()
    assert desk.post(address, {"lakukan": "sembunyikan"}).status_code == 422


# Squares and covers


def test_squares_make_as_few_covers_as_runs_below_one_another_allow() -> None:
    assert covers_of([], 12) == []
    assert covers_of([(1, 1)], 10) == [[0, 0, 6.25, 10]]
    assert covers_of([(1, 1), (2, 1), (1, 2), (2, 2)], 10) == [[0, 0, 12.5, 20]]
    assert len(covers_of([(1, 1), (2, 1), (1, 2)], 10)) == 2
    assert len(covers_of([(1, 1), (1, 3)], 10)) == 2


@pytest.mark.parametrize("rows", [1, 9, 12, 21])
def test_covers_tick_the_squares_they_were_made_of(rows: int) -> None:
    ticked = {(c, r) for c in range(1, 17) for r in range(1, rows + 1) if (c * 7 + r * 3) % 4 == 0}
    assert squares_of(covers_of(ticked, rows), rows) == ticked


def test_a_photo_has_rows_by_its_shape() -> None:
    assert rows_of(1600, 1200) == 12
    assert rows_of(1200, 1600) == 21
    assert rows_of(1600, 20) == 1
    assert rows_of(20, 1600) == 30


@pytest.mark.parametrize("text", ["", "3", "3-", "-2", "17-1", "1-13", "0-1", "a-b", "٣-2", "1-1-1", "3-2 "])
def test_what_is_no_square_is_none(text: str) -> None:
    assert read_square(text, 12) is None


def test_proof_shows_when_and_where_it_was_taken(cast: Cast, desk: Client) -> None:
    made, _ = with_photo()
    bring(made, State.IN_PROGRESS, cast, current_time())
    data = BytesIO()
    Image.new("RGB", (64, 48), (9, 99, 9)).save(data, "JPEG")
    file = steps.upload_evidence(data.getvalue(), taken_at=current_time(), now=current_time())
    steps.note(fresh(made.report), by=cast.desk, text="Lihat foto.", file_ids=[file.pk], now=current_time())
    assert "tanpa lokasi</span>" in desk.get(f"/meja/kasus/{made.report.number}").content.decode()

"""What differs between governments is read as a whole, and every mistake in it is told with its place."""

import csv
import re
import shutil
from base64 import b64encode
from datetime import date, time
from pathlib import Path

import pytest
import shapely
from shapely import Point

from tuntas.agencies.profile import NEED_NOT_BE, BadProfile, Profile, holidays_of, read_profile
from tuntas.agencies.profile_promises import PROMISES
from tuntas.kit.crypto import new_signing_key, public_of
from tuntas.kit.words import Language, Say
from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Act, Promise
from tuntas.rules.lights import judge_brevity, judge_fullness
from tuntas.rules.lit import Result
from tuntas.rules.manners import Manners, places_of
from tuntas.rules.reasons import Classification
from tuntas.rules.redaction import find
from tuntas.rules.unfinished import OPEN
from tuntas.rules.who import Role

ROOT = Path(__file__).resolve().parents[2]
KOTA = ROOT / "profiles" / "kota-contoh"
HOLIDAYS = ROOT.parent / "shared" / "data" / "holidays" / "id_2022_2026.csv"

CATEGORIES = """
road_bridge street_light waste_environment drainage_water public_order traffic_parking health education civil_registry
social_aid manpower licensing market_trade agriculture tourism_culture digital_service village staff_conduct
bribery_corruption violence_child_women disaster proposal platform other
"""
SQUARE = '{"type": "Polygon", "coordinates": [[[106,-6],[106.1,-6],[106.1,-6.1],[106,-6]]]}'


@pytest.fixture(scope="module")
def kota() -> Profile:
    return read_profile(KOTA)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(KOTA, tmp_path / "kota")


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(BadProfile) as refused:
        read_profile(folder)
    assert str(refused.value) == "\n".join(str(mistake) for mistake in refused.value.mistakes)
    return str(refused.value).splitlines()


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replace a text that stands there, the first one, and return its line."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    return text.count("\n", 0, text.index(old)) + 1


class TestKotaContoh:
    def test_it_is_the_city_of_the_mocks(self, kota: Profile) -> None:
        government = kota.government
        assert government.name == Say("Kota Cempaka", "Cempaka City")
        assert (government.slug, government.area_code, government.zone) == ("kota-cempaka", "32.99", "Asia/Jakarta")
        assert government.languages == (Language.ID, Language.EN)
        assert (government.phone, government.whatsapp) == ("(0266) 000 112", "0800-000-2424")

    def test_every_agency_comes_after_its_parent_and_only_the_first_has_none(self, kota: Profile) -> None:
        slugs = [agency.slug for agency in kota.agencies]
        assert slugs[0] == "kota-cempaka"
        assert [agency.slug for agency in kota.agencies if agency.parent is None] == ["kota-cempaka"]
        for place, agency in enumerate(kota.agencies[1:], start=1):
            assert agency.parent in slugs[:place]
        assert 40 <= len(slugs) <= 50

    def test_a_file_may_name_children_before_their_parents(self, copy: Path, kota: Profile) -> None:
        blocks = (copy / "agencies.toml").read_text().split("[[agency]]")[1:]
        (copy / "agencies.toml").write_text("\n[[agency]]".join(["", *reversed(blocks)]))
        agencies = read_profile(copy).agencies
        assert set(agencies) == set(kota.agencies)
        for place, agency in enumerate(agencies[1:], start=1):
            assert agency.parent in {above.slug for above in agencies[:place]}

    def test_only_agencies_that_examine_own_restricted_categories(self, kota: Profile) -> None:
        owners = {category.code: category.owner for category in kota.categories if category.restricted}
        assert owners == {
            "staff_conduct": "inspektorat",
            "bribery_corruption": "inspektorat",
            "violence_child_women": "dp3a",
        }
        assert {agency.slug for agency in kota.agencies if agency.examines} == {"inspektorat", "dp3a", "uptd-ppa"}

    def test_the_categories_are_the_starter_set(self, kota: Profile) -> None:
        by_code = {category.code: category for category in kota.categories}
        assert list(by_code) == CATEGORIES.split()
        assert by_code["disaster"].resolve == Length(3, Unit.HOURS)
        assert by_code["road_bridge"].resolve == Length(14, Unit.WORKING_DAYS)
        assert by_code["civil_registry"].resolve is None
        assert by_code["other"].owner == kota.government.desk
        assert [code for code, row in by_code.items() if row.hides_reporter] == ["public_order"]
        suggested = [code for code, row in by_code.items() if row.secret_suggested]
        assert suggested == ["health", "civil_registry", "social_aid", "village"]
        assert sum(row.proof for row in by_code.values()) == 10

    def test_the_promises_are_those_of_the_law_and_the_contract(self, kota: Profile) -> None:
        lengths = {
            promise.name: (promise.length.amount, promise.length.unit.value)
            for promise in kota.promises
            if not promise.agency
        }
        assert lengths == {
            "answer": (48, "hours"),
            "verify": (3, "working_days"),
            "respond": (5, "working_days"),
            "resolve": (14, "working_days"),
            "information": (10, "working_days"),
            "transfer": (1, "working_days"),
            "arbitrate": (2, "working_days"),
            "validate": (2, "working_days"),
            "audience": (5, "working_days"),
            "reporter_window": (10, "working_days"),
            "needs_info_window": (10, "working_days"),
            "appeal_window": (10, "working_days"),
            "reopen_window": (30, "days"),
        }
        resolve = next(promise for promise in kota.promises if promise.name is Promise.RESOLVE)
        assert resolve.by_classification == {
            Classification.INFORMATION_REQUEST: Length(5, Unit.WORKING_DAYS),
            Classification.ASPIRATION: Length(5, Unit.WORKING_DAYS),
            Classification.COMPLAINT_ORDINARY: Length(14, Unit.WORKING_DAYS),
            Classification.COMPLAINT_SUPERVISORY: Length(60, Unit.WORKING_DAYS),
        }

    def test_every_role_is_held_by_somebody_who_holds_no_other(self, kota: Profile) -> None:
        posts = [tuple(post.role for post in person.posts) for person in kota.people]
        alone = {roles[0] for roles in posts if len(roles) == 1}
        assert alone == set(Role) - {Role.SEALED_READER}
        appointed = [set(roles) for roles in posts if len(roles) > 1]
        assert appointed == [{Role.AGENCY_ADMIN, Role.SEALED_READER}, {Role.INSPECTORATE, Role.SEALED_READER}]

    def test_the_pair_that_needs_a_signature_stands_between_two_that_do_not(self, kota: Profile) -> None:
        signing = [agency.slug for agency in kota.agencies if agency.liaison_signs]
        assert signing == ["tirta-cempaka"]
        for role in (Role.LIAISON, Role.UNIT_HANDLER):
            at = [post.agency for person in kota.people for post in person.posts if post.role is role]
            assert at == ["dinas-pupr", "dlh", *signing, "dishub", "ppid-kota"]

    def test_two_agencies_can_be_played_through_with_one_validator_above_both(self, kota: Profile) -> None:
        at = {(post.role, post.agency) for person in kota.people for post in person.posts}
        for agency in ("dinas-pupr", "dlh"):
            assert {(Role.LIAISON, agency), (Role.UNIT_HANDLER, agency)} <= at
        assert (Role.RESPONSE_VALIDATOR, "kota-cempaka") in at
        assert all(person.email.endswith("@kota-cempaka.example") for person in kota.people)


class TestAnswers:
    def test_there_is_a_template_for_every_kind_of_news(self, kota: Profile) -> None:
        assert len(kota.templates) == 10
        assert {template.act for template in kota.templates} == {
            Act.INFORM, Act.ASK, Act.ARCHIVE, Act.START, Act.SCHEDULE, Act.PROPOSE_ANSWER, Act.NOTE,
        }  # fmt: skip
        assert len({template.name for template in kota.templates}) == 10

    @pytest.mark.parametrize("code", [template.code for template in read_profile(KOTA).templates])
    def test_a_template_is_as_it_asks_others_to_be(self, kota: Profile, code: str) -> None:
        template = next(template for template in kota.templates if template.code == code)
        manners = kota.manners
        assert OPEN in template.text, "nobody is answered by a template alone"
        assert judge_brevity(template.text).result is Result.OK
        assert judge_fullness(template.text, manners, act=template.act, templates=[template.text]).say.id == (
            "Tambahkan kalimat Anda sendiri pada templat."
        )
        assert "!" not in template.text
        assert not find(template.text)
        assert not places_of(template.text, [*manners.blames, *manners.insults])
        if template.act is not Act.NOTE:
            assert not places_of(template.text, manners.phrases)
            assert places_of(template.text, manners.greetings)
            assert places_of(template.text, manners.thanks)

    def test_words_are_in_small_letters_and_stand_once(self, kota: Profile) -> None:
        manners = kota.manners
        for words in (manners.greetings, manners.thanks, manners.blames, manners.insults, tuple(manners.phrases)):
            assert words
            assert len(set(words)) == len(words)
            assert [word for word in words if word != word.lower()] == []


class TestAreas:
    def test_the_villages_cover_the_city_without_gap_or_overlap(self, kota: Profile) -> None:
        villages = [area.shape for area in kota.areas if area.code.count(".") == 3 and area.shape]
        together = shapely.union_all(villages)
        assert len(villages) == 24
        assert all(village.is_valid for village in villages)
        assert together.geom_type == "Polygon"
        assert len(shapely.get_rings(together)) == 1
        assert together.area == pytest.approx(sum(village.area for village in villages), rel=1e-9)

    def test_what_lies_above_is_made_of_what_lies_below(self, kota: Profile) -> None:
        shapes = {area.code: area.shape for area in kota.areas}
        districts = [shape for code, shape in shapes.items() if code.count(".") == 2 and shape]
        city = shapes["32.99"]
        assert city is not None
        assert len(districts) == 4
        assert city.area == pytest.approx(sum(district.area for district in districts), rel=1e-9)

    def test_a_point_lies_in_its_village_its_district_and_the_city(self, kota: Profile) -> None:
        point = Point(106.9287, -6.9234)
        inside = [(a.code, a.name, a.parent) for a in kota.areas if a.shape and a.shape.covers(point)]
        assert inside == [
            ("32.99", "Kota Cempaka", None),
            ("32.99.01", "Cempaka Tengah", "32.99"),
            ("32.99.01.1001", "Tegalsari", "32.99.01"),
        ]

    def test_the_city_is_about_ten_by_eight_kilometres(self, kota: Profile) -> None:
        city = kota.areas[0].shape
        assert city is not None
        west, south, east, north = city.bounds
        assert 9 < (east - west) * 110.5 < 11
        assert 7 < (north - south) * 110.6 < 9
        assert (KOTA / "areas.geojson").stat().st_size < 60_000


class TestHolidays:
    def test_2025_has_17_public_days_and_28_with_joint_leave(self, kota: Profile) -> None:
        office, clinic = kota.calendars
        local = {day.date for day in office.extra}
        assert sum(day.year == 2025 for day in set(holidays_of(office)) - local) == 28
        assert sum(day.year == 2025 for day in holidays_of(clinic)) == 17

    def test_known_days_of_2026_are_free_and_named_in_indonesian(self, kota: Profile) -> None:
        free = holidays_of(kota.calendars[0])
        assert free[date(2026, 3, 21)] == "Hari Raya Idul Fitri"
        assert free[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"
        assert free[date(2026, 3, 23)].startswith("Cuti Bersama")
        assert date(2026, 8, 18) not in free

    def test_local_days_are_added_and_wrong_ones_taken_out(self, copy: Path) -> None:
        text = (copy / "calendar.toml").read_text()
        gone = '[[calendar.without]]\ndate = 2025-12-26\nname = "Cuti bersama dibatalkan"\ndecree = "Rekaan 1/2025"\n'
        (copy / "calendar.toml").write_text(text.replace("\n[[calendar.extra]]", f"\n{gone}\n[[calendar.extra]]", 1))
        free = holidays_of(read_profile(copy).calendars[0])
        assert free[date(2025, 2, 14)] == "Hari Jadi Kota Cempaka"
        assert date(2025, 12, 26) not in free
        assert date(2026, 12, 24) in free

    def test_offices_are_open_on_weekdays_from_half_past_seven_to_four(self, kota: Profile) -> None:
        office, clinic = kota.calendars
        assert (office.opens, office.closes) == (time(7, 30), time(16))
        assert office.weekdays == {0, 1, 2, 3, 4}
        assert clinic.weekdays == {0, 1, 2, 3, 4, 5}
        assert {day.year for day in holidays_of(office)} == set(range(2024, 2031))

    @pytest.mark.skipif(not HOLIDAYS.exists(), reason="the shared data are not here")
    def test_the_days_are_those_of_the_frozen_list(self, kota: Profile) -> None:
        with HOLIDAYS.open() as file:
            listed = {date.fromisoformat(row["tanggal"]) for row in csv.DictReader(file)}
        local = {day.date for day in kota.calendars[0].extra}
        free = set(holidays_of(kota.calendars[0])) - local
        assert {day for day in free if day.year <= 2026} == {day for day in listed if day.year >= 2024}


# file, what stands there, what stands there instead, and the only mistake this makes;
# {n} is the line of the change, {m} the one after it.
ALONE = [
    ("calendar.toml", 'holidays_country = "ID"\n', "", "5: “holidays_country” is missing"),
    ("people.toml", '[{ role = "liaison", agency = "dlh" }]', '["dlh"]', "{n}: “posts” should be a list of tables"),
    (
        "answers.toml",
        'act = "archive"',
        'act = "arcive"',
        "{n}: act “arcive” is not known; did you mean “archive”?",
    ),
    ("answers.toml", 'act = "archive"', 'act = "rate"', "{n}: act “rate” is not known"),
    ("answers.toml", '"not_ours"', '"late"', "{n}: template “late” stands already on line 97"),
    ("answers.toml", '"not_ours"', '"Not ours"', "{n}: code “Not ours” should look like “being_checked”"),
    ("answers.toml", ', en = "We are late"', "", "{n}: “name” has no English text (en)"),
    ("answers.toml", "thanks = [", "thank = [", "{n}: “thank” is not a key known here; did you mean “thanks”?"),
    ("answers.toml", '"bodoh", ', "7, ", "31: “insults” should be a list of texts in quotes"),
    ("answers.toml", '"apabila" = "kalau"', '"apabila" = 3', "{n}: “apabila” should be text in quotes"),
    ("answers.toml", '"apabila" = "kalau"', '"apabila" = ""', "{n}: “apabila” is empty"),
    (
        "answers.toml",
        "[manners.phrases]",
        "[manners.phrase]",
        "{n}: “phrase” is not a key known here; did you mean “phrases”?",
    ),
    ("ladder.toml", '"75%"', '"75"', "{n}: at “75” should look like “75%”, “+3 working_days” or “-3 days”"),
    ("ladder.toml", '"75%"', '"90%"', "{n}: the ladder of all has a rung twice"),
    (
        "ladder.toml",
        '"100%"',
        '"99%"',
        "8: the ladder of all has no rung at “100%”: nobody would hear of a missed promise",
    ),
    ("ladder.toml", "level = 2", "level = 5", "{n}: “level” should lie between 0 and 4, not 5"),
    (
        "ladder.toml",
        '"agency_head"',
        '"agency_hed"',
        "{n}: tells “agency_hed” is not known; did you mean “agency_head”?",
    ),
    (
        "ladder.toml",
        "level = 1",
        'promises = ["reopen"]',
        "{n}: promises “reopen” is not known; did you mean “respond”?",
    ),
    ("calendar.toml", '["public"]', "[1]", "{n}: “holidays_categories” should be a list of texts in quotes"),
    ("agencies.toml", '"Bag. Organisasi"', '" "', "{n}: “short” is empty"),
    ("government.toml", '"id", "en"]', '"id", "fr"]', "{n}: languages “fr” is not known"),
    ("government.toml", '["id", "en"]', "[]", "{n}: “languages” is empty"),
    ("government.toml", ', en = "Cempaka City"', "", "{n}: “name” has no English text (en)"),
    ("government.toml", 'id = "Kota Cempaka"', 'id = " "', "{n}: “name” has no Indonesian text (id)"),
    ("government.toml", "en = ", 'su = "Kota", en = ', "{n}: “name” has an unknown language “su”"),
    (
        "government.toml",
        '"Asia/Jakarta"',
        '"Asia/Jkt"',
        "{n}: zone “Asia/Jkt” is not known; write it like “Asia/Jakarta”",
    ),
    ("government.toml", '"Asia/Jakarta"', '"../etc"', "{n}: zone “../etc” is not known; write it like “Asia/Jakarta”"),
    (
        "government.toml",
        'desk = "diskominfo"',
        'desk = "kominfo"',
        "{n}: desk “kominfo” is not an agency of this profile; did you mean “diskominfo”?",
    ),
    (
        "government.toml",
        'calendar = "kota-cempaka"',
        'calendar = "ponorogo"',
        "{n}: calendar “ponorogo” is not a calendar of this profile",
    ),
    (
        "agencies.toml",
        'tier = "secretariat"',
        'tier = "sekretariat"',
        "{n}: tier “sekretariat” is not a tier of this profile; did you mean “secretariat”?",
    ),
    (
        "agencies.toml",
        'parent = "setda"',
        'parent = "dinas-x"',
        "{n}: parent “dinas-x” is not an agency of this profile; did you mean “dinas-pupr”?",
    ),
    (
        "agencies.toml",
        'slug = "bagian-organisasi"',
        'slug = "Bagian Organisasi"',
        "{n}: slug “Bagian Organisasi” should look like “dinas-contoh”",
    ),
    (
        "agencies.toml",
        'slug = "bagian-organisasi"',
        f'slug = "{"a" * 61}"',
        "{n}: “slug” has 61 characters, 60 at most",
    ),
    (
        "agencies.toml",
        'name = "Bagian Organisasi"',
        f'name = "{"a" * 201}"',
        "{n}: “name” has 201 characters, 200 at most",
    ),
    ("agencies.toml", 'name = "Bagian Organisasi"', "name = 7", "{n}: “name” should be text in quotes"),
    (
        "agencies.toml",
        'parent = "kota-cempaka"\n',
        "",
        "12: “setda” has no parent, but “kota-cempaka” is the root already",
    ),
    (
        "agencies.toml",
        'calendar = "puskesmas"',
        'calendar = "pkm"',
        "{n}: calendar “pkm” is not a calendar of this profile",
    ),
    (
        "agencies.toml",
        '"bpbd@kota-cempaka.example"',
        '"bpbd"',
        "{n}: email “bpbd” should look like “nama@kota.example”",
    ),
    ("categories.toml", 'owner = "dinas-pupr"\n', "", "5: “owner” is missing"),
    (
        "categories.toml",
        'owner = "dinas-pupr"',
        'owner = "dinas-pu"',
        "{n}: owner “dinas-pu” is not an agency of this profile; did you mean “dinas-pupr”?",
    ),
    (
        "categories.toml",
        'owner = "inspektorat"',
        'owner = "dlh"',
        "{n}: “staff_conduct” is restricted, but its owner “dlh” has no “examines = true”",
    ),
    (
        "categories.toml",
        '"14 working_days"',
        '"14 workdays"',
        "{n}: resolve “workdays” is not known; did you mean “working_days”?",
    ),
    ("categories.toml", '"14 working_days"', '"0 working_days"', "{n}: “resolve” should count from 1 to 10000, not 0"),
    (
        "categories.toml",
        '"14 working_days"',
        '"soon"',
        "{n}: “resolve” should look like “14 working_days” or “3 hours”",
    ),
    (
        "categories.toml",
        'code = "other"',
        'code = "other"\nparent = "lain"',
        "186: parent “lain” is not a category of this profile",
    ),
    (
        "categories.toml",
        'code = "other"',
        'code = "other"\nparent = "other"',
        "186: category “other” stands below itself: other → other",
    ),
    ("promises.toml", "length = 48", "length = 0", "{n}: “length” should count from 1 to 10000, not 0"),
    ("promises.toml", "length = 48", "length = true", "{n}: “length” should be a whole number"),
    ("promises.toml", 'unit = "hours"', 'unit = "hour"', "{n}: unit “hour” is not known; did you mean “hours”?"),
    (
        "promises.toml",
        "aspiration = 5",
        "aspirasi = 5",
        "{n}: by_classification “aspirasi” is not known; did you mean “aspiration”?",
    ),
    (
        "promises.toml",
        "aspiration = 5",
        "aspiration = -5",
        "{n}: “by_classification” should count from 1 to 10000, not -5",
    ),
    ("calendar.toml", 'opens = "07:30"', 'opens = "16:00"', "9: closes at 16:00, but opens at 16:00"),
    ("calendar.toml", 'opens = "07:30"', 'opens = "7.30"', "{n}: opens “7.30” should look like “07:30”"),
    ("calendar.toml", '["mon", "tue", "wed", "thu", "fri"]', "[]", "{n}: “weekdays” is empty"),
    ("calendar.toml", '"fri"', '"fry"', "{n}: weekday “fry” is not known; did you mean “fri”?"),
    ("calendar.toml", '"Asia/Jakarta"', '"Asia"', "{n}: zone “Asia” is not known; write it like “Asia/Jakarta”"),
    ("calendar.toml", '"ID"', '"ZZ"', "{n}: no holidays are known of country “ZZ”"),
    (
        "calendar.toml",
        '"government"',
        '"goverment"',
        "{n}: holidays of “goverment” are not known for ID; did you mean “government”?",
    ),
    (
        "calendar.toml",
        "date = 2025-02-14",
        'date = "2025-02-14"',
        "{n}: “date” should be a date such as 2025-08-17, without quotes",
    ),
    (
        "calendar.toml",
        "date = 2025-02-14",
        "date = 2025-02-30",
        "{n}: this is not TOML: Invalid date or datetime (at line {n}, column 8)",
    ),
    (
        "calendar.toml",
        "date = 2025-02-14",
        "date = 2023-02-14",
        "{n}: 2023-02-14 lies outside the calendar's years, 2024 to 2030",
    ),
    ("calendar.toml", "last_year = 2030", "last_year = 2300", "{n}: “last_year” should lie between 1990 and 2100"),
    ("people.toml", 'role = "liaison"', 'role = "liason"', "{n}: role “liason” is not known; did you mean “liaison”?"),
    (
        "people.toml",
        'agency = "dlh"',
        'agency = "dhl"',
        "{n}: agency “dhl” is not an agency of this profile; did you mean “dlh”?",
    ),
    ("people.toml", '[{ role = "liaison", agency = "dlh" }]', "[]", "{n}: “posts” is missing: at least one is needed"),
    ("people.toml", '"yuni@', '"DEWI@', "{n}: e-mail “dewi@kota-cempaka.example” stands already on line 6"),
    (
        "people.toml",
        'name = "Yuni Kartika"',
        'name = "Yuni Kartika"\npassword = "x"',
        "16: “password” is not a key known here",
    ),
    (
        "areas.geojson",
        '"Sukasari"',
        '"Suka Sari"',
        "{n}: 32.99.01.1002 is called “Suka Sari” here, but “Sukasari” in areas.toml",
    ),
    (
        "areas.geojson",
        "-6.92557",
        "-96.92557",
        "{n}: the polygon of 32.99.01.1001 lies off the earth: write longitude, then latitude, in degrees",
    ),
    ("areas.geojson", "]]]}},", "]]]}}", "{m}: this is not JSON: Expecting ',' delimiter"),
]
# The same, where other mistakes follow from the one that was made.
FOLLOWED = [
    ("government.toml", '"32.99"', '"32.98"', "{n}: area_code “32.98” is not an area of this profile"),
    ("calendar.toml", "first_year = 2024", "first_year = 2031", "14: last_year 2030 lies before first_year 2031"),
    ("calendar.toml", "date = 2026", "date = 2025", "{n}: 2025-02-14 stands 2 times in this calendar"),
    ("government.toml", 'desk = "', 'dekk = "', "{n}: “dekk” is not a key known here; did you mean “desk”?"),
    ("government.toml", 'code = "company"', 'code = "office"', "{n}: tier “office” stands already on line 33"),
    ("agencies.toml", 'slug = "bagian-organisasi"', 'slug = "setda"', "{n}: agency “setda” stands already on line 13"),
    (
        "agencies.toml",
        'email = "dp3a@kota-cempaka.example"\nexamines = true',
        'email = "dp3a@kota-cempaka.example"\nexamines = 1',
        "{m}: “examines” should be true or false",
    ),
    ("promises.toml", 'name = "answer"', 'name = "scheduled"', "{n}: name “scheduled” is not known"),
    (
        "calendar.toml",
        'name = "puskesmas"\nzone',
        'name = "kota-cempaka"\nzone',
        "27: calendar “kota-cempaka” stands already on line 6",
    ),
    (
        "areas.toml",
        'code = "32.99.02"',
        'code = "32.98"',
        "{n}: area “32.98” does not lie below another area of this profile",
    ),
    ("areas.toml", '"32.99.01.1002"', '"32.99.01.1001"', "{n}: area “32.99.01.1001” stands already on line 13"),
    ("areas.toml", '"32.99.01.1002"', '"32-99-01"', "{n}: code “32-99-01” should look like “32.99.01.1001”"),
    ("areas.geojson", "[106.91947,-6.92557]", "[106.9195]", "{n}: the geometry of 32.99.01.1001 cannot be read"),
    (
        "areas.geojson",
        '"code": "32.99.01.1001", ',
        "",
        "{n}: a feature needs the properties “code” and “name”, and a geometry",
    ),
]


GIVEN_BY_HAND = {Promise.SCHEDULED, Promise.OUTSIDE_NEWS}  # whoever acts says the day


class TestMistakes:
    @pytest.mark.parametrize(("file", "old", "new", "said"), ALONE, ids=[f"{row[0]}-{row[2][:30]}" for row in ALONE])
    def test_a_mistake_is_told_with_its_file_and_line(
        self, copy: Path, file: str, old: str, new: str, said: str
    ) -> None:
        line = change(copy, file, old, new)
        assert mistakes(copy) == [f"{file}:{said.format(n=line, m=line + 1)}"]

    @pytest.mark.parametrize(("file", "old", "new", "said"), FOLLOWED, ids=[f"{r[0]}-{r[2][:30]}" for r in FOLLOWED])
    def test_a_mistake_is_told_beside_those_that_follow_from_it(
        self, copy: Path, file: str, old: str, new: str, said: str
    ) -> None:
        line = change(copy, file, old, new)
        told = mistakes(copy)
        assert f"{file}:{said.format(n=line, m=line + 1)}" in told
        assert len(told) > 1

    def test_each_promise_but_the_usual_ones_must_be_there(self, copy: Path) -> None:
        text = (copy / "promises.toml").read_text()
        (copy / "promises.toml").write_text("[[promise]]" + text.split("[[promise]]")[1])
        usual = {Promise.ANSWER, Promise.APPEAL_WINDOW, Promise.REOPEN_WINDOW, Promise.ARBITRATE}
        usual |= {Promise.INFORMATION, Promise.AUDIENCE}
        needed = set(Promise) - usual - GIVEN_BY_HAND
        assert mistakes(copy) == sorted(f"promises.toml:1: promise “{name}” is missing" for name in needed)

    def test_the_windows_to_object_and_reopen_have_a_usual_length(self, copy: Path, kota: Profile) -> None:
        text = (copy / "promises.toml").read_text()
        (copy / "promises.toml").write_text("[[promise]]".join(text.split("[[promise]]")[:-2]))
        assert read_profile(copy).promises[-2:] == kota.promises[-2:]
        assert set(PROMISES) == set(Promise) - GIVEN_BY_HAND

    def test_a_circle_of_agencies_is_told_once(self, copy: Path) -> None:
        office = 'tier = "secretariat"\nparent = '
        line = change(copy, "agencies.toml", f'{office}"kota-cempaka"', f'{office}"bagian-organisasi"') + 1
        say = "agency “setda” stands below itself: setda → bagian-organisasi → setda"
        assert mistakes(copy) == [f"agencies.toml:{line}: {say}"]

    def test_a_tree_needs_a_root(self, copy: Path) -> None:
        change(copy, "agencies.toml", 'tier = "city"', 'tier = "city"\nparent = "setda"')
        assert mistakes(copy) == [
            "agencies.toml:1: no agency is the root: one must have no parent",
            "agencies.toml:8: agency “kota-cempaka” stands below itself: kota-cempaka → setda → kota-cempaka",
        ]

    def test_overlapping_and_broken_polygons_are_told(self, copy: Path) -> None:
        lines = (copy / "areas.geojson").read_text().splitlines()
        lines[3] = re.sub(r'"geometry": .*\}', f'"geometry": {shape_of(lines[2])}}}', lines[3])
        bow = '{"type": "Polygon", "coordinates": [[[100,-6],[101,-7],[101,-6],[100,-7],[100,-6]]]}'
        lines[5] = re.sub(r'"geometry": .*\}', f'"geometry": {bow}}}', lines[5])
        (copy / "areas.geojson").write_text("\n".join(lines))
        assert mistakes(copy) == [
            "areas.geojson:4: the polygon of 32.99.01.1003 overlaps that of 32.99.01.1002 by 100.00%",
            "areas.geojson:6: the polygon of 32.99.01.1005 is not sound: Self-intersection[100.5 -6.5]",
        ]

    @pytest.mark.parametrize(
        ("geometry", "said"),
        [
            ('{"type": "Polygon", "coordinates": []}', "is empty"),
            ('{"type": "Point", "coordinates": [106.9, -6.9]}', "is a Point"),
        ],
    )
    def test_what_is_no_polygon_is_told(self, copy: Path, geometry: str, said: str) -> None:
        old = shape_of((copy / "areas.geojson").read_text().splitlines()[1])
        change(copy, "areas.geojson", old, geometry)
        assert mistakes(copy) == [f"areas.geojson:2: the polygon of 32.99.01.1001 {said}"]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"[]", "this is not a GeoJSON FeatureCollection"),
            (b"{}", "this is not a GeoJSON FeatureCollection"),
            (b"\xff", "this file is not UTF-8 text"),
        ],
    )
    def test_a_map_that_cannot_be_read_is_told(self, copy: Path, content: bytes, said: str) -> None:
        (copy / "areas.geojson").write_bytes(content)
        assert mistakes(copy) == [f"areas.geojson:1: {said}"]

    def test_areas_and_polygons_must_match(self, copy: Path) -> None:
        change(copy, "areas.geojson", '"code": "32.99.01.1002"', '"code": "32.99.01.1099"')
        lost, stray = mistakes(copy)[::-1]
        assert lost == "areas.toml:17: area “32.99.01.1002” has no polygon in areas.geojson"
        assert stray.startswith(
            "areas.geojson:3: polygon “32.99.01.1099” is not an area of this profile; did you mean “32.99.01.10"
        )

    def test_what_has_areas_below_it_has_no_polygon_of_its_own(self, copy: Path) -> None:
        properties = '{"code": "32.99.01", "name": "Cempaka Tengah"}'
        feature = f'{{"type": "Feature", "properties": {properties}, "geometry": {SQUARE}}}'
        change(copy, "areas.geojson", '{"type": "Feature"', feature + ',\n{"type": "Feature"')
        assert mistakes(copy) == ["areas.geojson:2: 32.99.01 has areas below it: its shape is made of theirs"]

    @pytest.mark.parametrize("file", sorted(path.name for path in KOTA.iterdir() if path.stem not in NEED_NOT_BE))
    def test_a_missing_file_is_told_and_not_what_follows_from_it(self, copy: Path, file: str) -> None:
        (copy / file).unlink()
        assert mistakes(copy) == [f"{file}:1: this file is missing"]

    @pytest.mark.parametrize(
        ("file", "list_"),
        [("agencies", "agency"), ("areas", "area"), ("categories", "category"), ("promises", "promise"),
         ("calendar", "calendar"), ("people", "person")],
    )  # fmt: skip
    def test_an_empty_list_is_told(self, copy: Path, file: str, list_: str) -> None:
        (copy / f"{file}.toml").write_text("# nothing yet\n")
        assert f"{file}.toml:1: “{list_}” is missing: at least one is needed" in mistakes(copy)

    def test_how_to_answer_may_be_left_out(self, copy: Path, kota: Profile) -> None:
        (copy / "answers.toml").write_text("# nothing yet\n")
        assert (read_profile(copy).manners, read_profile(copy).templates) == (Manners(), ())
        (copy / "answers.toml").unlink()
        assert (read_profile(copy).manners, read_profile(copy).templates) == (Manners(), ())
        assert (kota.manners.insults, kota.templates) != ((), ())

    def test_the_signer_of_readers_may_be_named_and_must_be_a_key(self, copy: Path, kota: Profile) -> None:
        assert kota.sealed.signer == ""
        good = b64encode(public_of(new_signing_key())).decode()
        before = (copy / "government.toml").read_text()
        (copy / "government.toml").write_text(f'{before}\n[sealed]\nsigner = "{good}"\n')
        assert read_profile(copy).sealed.signer == good
        line = before.count("\n") + 3
        for bad in ("bukan kunci", good[:-8], "AAAA"):
            (copy / "government.toml").write_text(f'{before}\n[sealed]\nsigner = "{bad}"\n')
            (said,) = mistakes(copy)
            assert said.startswith(f"government.toml:{line}: signer “{bad}” should be the key")
        (copy / "government.toml").write_text(f'{before}\n[sealed]\nsinger = "{good}"\n')
        (said,) = mistakes(copy)
        assert "singer" in said

    def test_an_empty_map_is_told(self, copy: Path) -> None:
        (copy / "areas.geojson").write_text('{"type": "FeatureCollection", "features": []}')
        assert mistakes(copy) == ["areas.geojson:1: there is no polygon in this file"]

    def test_a_file_that_is_none_of_a_profile_is_told(self, copy: Path) -> None:
        (copy / "category.toml").write_text("")
        assert mistakes(copy) == ["category.toml:1: a profile has no such file; did you mean “categories.toml”?"]

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        assert mistakes(tmp_path / "x") == [f"{tmp_path / 'x'}:1: there is no such folder"]

    def test_a_file_of_another_encoding_is_told(self, copy: Path) -> None:
        (copy / "people.toml").write_bytes('name = "Café"'.encode("latin-1"))
        assert mistakes(copy) == ["people.toml:1: this file is not UTF-8 text"]

    def test_mistakes_in_several_files_are_all_told_in_order(self, copy: Path) -> None:
        change(copy, "people.toml", '"dpo"', '"dpp"')
        change(copy, "agencies.toml", 'parent = "setda"', 'parent = "sekda"')
        change(copy, "categories.toml", "proof = true", 'proof = "yes"')
        change(copy, "promises.toml", "length = 48", "length = -1")
        change(copy, "government.toml", "zone =", "zona =")
        told = mistakes(copy)
        assert [said.partition(":")[0] for said in told] == [
            "agencies.toml", "categories.toml", "government.toml", "government.toml", "people.toml", "promises.toml",
        ]  # fmt: skip
        assert "government.toml:8: “zona” is not a key known here; did you mean “zone”?" in told
        assert "government.toml:4: “zone” is missing" in told

    def test_lines_are_right_after_values_of_several_lines(self, copy: Path) -> None:
        change(copy, "people.toml", "posts = [{", 'posts = [\n  # tier = "x"\n  {')
        line = change(copy, "people.toml", '"hendra@', '"hendra at ')
        assert mistakes(copy)[0].startswith(f"people.toml:{line}: email “hendra at ")


def shape_of(line: str) -> str:
    return line.partition('"geometry": ')[2].rstrip(",").removesuffix("}")

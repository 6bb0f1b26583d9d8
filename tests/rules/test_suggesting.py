"""Which agency is proposed, how sure, and by which reasons."""

from tuntas.kit.words import Say
from tuntas.rules.roads import RoadHere, RoadStatus, status_in
from tuntas.rules.suggesting import GAVE_BACK, NOT_ITS_ROAD, SELDOM, Sure, Topic, suggest
from tuntas.rules.topics import Guess

ROADS, LIGHTS, WATER, PARKING = 1, 2, 3, 4
TOPICS = {
    code: Topic(code, Say(code, code), owner)
    for code, owner in (("road", ROADS), ("light", LIGHTS), ("water", WATER), ("parking", PARKING))
}


def test_the_reporters_topic_with_a_word_for_it_is_sure() -> None:
    (first,) = suggest(TOPICS["road"], [Guess("road", ("lubang",))], TOPICS)
    assert (first.agency, first.sure, len(first.why)) == (ROADS, Sure.YAKIN, 2)


def test_a_topic_without_a_word_is_only_perhaps() -> None:
    (first,) = suggest(TOPICS["road"], [], TOPICS)
    assert first.sure is Sure.MUNGKIN


def test_several_words_alone_are_sure_and_one_is_perhaps() -> None:
    (first,) = suggest(None, [Guess("light", ("lampu", "gelap"))], TOPICS)
    assert first.sure is Sure.YAKIN
    (first,) = suggest(None, [Guess("light", ("gelap",))], TOPICS)
    assert first.sure is Sure.MUNGKIN


def test_three_at_most_the_surest_first() -> None:
    words = [Guess("light", ("lampu", "gelap")), Guess("water", ("got",)), Guess("parking", ("bus",))]
    found = suggest(TOPICS["road"], words, TOPICS)
    assert [each.agency for each in found] == [ROADS, LIGHTS, WATER]
    assert found[0].sure >= found[1].sure >= found[2].sure


def test_nothing_known_proposes_nothing() -> None:
    assert suggest(None, [], TOPICS) == []
    assert suggest(None, [Guess("sealed", ("uang",))], TOPICS) == []


def test_what_was_done_before_speaks_for_and_against() -> None:
    found = suggest(TOPICS["road"], [Guess("road", ("lubang",))], TOPICS, handled={WATER: 9, LIGHTS: 1})
    by_agency = {each.agency: each for each in found}
    assert by_agency[ROADS].sure is Sure.MUNGKIN
    assert by_agency[ROADS].against == [SELDOM]
    assert by_agency[WATER].sure is Sure.MUNGKIN
    assert "9 dari 10" in by_agency[WATER].why[0].id


def test_two_cases_are_no_habit() -> None:
    (first,) = suggest(TOPICS["road"], [Guess("road", ("lubang",))], TOPICS, handled={WATER: 2})
    assert (first.agency, first.sure) == (ROADS, Sure.YAKIN)


def test_who_gave_the_report_back_is_proposed_last_and_with_a_warning() -> None:
    words = [Guess("road", ("lubang",)), Guess("light", ("lampu",))]
    found = suggest(TOPICS["road"], words, TOPICS, gave_back={ROADS})
    assert [each.agency for each in found] == [LIGHTS, ROADS]
    assert (found[1].sure, found[1].against) == (Sure.KECIL, [GAVE_BACK])


PROVINCE = 9
ROAD = RoadHere(PROVINCE, "Jalan Raya Wangi", RoadStatus.PROVINCE)


def test_a_hole_in_a_road_goes_to_who_keeps_that_road() -> None:
    words = [Guess("road", ("lubang",))]
    first, second = suggest(TOPICS["road"], words, TOPICS, road=ROAD, keepers={ROADS, PROVINCE})
    assert (first.agency, first.sure, first.topic) == (PROVINCE, Sure.YAKIN, "road")
    assert first.why[-1].id == "Letaknya di Jalan Raya Wangi, jalan provinsi"
    assert (second.agency, second.sure, second.against) == (ROADS, Sure.KECIL, [NOT_ITS_ROAD])


def test_ones_own_road_makes_sure_and_what_is_no_matter_of_roads_stays_where_it_was() -> None:
    own = RoadHere(ROADS, "Jalan Mawar", RoadStatus.CITY)
    (only,) = suggest(TOPICS["road"], [], TOPICS, road=own, keepers={ROADS, PROVINCE})
    assert (only.agency, only.sure, len(only.why)) == (ROADS, Sure.YAKIN, 2)
    (only,) = suggest(TOPICS["water"], [], TOPICS, road=ROAD, keepers={ROADS, PROVINCE})
    assert (only.agency, only.sure, only.against) == (WATER, Sure.MUNGKIN, [])


def test_a_keeper_who_gave_it_back_is_not_asked_again_first() -> None:
    found = suggest(TOPICS["road"], [], TOPICS, road=ROAD, keepers={ROADS, PROVINCE}, gave_back={PROVINCE})
    assert [each.agency for each in found] == [ROADS, PROVINCE]


def test_offices_name_the_status_in_their_own_words() -> None:
    assert status_in("Status Jalan Kabupaten") is RoadStatus.REGENCY
    assert status_in("NASIONAL") is RoadStatus.NATIONAL
    assert status_in("lingkungan") is None

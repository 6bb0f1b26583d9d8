"""Which agency is proposed, how sure, and by which reasons."""

from tuntas.kit.words import Say
from tuntas.rules.suggesting import GAVE_BACK, SELDOM, Sure, Topic, suggest
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

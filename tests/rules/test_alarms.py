"""What nobody looks after."""

from dataclasses import replace

from tuntas.rules.alarms import Alert, Missing, Place, Posts, Staffing, missing_in

CITY, DESK, ROADS, UNIT, AUDIT, GONE = 1, 2, 3, 4, 5, 6
PLACES = {
    CITY: Place(CITY, None),
    DESK: Place(DESK, CITY, is_apart=True),
    ROADS: Place(ROADS, CITY),
    UNIT: Place(UNIT, ROADS),
    AUDIT: Place(AUDIT, CITY, is_apart=True),
    GONE: Place(GONE, CITY, is_active=False),
}
FULL = Posts(liaisons=frozenset({ROADS}), admins=frozenset({CITY, DESK, ROADS}), validators=frozenset({CITY}))
STAFFED = Staffing(PLACES, FULL, owners={10: ROADS, 11: UNIT, 12: AUDIT}, desk_id=DESK)


def missing(staffing: Staffing) -> set[Missing]:
    found = list(missing_in(staffing))
    assert len(found) == len(set(found)), "each once"
    return set(found)


def test_where_everything_has_somebody_nothing_is_missing() -> None:
    assert missing(STAFFED) == set()


def test_an_agency_with_topics_needs_a_liaison_at_itself_or_above_but_not_of_the_whole_city() -> None:
    nobody = replace(STAFFED, posts=replace(FULL, liaisons=frozenset({CITY})))
    assert missing(nobody) == {Missing(Alert.NO_LIAISON, ROADS), Missing(Alert.NO_LIAISON, UNIT)}
    own = replace(STAFFED, posts=replace(FULL, liaisons=frozenset({UNIT})))
    assert missing(own) == {Missing(Alert.NO_LIAISON, ROADS)}


def test_an_agency_that_holds_open_reports_needs_one_even_if_it_is_gone() -> None:
    places = PLACES | {GONE: replace(PLACES[GONE], has_open=True)}
    assert missing(replace(STAFFED, places=places)) == {Missing(Alert.NO_LIAISON, GONE)}


def test_a_topic_whose_agency_is_gone_is_named_once() -> None:
    assert missing(replace(STAFFED, owners={10: ROADS, 13: GONE})) == {Missing(Alert.NO_OWNER, GONE, 13)}


def test_a_desk_without_admin_or_validator_or_with_a_gap_is_named() -> None:
    bare = replace(STAFFED, posts=replace(FULL, admins=frozenset(), validators=frozenset()), has_gap=True)
    assert missing(bare) == {Missing(kind, DESK) for kind in (Alert.NO_ADMIN, Alert.NO_VALIDATOR, Alert.NO_SHIFT)}

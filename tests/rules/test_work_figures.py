"""What is counted of people's work, by which rule, and who is shown whose."""

from dataclasses import fields

import pytest

from tuntas.rules.who import NOWHERE, Actor, Role
from tuntas.rules.work_figures import COLUMNS, RULES, SEE, Work, seen_by

HERE, BELOW = frozenset({1, 2, 3}), frozenset({3})


def test_every_figure_has_a_name_and_a_rule_in_both_languages() -> None:
    for column in COLUMNS:
        assert column.name.id != column.name.en
        assert column.rule.id.endswith(".")
        assert column.rule.en.endswith(".")
    assert {column.of for column in COLUMNS} - {"mean_rating"} == {f.name for f in fields(Work)} - {"rating_sum"}
    assert len({column.name.id for column in COLUMNS}) == len(COLUMNS)


def test_the_rules_are_sentences_a_person_reads() -> None:
    said = [column.rule for column in COLUMNS] + list(RULES)
    sentences = [part for each in said for text in (each.id, each.en) for part in text.split(". ")]
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


def test_what_the_system_closed_is_no_part_of_what_was_acknowledged() -> None:
    work = Work(acknowledged=2, closed_by_system=5)
    assert (work.acknowledged, work.closed_by_system) == (2, 5)
    rule = next(column.rule for column in COLUMNS if column.of == "closed_by_system")
    assert "Tidak pernah dihitung beres" in rule.id


def test_work_adds_up_and_the_mean_is_of_all_ratings() -> None:
    one, other = Work(answered=1, ratings=1, rating_sum=4), Work(answered=3, ratings=3, rating_sum=3)
    both = one + other
    assert (both.answered, both.ratings, both.mean_rating) == (4, 4, 1.75)
    assert Work().mean_rating is None


@pytest.mark.parametrize("role", [Role.AGENCY_ADMIN, Role.LEADER, Role.LIAISON])
def test_who_leads_sees_everyone_in_their_reach(role: Role) -> None:
    assert seen_by(Actor(person_id=7, reach={role: HERE})) == (HERE, 7)


@pytest.mark.parametrize("role", [Role.UNIT_HANDLER, Role.RESPONSE_VALIDATOR])
def test_who_does_the_work_sees_only_themselves(role: Role) -> None:
    assert seen_by(Actor(person_id=7, reach={role: HERE})) == (frozenset(), 7)


def test_two_posts_are_seen_together_and_the_smaller_one_does_not_grow() -> None:
    both = Actor(person_id=7, reach={Role.UNIT_HANDLER: HERE, Role.LIAISON: BELOW})
    assert seen_by(both) == (BELOW, 7)


def test_the_roles_that_see_any() -> None:
    assert set(SEE) == {
        *(Role.AGENCY_ADMIN, Role.LEADER, Role.LIAISON, Role.UNIT_HANDLER, Role.RESPONSE_VALIDATOR),
    }
    assert seen_by(Actor(reach=NOWHERE)) == (frozenset(), None)

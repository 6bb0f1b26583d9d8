"""Keeping views and shortcuts of the inbox."""

import pytest

from tests.cast import Cast
from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.people.filters import filters_of
from tuntas.people.models import Person, SavedFilter
from tuntas.rules.keys import USUAL, Does, Keys
from tuntas.rules.who import Role


@pytest.fixture
def dewi(cast: Cast) -> Person:
    return cast.person(Role.AGENCY_ADMIN)


@pytest.fixture
def agus(cast: Cast) -> Person:
    return cast.person(Role.ASSISTANT_ADMIN)


def test_a_filter_is_for_its_owner_until_it_is_shared(dewi: Person, agus: Person) -> None:
    steps.save_filter(dewi.pk, name=" Banjir  timur ", query="q=banjir", is_shared=False)
    assert [each.name for each in filters_of(dewi.pk)] == ["Banjir timur"]
    assert filters_of(agus.pk) == []
    steps.save_filter(dewi.pk, name="Banjir timur", query="q=banjir", is_shared=True)
    assert [each.name for each in filters_of(agus.pk)] == ["Banjir timur"]
    assert SavedFilter.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_filter_needs_a_short_name(dewi: Person, name: str) -> None:
    with pytest.raises(Invalid):
        steps.save_filter(dewi.pk, name=name, query="", is_shared=False)


def test_thirty_are_enough(dewi: Person) -> None:
    for n in range(30):
        steps.save_filter(dewi.pk, name=f"s{n}", query="", is_shared=False)
    with pytest.raises(Invalid):
        steps.save_filter(dewi.pk, name="s30", query="", is_shared=False)
    steps.save_filter(dewi.pk, name="s7", query="q=x", is_shared=False)


def test_only_its_owner_deletes_a_filter(dewi: Person, agus: Person) -> None:
    kept = steps.save_filter(dewi.pk, name="Banjir", query="", is_shared=True)
    steps.forget_filter(agus.pk, kept.pk)
    assert SavedFilter.objects.count() == 1
    steps.forget_filter(dewi.pk, kept.pk)
    assert SavedFilter.objects.count() == 0


def test_shortcuts_are_kept_and_wrong_ones_refused(dewi: Person) -> None:
    steps.choose_keys(dewi.pk, Keys({**USUAL, Does.NEXT: "n"}))
    dewi.refresh_from_db()
    assert dewi.keys == {"keys": {"turun": "n"}}
    with pytest.raises(Invalid) as no:
        steps.choose_keys(dewi.pk, Keys({**USUAL, Does.NEXT: "k"}))
    assert [each.pointer for each in no.value.mistakes] == ["/naik"]

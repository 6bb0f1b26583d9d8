"""The printed pages: as the code has it, and the same each time."""

import argparse
from pathlib import Path

import pytest

from tuntas.kit.env import VARIABLES
from tuntas.ops import docs
from tuntas.ops.reference import PAGES
from tuntas.ops.reference_permissions import role_of
from tuntas.ops.trouble import Trouble
from tuntas.rules import who
from tuntas.rules.life import Act, Promise, State


def test_the_pages_in_the_repository_are_fresh() -> None:
    assert docs.stale_pages() == []


def test_printing_twice_gives_the_same() -> None:
    assert {name: page() for name, page in PAGES.items()} == {name: page() for name, page in PAGES.items()}


def test_a_stale_page_is_named_and_printed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "FOLDER", tmp_path)
    with pytest.raises(Trouble, match=r"life\.md"):
        docs.run(argparse.Namespace(check=True))
    assert docs.run(argparse.Namespace(check=False)) == 0
    assert docs.run(argparse.Namespace(check=True)) == 0


def test_life_names_every_act_state_and_promise() -> None:
    page = PAGES["life.md"]()
    assert [word for word in (*Act, *State, *Promise) if f"| `{word}` |" not in page] == []


def test_settings_name_every_variable() -> None:
    page = PAGES["settings.md"]()
    assert [variable.name for variable in VARIABLES if f"| `{variable.name}` |" not in page] == []
    assert "1 min, 5 min, 15 min, 1 h, 3 h, 12 h, 24 h: 8 tries in all" in page


def test_a_predicate_names_the_role_that_decides() -> None:
    assert role_of(who.unit_handler_of_holder) == "unit_handler"
    assert role_of(who.inspectorate_not_author_if_restricted) == "inspectorate"
    assert role_of(who.assistant_admin_if_offered) == "assistant_admin"
    assert role_of(who.anyone) == "anyone"

"""Links that nobody can make up."""

from hypothesis import given
from hypothesis import strategies as st

from tuntas.kit.links import is_link, link_from, link_hash, new_link, sign_link


def test_a_new_link_is_ours_for_its_purpose_alone() -> None:
    link = new_link("draft")
    assert is_link(link, "draft")
    assert not is_link(link, "receipt")
    assert len(link) == 34
    assert link != new_link("draft")


@given(st.text(max_size=60))
def test_nothing_made_up_is_a_link(text: str) -> None:
    assert not is_link(text, "draft")


def test_one_letter_changed_is_no_link() -> None:
    link = sign_link("a" * 22, "draft")
    assert is_link(link, "draft")
    assert not any(is_link(link[:at] + "_" + link[at + 1 :], "draft") for at in range(34))


def test_a_link_follows_from_its_parts_and_the_row_does_not_tell_it() -> None:
    link = link_from("draft", "form", purpose="receipt")
    assert link == link_from("draft", "form", purpose="receipt")
    assert link != link_from("draft", "other form", purpose="receipt")
    assert is_link(link, "receipt")
    assert link[:22] not in link_hash(link, "receipt")

"""Shortcuts: as usual unless changed, one sign each, none twice."""

from tuntas.rules.keys import NAMES, ONE_SIGN, TAKEN, USUAL, Does, Keys, as_kept, keys_of, trouble_with_keys


def test_who_changed_nothing_has_the_usual_ones() -> None:
    assert keys_of({}) == Keys(USUAL)
    assert as_kept(Keys(USUAL)) == {}
    assert trouble_with_keys(Keys(USUAL)) == {}


def test_a_change_is_kept_and_comes_back() -> None:
    keys = Keys({**USUAL, Does.NEXT: "n"}, is_on=False)
    assert keys_of(as_kept(keys)) == keys
    assert as_kept(keys) == {"keys": {"turun": "n"}, "is_on": False}


def test_each_is_one_sign_of_its_own() -> None:
    wrong = trouble_with_keys(Keys({**USUAL, Does.NEXT: "", Does.BEFORE: "ab", Does.PICK: " ", Does.ASK: "d"}))
    assert wrong == {Does.NEXT: ONE_SIGN, Does.BEFORE: ONE_SIGN, Does.PICK: ONE_SIGN, Does.ASK: TAKEN}


def test_every_shortcut_has_a_name() -> None:
    assert set(NAMES) == set(Does) == set(USUAL)

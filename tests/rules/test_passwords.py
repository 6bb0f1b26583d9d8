"""Which passwords of staff are good enough."""

import pytest

from tuntas.kit.words import Say
from tuntas.rules.passwords import TOO_COMMON, TOO_LONG, TOO_SHORT, trouble_with_password


@pytest.mark.parametrize(
    ("password", "trouble"),
    [
        ("sebelas-hrf", TOO_SHORT),
        ("x" * 501, TOO_LONG),
        ("aaaaaaaaaaaa", TOO_COMMON),
        ("123456789012", TOO_COMMON),
        ("qwertyuiopas", TOO_COMMON),
        ("Password2026!", TOO_COMMON),
        ("Indonesia1945", TOO_COMMON),
        ("dewi.lestari", TOO_COMMON),
        ("Dewi.Lestari2026", TOO_COMMON),
        ("kopi tubruk pagi", None),
        ("sandi-contoh-123", None),
    ],
)
def test_long_and_not_one_that_everybody_tries(password: str, trouble: Say | None) -> None:
    assert trouble_with_password(password, email="dewi.lestari@kota.example", name="Dewi Lestari") == trouble

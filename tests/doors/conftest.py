"""What every test of a page needs: the static files stand under their hashed names."""

import pytest

from tuntas.ops.static_files import collect_static


@pytest.fixture(autouse=True, scope="session")
def static_files() -> None:
    collect_static()

"""A cluster that several commands use: who stops it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.kit.test_cluster import open_folder
from tuntas.kit.cluster import Cluster
from tuntas.kit.lent import lent


@pytest.fixture
def home() -> Iterator[Path]:
    with open_folder() as above:
        yield above / "var"
        Cluster(above / "var").remove()


def test_the_last_of_several_stops_it_whoever_began(home: Path) -> None:
    with ExitStack() as first, ExitStack() as second:
        url = first.enter_context(lent(home))
        assert second.enter_context(lent(home)) == url
        first.close()
        assert Cluster(home).is_running()
    assert not Cluster(home).is_running()


def test_it_can_be_used_again_and_stops_again(home: Path) -> None:
    for _ in range(2):
        with lent(home):
            assert Cluster(home).is_running()
        assert not Cluster(home).is_running()


def test_a_server_that_ran_before_goes_on_after_those_who_came(home: Path) -> None:
    Cluster(home).start()
    with lent(home):
        pass
    assert Cluster(home).is_running()


def test_one_whose_user_was_killed_is_stopped_by_the_next_who_leaves(home: Path) -> None:
    Cluster(home).start()
    (home / "cluster.users").write_text("as a killed one leaves it")
    with lent(home):
        pass
    assert not Cluster(home).is_running()

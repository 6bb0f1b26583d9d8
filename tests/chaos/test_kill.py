"""Acknowledged means durable: web, worker and database are killed at random while reports come in.

The same as ``python -m bench.chaos 10000``, with fewer reports.
"""

from pathlib import Path

import pytest

from bench.chaos import VICTIMS, run

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


def test_killing_web_worker_and_database_loses_and_doubles_nothing(tmp_path: Path) -> None:
    seen = run(tmp_path / "data", reports=300, kills=3, uploaders=60, seed=7)
    assert {name: seen.killed.count(name) for name in VICTIMS} == dict.fromkeys(VICTIMS, 3)
    assert seen.told["sockets_open"] > 60
    assert seen.wrong == []

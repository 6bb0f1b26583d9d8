"""An installation for the tests: a data folder and a real PostgreSQL of its own, before Django reads its settings."""

import atexit
import os
import tempfile
from pathlib import Path
from typing import cast

from tuntas.kit.cluster import Cluster
from tuntas.kit.programs import Source

HOME = "TUNTAS_TEST_HOME"
KEPT = (HOME, "TUNTAS_EMBEDDED_URL", "TUNTAS_SHOTS")


def install() -> None:
    """Start one cluster for the run; each test process has its own folder and, by pytest-django, its own database."""
    if HOME not in os.environ:
        programs = cast(Source, os.environ.get("TUNTAS_TEST_POSTGRES", "any"))  # any, machine or wheel
        home = tempfile.TemporaryDirectory(prefix="tuntas-test-")
        cluster = Cluster(Path(home.name), programs)
        os.environ["TUNTAS_EMBEDDED_URL"] = cluster.start()
        os.environ[HOME] = home.name
        atexit.register(home.cleanup)
        atexit.register(cluster.remove)
    data = Path(os.environ[HOME]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    (data / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    for name in [name for name in os.environ if name.startswith("TUNTAS_") and name not in KEPT]:
        del os.environ[name]
    os.environ["TUNTAS_DATA"] = str(data)
    os.environ["TUNTAS_SECRET_KEY"] = "only-for-tests-" + "x" * 32
    os.environ["TUNTAS_BASE_URL"] = "http://testserver"


install()

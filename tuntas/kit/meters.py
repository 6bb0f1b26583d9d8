"""Counters of one process, summed over all web processes of this machine. The only module that may import
prometheus_client.

Each process counts in files of its own below a folder that ``tuntas serve`` empties when it starts; whichever process
is asked adds them up. Without that folder a process counts for itself alone.
"""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name, read when it is first imported
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_own = CollectorRegistry()
_requests = Histogram(
    "tuntas_request_seconds",
    "How long requests took, by the pattern of their address.",
    ["route", "method", "status"],
    buckets=SECONDS,
    registry=_own,
)


class Reading(NamedTuple):
    """What one gauge shows: a value for each of its labels, or one value without."""

    name: str
    means: str
    values: dict[str, float] | float
    label: str = "state"


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    _requests.labels(route, method, f"{status // 100}xx").observe(seconds)


def told(readings: Iterable[Reading]) -> bytes:
    """Return everything counted so far, and the *readings*, in Prometheus' text format."""
    counted = _own
    if folder := os.environ.get(FOLDER):
        counted = CollectorRegistry()
        MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(_Now(list(readings)))
    return generate_latest(counted) + generate_latest(now)


class _Now:
    def __init__(self, readings: list[Reading]) -> None:
        self._readings = readings

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for reading in self._readings:
            if isinstance(reading.values, dict):
                family = GaugeMetricFamily(reading.name, reading.means, labels=[reading.label])
                for label, value in reading.values.items():
                    family.add_metric([label], value)
            else:
                family = GaugeMetricFamily(reading.name, reading.means, value=reading.values)
            yield family

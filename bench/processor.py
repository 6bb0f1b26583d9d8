"""How much of the machine a run used, and how much went to somebody else's processes meanwhile (Linux)."""

import os
import resource
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processor time: by the product and its database, by all of ours, by the whole machine."""

    product: float
    ours: float
    machine: float

    def since(self, before: "Used") -> "Used":
        return Used(self.product - before.product, self.ours - before.ours, self.machine - before.machine)


def used(roots: Iterable[int]) -> Used:
    """Read what the processes *roots* and all below them have used so far; our own load generator counts as ours."""
    tree, spent = defaultdict(list), dict[int, float]()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(entry.parent.name)
        tree[int(words[1])].append(pid)
        spent[pid] = sum(map(int, words[11:15])) / TICK  # with children that have ended
    product = sum(spent.get(pid, 0.0) for pid in _below(roots, tree))
    mine = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    busy = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    machine = (sum(busy) - busy[3] - busy[4]) / TICK
    return Used(product, product + sum(m.ru_utime + m.ru_stime for m in mine), machine)


def _below(roots: Iterable[int], tree: dict[int, list[int]]) -> set[int]:
    found, waiting = set[int](), list(roots)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += tree.get(pid, [])
    return found

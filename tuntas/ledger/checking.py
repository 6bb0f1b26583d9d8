"""Compute the whole log anew from the rows it stands for, and say where it is not as it was signed.

Everything is computed here and not in the database: whoever changed rows may have changed its functions as well.
"""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from tuntas.kit.merkle import Frontier, leaf_hash
from tuntas.kit.notes import BadNote, Statement, open_note, read_statement
from tuntas.ledger.growing import waiting
from tuntas.ledger.hashes import STRIDE
from tuntas.ledger.keys import origin, own_public
from tuntas.ledger.models import Checkpoint, Leaf, Node, Source
from tuntas.ledger.rows import Row, rows_of
from tuntas.reports.models import Event, Report

AT_ONCE = 5_000  # leaves
BEFORE_ALL = -(2**63) + 1  # a place below 0 would be a hiding-place
LATEST = timedelta(hours=1)  # for a row to get its leaf
MOST_SWAPPED = 20  # places that are named where the order is wrong
SEAL = "seal"  # the act that takes words away


class Grade(Enum):
    WARNING = "warning"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and where."""

    grade: Grade
    says: str
    seq: int | None = None
    source: str = ""
    source_id: int | None = None
    report: str = ""


@dataclass(slots=True)
class Check:
    """One walk over the log, in pieces; what was found stands in it afterwards."""

    now: datetime
    outside: str = ""  # a checkpoint somebody kept elsewhere
    public: bytes | None = None  # the key they trust; none: this machine's own
    findings: list[Finding] = field(default_factory=list)
    leaves: int = 0
    removed: int = 0  # rows whose words were taken away, as they may be
    checkpoints: int = 0
    waiting: int = 0
    _tree: Frontier = field(default_factory=Frontier)
    _last: dict[str, int] = field(default_factory=dict)
    _descents: list[tuple[int, str, int]] = field(default_factory=list)
    _good: int = 0  # up to here a signed checkpoint holds

    def walk(self) -> Iterator[int]:
        """Look at everything; yields how many leaves were looked at, piece by piece."""
        signed = {point.size: point for point in Checkpoint.objects.order_by("size")}
        outside = self._read_outside()
        nodes = Node.objects.order_by("id")
        stored = {(node.level, node.index): bytes(node.hash) for node in nodes.iterator()}
        expected, seen = 0, BEFORE_ALL
        while piece := list(Leaf.objects.filter(seq__gt=seen).order_by("seq")[:AT_ONCE]):
            self._compare(piece)
            seen = piece[-1].seq
            for leaf in piece:
                if leaf.seq != expected:
                    gap = f"before leaf {leaf.seq}, leaf {expected} should stand"
                    self._wrong(f"{gap}: leaves are missing", seq=expected)
                    expected = leaf.seq
                self._add(leaf, stored)
                expected += 1
                if expected in signed:
                    self._check_root(signed[expected])
                if outside is not None and outside.size == expected:
                    self._check_outside(outside)
            self.leaves += len(piece)
            yield len(piece)
        for point in signed.values():
            self._check_signature(point, expected)
        if outside is not None and outside.size > expected:
            self._wrong(f"the checkpoint from outside counts {outside.size} leaves, there are {expected}", seq=expected)
        self._look_for_waiting()

    def _compare(self, piece: Sequence[Leaf]) -> None:
        """Compare leaves with the rows they stand for."""
        for source in Source:
            leaves = [leaf for leaf in piece if leaf.source == source]
            rows = {row.id: row for row in rows_of(source, [leaf.source_id for leaf in leaves])} if leaves else {}
            names = _Names(rows.values())
            for leaf in leaves:
                row = rows.get(leaf.source_id)
                if row is None:
                    self._of_leaf(leaf, "is missing", "")
                elif row.leaf != bytes(leaf.data):
                    self._of_leaf(leaf, "was changed", names.of(row))
                elif row.salt is None:
                    self._check_removed(leaf, row, names)
                elif not row.keeps_its_words:
                    self._of_leaf(leaf, "does not say what it said: its words were changed", names.of(row))

    def _check_removed(self, leaf: Leaf, row: Row, names: "_Names") -> None:
        """Words may be gone where the report was moved into the sealed room later, and nowhere else."""
        if row.source is Source.EVENT and names.was_sealed_after(row):
            self.removed += 1
        else:
            self._of_leaf(leaf, "has lost its words, and its report was not moved into the sealed room", names.of(row))

    def _add(self, leaf: Leaf, stored: dict[tuple[int, int], bytes]) -> None:
        hashed = leaf_hash(bytes(leaf.data))
        if hashed != bytes(leaf.hash):
            self._of_leaf(leaf, "has a leaf whose hash is not that of its bytes", "")
        if leaf.source_id < self._last.get(leaf.source, 0):
            self._descents.append((leaf.seq, leaf.source, leaf.source_id))
        self._last[leaf.source] = leaf.source_id
        for level, one in self._tree.add(hashed):
            index = (self._tree.size >> level) - 1
            if level % STRIDE == 0 and stored.get((level, index)) != one:
                low, high = index << level, ((index + 1) << level) - 1
                self._wrong(f"the stored hash over leaves {low} to {high} is not theirs", seq=low)

    def _check_root(self, point: Checkpoint) -> None:
        self.checkpoints += 1
        if self._tree.root() == bytes(point.root):
            self._good = point.size
            self._descents.clear()  # a row that was committed late: signed in this order
            return
        self._wrong(
            f"the leaves do not make the root of the checkpoint of {point.size} leaves: "
            f"something from leaf {self._good} on is not as it was signed",
            seq=self._good,
        )
        for seq, source, source_id in self._descents[:MOST_SWAPPED]:
            self._wrong(f"leaf {seq} ({source} {source_id}) stands out of order", seq, source, source_id)
        self._descents.clear()

    def _check_signature(self, point: Checkpoint, there: int) -> None:
        where = f"the checkpoint of {point.size} leaves"
        if point.size > there:
            self._wrong(f"{where} was signed, and only {there} leaves are there", seq=there)
        key = self.public or own_public()
        if key is None:
            key = base64.b64decode(point.signer)
            self._warn("the key is not on this machine: signatures were checked with the key the database names")
        try:
            said = read_statement(open_note(point.note, origin(), key))
        except BadNote as no:
            self._wrong(f"{where}: {no}", seq=point.size)
            return
        if (said.origin, said.size, said.root) != (origin(), point.size, bytes(point.root)):
            self._wrong(f"{where} says something else than what was signed", seq=point.size)

    def _read_outside(self) -> Statement | None:
        if not self.outside:
            return None
        key = self.public or own_public()
        try:
            return read_statement(open_note(self.outside, origin(), key or b""))
        except BadNote as no:
            self._wrong(f"the checkpoint from outside: {no}")
            return None

    def _check_outside(self, said: Statement) -> None:
        if self._tree.root() != said.root:
            self._wrong(f"the checkpoint from outside, of {said.size} leaves, has another root", seq=self._good)

    def _look_for_waiting(self) -> None:
        """Tell of rows without a leaf; one that has waited for long is worth a warning."""
        for source in Source:
            ids = waiting(source, most=None, whole=True)
            self.waiting += len(ids)
            late = [row for row in rows_of(source, ids[:AT_ONCE]) if self.now - row.at > LATEST]
            if late:
                says = f"{len(late)} rows of {source} wait for longer than an hour, the first is {source} {late[0].id}"
                self._warn(says, source, late[0].id)

    def _of_leaf(self, leaf: Leaf, says: str, report: str) -> None:
        of = f" of report {report}" if report else ""
        self._wrong(
            f"{leaf.source} {leaf.source_id}{of} (leaf {leaf.seq}) {says}",
            leaf.seq,
            leaf.source,
            leaf.source_id,
            report,
        )

    def _wrong(
        self, says: str, seq: int | None = None, source: str = "", source_id: int | None = None, report: str = ""
    ) -> None:
        self.findings.append(Finding(Grade.WRONG, says, seq, source, source_id, report))

    def _warn(self, says: str, source: str = "", source_id: int | None = None) -> None:
        finding = Finding(Grade.WARNING, says, None, source, source_id)
        if finding not in self.findings:
            self.findings.append(finding)


class _Names:
    """What the reports of some rows are called, asked only where something is wrong."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = list(rows)
        self._sealed: dict[int, int] | None = None

    def of(self, row: Row) -> str:
        report = Report.objects.only("number", "ref").filter(pk=row.report_id or 0).first()
        return "" if report is None else report.name

    def was_sealed_after(self, row: Row) -> bool:
        if self._sealed is None:
            reports = {one.report_id for one in self._rows if one.salt is None}
            seals = Event.objects.filter(report__in=reports, act=SEAL).order_by("id").values_list("report_id", "id")
            self._sealed = dict(seals)
        return self._sealed.get(row.report_id or 0, 0) > row.id

"""What QUALITY asks of each measurement."""

from dataclasses import dataclass

from bench.load import Figures


@dataclass(frozen=True, slots=True)
class Aim:
    """At least so many a second, at most so many milliseconds."""

    per_second: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None

    def is_met(self, got: Figures) -> bool:
        return (
            got.errors == 0
            and got.requests > 0  # nothing answered in time meets no aim
            and (self.per_second is None or got.per_second >= self.per_second)
            and (self.p50_ms is None or (got.p50_ms is not None and got.p50_ms <= self.p50_ms))
            and (self.p95_ms is None or (got.p95_ms is not None and got.p95_ms <= self.p95_ms))
        )

    def __str__(self) -> str:
        words = [f">= {self.per_second:g}/s" if self.per_second else ""]
        words += [
            f"p50 <= {self.p50_ms:g} ms" if self.p50_ms else "",
            f"p95 <= {self.p95_ms:g} ms" if self.p95_ms else "",
        ]
        return ", ".join(filter(None, words))


AIMS = {
    "intake": Aim(per_second=310, p95_ms=60),
    "intake_email": Aim(per_second=310, p95_ms=60),
    "intake_all_jobs": Aim(per_second=100),
    "track": Aim(per_second=1400, p95_ms=12),
    "public_view": Aim(per_second=1400, p95_ms=12),
    "public_list_state": Aim(per_second=500, p95_ms=40),
    "public_list_category": Aim(per_second=500, p95_ms=40),
    "public_search": Aim(p50_ms=60),
    "desk_queue_admin": Aim(p50_ms=30),
    "desk_queue_liaison": Aim(p50_ms=30),
    "desk_queue_middle": Aim(p50_ms=30),
    "desk_search": Aim(p50_ms=60),
    "case_page": Aim(per_second=250),
    "page_inbox": Aim(p50_ms=30),
    "page_inbox_agencies": Aim(p50_ms=30),
    "page_inbox_narrow": Aim(p50_ms=30),
    "page_inbox_middle": Aim(p50_ms=30),
    "page_tasks": Aim(p50_ms=30),
    "page_case": Aim(per_second=250),
    "map_window": Aim(p95_ms=60),
    "statistics": Aim(p50_ms=40),
    "page_statistics": Aim(p50_ms=40),
    "clocks": Aim(per_second=1000),  # 300,000 within five minutes
    "make_reports": Aim(per_second=15000),
}

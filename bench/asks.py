"""What is asked of the product in the measurements, and with whose rights. Reads the database, changes only tokens."""

import json
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from bench.load import Ask, answers
from tuntas.agencies.installation import installation
from tuntas.kit.crypto import new_token
from tuntas.kit.paging import write_cursor
from tuntas.kit.time import current_time, real_time
from tuntas.people.models import Person, Session, Token
from tuntas.people.queries import actor_of, token_hash
from tuntas.people.sessions import session_hash
from tuntas.publications.models import Publication
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.who import Role

MANY = 400  # different requests of a kind
BODY = (
    "Lampu penerangan jalan di depan pasar mati sejak dua minggu lalu dan belum ada petugas yang datang. Setiap malam "
    "gelap sekali sehingga warga takut lewat, dan sudah dua kali ada pengendara motor yang jatuh karena lubang tidak "
    "terlihat. Kami sudah bicara dengan ketua lingkungan tetapi beliau tidak tahu harus ke mana. Mohon segera "
    "diperbaiki, terima kasih. "
)


@dataclass(frozen=True)
class Tokens:
    """Headers of the people in whose name is asked."""

    integration: dict[str, str]
    admin: dict[str, str]
    liaison: dict[str, str]


def tokens() -> Tokens:
    return Tokens(*(_bearer(role) for role in (Role.INTEGRATION, Role.AGENCY_ADMIN, Role.LIAISON)))


def somebody(role: Role) -> Person:
    """Return a person who holds this role and no other."""
    return Person.objects.annotate(n=Count("posts")).filter(n=1, posts__role=role).order_by("pk")[0]


def _bearer(role: Role) -> dict[str, str]:
    token = new_token()
    Token.objects.create(person=somebody(role), hash=token_hash(token), name="bench", created_at=current_time())
    return {"Authorization": f"Bearer {token}"}


def new_reports(headers: dict[str, str], *, with_email: bool, many: int = MANY) -> list[Ask]:
    """Return reports to make, about 480 bytes each, at random points of the city."""
    dice = random.Random(3)
    return [_new_report(headers, dice, with_email=with_email) for _ in range(many)]


def _new_report(headers: dict[str, str], dice: random.Random, *, with_email: bool) -> Ask:
    outline = dice.choice(installation().outlines)[1]
    point = outline.representative_point()
    given: dict[str, object] = {
        "body": BODY[: 330 if with_email else 390],
        "category": dice.choice(_categories()),
        "lat": round(point.y + dice.uniform(-0.001, 0.001), 6),
        "lng": round(point.x + dice.uniform(-0.001, 0.001), 6),
    }
    if with_email:
        given["reporter"] = {"name": "Sari", "email": f"sari{dice.randrange(10**6)}@contoh.example"}
    kind = {"Content-Type": "application/json"}
    return Ask("/api/v1/reports", "POST", headers | kind, json.dumps(given))


def _categories() -> list[str]:
    return [line.code for line in installation().categories.values() if not line.is_restricted]


def tracking(port: int, headers: dict[str, str]) -> list[Ask]:
    """Make some reports and return how their reporters look at them."""
    receipts = answers(port, new_reports(headers, with_email=False))
    return [Ask("/api/v1/track", headers={"Authorization": f"Code {receipt['code']}"}) for receipt in receipts]


def public_views() -> list[Ask]:
    return [Ask(f"/api/v1/reports/{number}") for number in _some_numbers(f"FROM {Publication._meta.db_table}")]


def case_pages(headers: dict[str, str], path: str = "/api/v1/reports") -> list[Ask]:
    """Return pages of open cases; after the warm-up their first reading lies behind them."""
    numbers = _some_numbers(
        "FROM reports_report", "AND state IN ('dispatched', 'in_progress', 'answered', 'submitted')"
    )
    return [Ask(f"{path}/{number}", headers=headers) for number in numbers[:200]]


def cookie(role: Role) -> dict[str, str]:
    """Return the header of a browser in which somebody with this role is signed in."""
    key, now = secrets.token_urlsafe(32), real_time()
    Session.objects.create(person=somebody(role), hash=session_hash(key), started_at=now, seen_at=now)
    return {"Cookie": f"sesi={key}"}


def _some_numbers(source: str, more: str = "") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id), max(id) {source}")
        low, high = cursor.fetchone()
        picks = random.Random(5).sample(range(low, high + 1), min(20 * MANY, high + 1 - low))
        cursor.execute(
            f"SELECT number {source} WHERE id = ANY(%s) AND number IS NOT NULL {more} LIMIT %s", [picks, MANY]
        )
        return [number for (number,) in cursor.fetchall()]


def lists(path: str, filters: Sequence[str], headers: dict[str, str] | None = None) -> list[Ask]:
    return [Ask(f"{path}?{one}", headers=headers or {}) for one in filters]


def map_windows() -> list[Ask]:
    """Return the map of the whole city, of a quarter of it and of some streets, as a phone asks for them."""
    bounds = installation().places.bounds
    if bounds is None:
        return []
    west, south, east, north = bounds
    lng, lat = (west + east) / 2, (south + north) / 2
    shares = (1.0, 0.25, 0.03)
    halves = [((east - west) * share / 2, (north - south) * share / 2) for share in shares]
    windows = [(lng - wide, lat - high, lng + wide, lat + high) for wide, high in halves]
    return [Ask(f"/peta?bbox={','.join(f'{edge:.5f}' for edge in window)}") for window in windows]


def middle_cursor(role: Role, state: str) -> str:
    """Return the cursor behind which the second half of somebody's queue lies, in the order of due times."""
    rows = Report.objects.visible_to(actor_of(somebody(role))).filter(state=state, due_at__isnull=False)
    rows = rows.order_by("due_at", "id")
    half = rows.count() // 2
    found = rows.values_list("due_at", "id")[half : half + 1]
    return write_cursor(*found[0]) if found else ""


def open_reports() -> int:
    return Report.objects.filter(state__in=OPEN_STATES).count()

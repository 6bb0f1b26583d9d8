"""What the demo puts into its database: tables, the invented city, its people's keys, its reports."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tuntas import steps
from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.profile import Profile, read_profile
from tuntas.kit.ids import show_code
from tuntas.kit.time import real_time
from tuntas.ops.demo_readers import make_readers
from tuntas.ops.demo_reports import KNOWN_EMAIL
from tuntas.ops.migrate import migrate, missing_migrations
from tuntas.people.models import Person
from tuntas.reports.models import Report
from tuntas.reports.queries import report_named

NO_PASSWORD = "!"  # noqa: S105 (how the profile's loader marks it)
TOKEN_NAME = "demo"  # noqa: S105 (what the token is called)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one person of the demo signs in, as demo.json shows it."""

    name: str
    email: str
    password: str
    roles: list[str]
    agency: str
    token: str
    # Of readers of the sealed room alone: what only they would know (CONTRACT 1).
    totp_secret: str | None = None
    key_passphrase: str | None = None


def make_tables() -> None:
    """Bring the tables up to date; looking whether they are is much quicker than asking for it."""
    if missing_migrations():
        migrate()


def is_built() -> bool:
    """Return whether an earlier start has written the reports; a broken-off one leaves none."""
    return Report.objects.exists()


def load_city(folder: Path) -> None:
    """Load the profile, and let its readers of the sealed room make their keys; safe to repeat."""
    profile = read_profile(folder)
    steps.load_profile(profile)
    forget_installation()
    make_readers(profile)


def give_keys(folder: Path, before: dict[str, Any]) -> dict[str, Any]:
    """Give everybody a fresh token, keep passwords that were given *before*; return what demo.json holds."""
    profile = read_profile(folder)
    people = [
        {name: value for name, value in asdict(sign_in).items() if value is not None}
        for sign_in in _sign_ins(profile, before)
    ]
    report = _known_report(before)
    return {"people": people, "reporter": {"number": report.number, "code": show_code(steps.new_code_for(report))}}


def _sign_ins(profile: Profile, before: dict[str, Any]) -> list[SignIn]:
    password, own = _password([row.email for row in profile.people], before), make_readers(profile)
    return [
        SignIn(
            name=row.name,
            email=row.email,
            password=password,
            roles=[post.role.value for post in row.posts],
            agency=row.posts[0].agency,
            token=steps.give_token(row.email, name=TOKEN_NAME, now=real_time()),
            **own.get(row.email, {}),
        )
        for row in profile.people
    ]


def _password(emails: list[str], before: dict[str, Any]) -> str:
    """Return everybody's password: the one of the last start, unless somebody cannot sign in with any yet."""
    known = {person["password"] for person in before.get("people", ())}
    strangers = Person.objects.filter(email__in=emails, password__startswith=NO_PASSWORD)
    if len(known) == 1 and not strangers.exists():
        return str(known.pop())
    password = secrets.token_urlsafe(9)
    steps.set_password(emails, password)
    return password


def _known_report(before: dict[str, Any]) -> Report:
    """Return the report whose code is known: the same as before, else the one made for it."""
    named = report_named(str(before.get("reporter", {}).get("number", "")))
    if named is not None:
        return named
    made = Report.objects.filter(contact__email=KNOWN_EMAIL).order_by("id").first()
    return made or Report.objects.filter(is_restricted=False).order_by("id")[0]


def name_of_city() -> str:
    return installation().name.id


def read_before(path: Path) -> dict[str, Any]:
    """Return the demo.json of the last start, or nothing where there is none that can be read."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

"""The register of people and their posts. Appointments to the sealed room are made by the profile alone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency, Category
from tuntas.kit.errors import Mistake
from tuntas.kit.words import Say
from tuntas.people.models import Leave, Person, Post, Session, Token
from tuntas.people.queries import reach_of
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.registers import Row
from tuntas.rules.stranding import LAST_ADMIN, LAST_LIAISON
from tuntas.rules.who import APPOINTED_ROLES, Role
from tuntas.steps.book import Asked, Choices, Scope, agency_choices

WRITES_AHEAD = False
# What an admin gives whose post does not reach the whole government.
LOCAL_ROLES = frozenset(
    {
        Role.AGENCY_ADMIN,
        Role.ASSISTANT_ADMIN,
        Role.LIAISON,
        Role.UNIT_HANDLER,
        Role.RESPONSE_VALIDATOR,
        Role.CALL_OPERATOR,
        Role.INTAKE_PARTNER,
    }
)
YOURSELF = Say("Minta admin lain mengubah tugas Anda sendiri", "Ask another admin to change your own posts")
APPOINTED = Say(
    "Pemeriksa dan pembaca laporan tersegel ditunjuk lewat profil pemerintah, dengan keputusan tertulis.",
    "Who examines or reads sealed reports is appointed by the government's profile, by written decree.",
)
OFF = Say("{agency} tidak dipakai lagi", "{agency} is no longer in use")
STANDS_IN = Say(
    "Orang ini sedang atau akan menggantikan {name}. Akhiri dulu pergantian itu.",
    "This person stands in for {name}, now or soon. End that first.",
)


def rows(today: date) -> dict[str, Row]:
    """Return everybody as a row, by their id."""
    found = Person.objects.prefetch_related("posts__agency").order_by("name", "id")
    return {str(person.pk): _row(person) for person in found}


def _row(person: Person) -> Row:
    posts = sorted(f"{post.role}@{post.agency.slug}" for post in person.posts.all())
    return {"email": person.email, "name": person.name, "posts": posts, "is_active": person.is_active}


def key_of(row: Row) -> str:
    """Return the key of a row; empty for somebody who is not there yet."""
    known = Person.objects.filter(email=row["email"]).values_list("pk", flat=True).first()
    return "" if known is None else str(known)


def name_of(row: Row) -> str:
    """Return what people call a row."""
    return str(row["name"])


def choices() -> Choices:
    """Return what can be chosen: every role at every agency; the agencies alone for the form."""
    agencies = agency_choices(active_only=False)
    posts = [(f"{role}@{slug}", Say("", "")) for role in Role for slug, _ in agencies]
    return {"posts": posts, "agency": agencies}


def may(scope: Scope, row: Row) -> bool:
    """Return whether somebody changes this person: all their posts stand below, and are of those given there."""
    posts = _posts_of(row)
    return scope.is_root or (bool(posts) and all(role in LOCAL_ROLES and slug in scope.at for role, slug in posts))


def _posts_of(row: Row | None) -> set[tuple[Role, str]]:
    posts = (row or {}).get("posts", [])
    pairs = (post.partition("@")[::2] for post in posts) if isinstance(posts, list) else ()
    return {(Role(role), slug) for role, slug in pairs}


def judge(asked: Asked) -> Iterator[Mistake]:
    """Yield what speaks against a change."""
    if asked.key and asked.key == str(asked.by.person_id):
        yield Mistake("/posts", YOURSELF)
    old = _posts_of(asked.before) if asked.before and asked.before["is_active"] else set()
    new = _posts_of(asked.after) if asked.yes("is_active") else set()
    if any(role in APPOINTED_ROLES for role, _ in old ^ new):
        yield Mistake("/posts", APPOINTED)
    off = Agency.objects.filter(slug__in={slug for _, slug in new - old}, is_active=False).first()
    if off is not None:
        yield Mistake("/posts", OFF.fill(agency=off.name))
    field = "/is_active" if asked.switches_off else "/posts"
    if (say := _stranded(asked.key, old - new, asked.now)) is not None:
        yield Mistake(field, say)


def _stranded(key: str, lost: set[tuple[Role, str]], now: datetime) -> Say | None:
    """Return what nobody would look after once somebody has lost some posts."""
    others = Post.objects.filter(person__is_active=True).exclude(person_id=int(key or 0))
    for role, slug in sorted(lost):
        agency = Agency.objects.get(slug=slug)
        if (
            role is Role.LIAISON
            and _has_work(agency)
            and not _has_liaison(agency, others.values_list("role", "agency"))
        ):
            return LAST_LIAISON.fill(agency=agency.name)
        if role is Role.AGENCY_ADMIN and not _has_admin(others.filter(role=role).values_list("agency", flat=True)):
            return LAST_ADMIN
    stands = Leave.objects.filter(deputy_id=int(key or 0), ends_at__gt=now).select_related("person").first()
    return STANDS_IN.fill(name=stands.person.name) if stands is not None and lost else None


def _has_work(agency: Agency) -> bool:
    if agency.is_desk or agency.examines:
        return False
    owns = Category.objects.filter(owner=agency, is_active=True).exists()
    return owns or Report.objects.filter(holder=agency, state__in=OPEN_STATES).exists()


def _has_liaison(agency: Agency, held: Iterable[tuple[str, int]]) -> bool:
    """Return whether a liaison is left at the agency or above it, but not the whole government's."""
    there = {agency_id for role, agency_id in held if role == Role.LIAISON}
    here = installation()
    return any(above in there for above in here.line_up(agency.pk) if here.agencies[above].parent_id is not None)


def _has_admin(agency_ids: Iterable[int]) -> bool:
    here = installation()
    return any(here.desk_id in reach_of(here, Role.AGENCY_ADMIN, agency_id) for agency_id in agency_ids)


def write(asked: Asked) -> str:
    """Write a row and return its key. Who is switched off, or has no post left, is signed out everywhere."""
    name, email, is_active = asked.text("name"), asked.text("email"), asked.yes("is_active")
    if asked.key:
        person = Person.objects.get(pk=int(asked.key))
        person.name, person.is_active = name, is_active
        person.save(update_fields=["name", "is_active"])
    else:
        person = Person.objects.create(email=email, name=name, password="!", is_active=is_active)  # noqa: S106
    wanted = _posts_of(asked.after)
    held = {(Role(post.role), post.agency.slug): post for post in person.posts.select_related("agency")}
    Post.objects.filter(pk__in=[post.pk for one, post in held.items() if one not in wanted]).delete()
    ids = dict(Agency.objects.filter(slug__in={slug for _, slug in wanted}).values_list("slug", "pk"))
    Post.objects.bulk_create(
        Post(person=person, role=role, agency_id=ids[slug]) for role, slug in sorted(wanted - held.keys())
    )
    if not is_active or not wanted:
        Session.objects.filter(person=person).delete()
        Token.objects.filter(person=person, revoked_at=None).update(revoked_at=asked.now)
    return str(person.pk)


def take_back(asked: Asked) -> None:
    """Undo what was written ahead of its day: nothing was."""


def pointing_at(keys: Iterable[str]) -> Mapping[str, int]:
    """Return how many open reports point at each person: they point at agencies."""
    return {}

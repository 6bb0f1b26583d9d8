"""Write a government's profile into the database. Loading it again changes only what changed in the files."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from secrets import randbelow

from django.db import connection, models, transaction
from shapely.geometry import mapping

from tuntas.agencies.areas import OWN
from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency, Area, Calendar, Category, Government, Holiday, Ladder, Target, Template
from tuntas.agencies.profile import holidays_of
from tuntas.agencies.profile_ladder import ladders_of
from tuntas.agencies.profile_rows import AreaRow, CalendarRow, Profile
from tuntas.people.models import Person, Post
from tuntas.rules.life import Promise
from tuntas.steps.undone import all_rows, settle

LOCK = 0x7475_6E74  # one loader at a time
FIRST_VERSIONS = 1_000_000  # a practice city made anew must not look like the one before it


def load_profile(profile: Profile, *, over: bool = False, now: datetime | None = None) -> None:
    """Make the database say what the profile says: whole or not at all.

    What the profile no longer names is switched off, never deleted: old reports point to it. People keep their
    passwords and tokens; a person the profile no longer names loses the posts it gave, not the account.

    over   also undo what people changed at /kelola since the last load
    now    when, for the record of changes; none keeps no record and undoes: a city for practice or for show

    Raises WouldUndo.
    """
    with transaction.atomic():
        lock_profile()
        before = all_rows(now=now) if now is not None and Government.objects.exists() else None
        calendars = {row.name: _load_calendar(row) for row in profile.calendars}
        agencies = _load_agencies(profile, calendars)
        _load_areas(profile)
        categories = _load_categories(profile, agencies)
        _load_targets(profile, agencies, categories)
        _load_ladders(profile)
        _load_people(profile, agencies)
        _load_templates(profile)
        _load_government(profile, agencies)
        if before is not None and now is not None:
            settle(before, over=over, now=now)
    forget_installation()


def lock_profile() -> None:
    """Let one loader at a time change the government, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _load_calendar(row: CalendarRow) -> Calendar:
    fields = {"zone": row.zone, "opens": row.opens, "closes": row.closes, "weekdays": sorted(row.weekdays)}
    calendar, _ = Calendar.objects.update_or_create(name=row.name, defaults=fields)
    calendar.holidays.all().delete()
    days = holidays_of(row).items()
    Holiday.objects.bulk_create(Holiday(calendar=calendar, on=day, name=name[:200]) for day, name in days)
    return calendar


def _load_agencies(profile: Profile, calendars: dict[str, Calendar]) -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for row in profile.agencies:
        made[row.slug], _ = Agency.objects.update_or_create(
            slug=row.slug,
            defaults={
                "name": row.name,
                "short": row.short,
                "tier": row.tier,
                "parent": made.get(row.parent or ""),
                "calendar": calendars[row.calendar or profile.government.calendar],
                "email": row.email or "",
                "is_desk": row.slug == profile.government.desk,
                "examines": row.examines,
                "liaison_signs": row.liaison_signs,
                "is_active": True,
            },
        )
    _switch_off(Agency.objects.exclude(slug__in=made))
    return made


def _load_areas(profile: Profile) -> None:
    """Let the profile's own areas be as it says; what ``import-areas`` brought stays, below the whole."""
    parents = {row.parent for row in profile.areas}
    made: dict[str, Area] = {}
    for row in _own_areas(profile):
        drawn = {} if row.shape is None or row.code in parents else {"outline": mapping(row.shape)}
        made[row.code], _ = Area.objects.update_or_create(
            code=row.code,
            defaults={
                "name": row.name,
                "parent": made.get(row.parent or ""),
                "source": OWN,
                "is_active": True,
                **drawn,
            },
        )
    _switch_off(Area.objects.filter(source=OWN).exclude(code__in=made))
    whole = made[profile.government.area_code]
    Area.objects.exclude(source=OWN).filter(parent=None).update(parent=whole)


def _own_areas(profile: Profile) -> Sequence[AreaRow]:
    """Return the profile's areas; one that names none has its whole, whose parts are imported."""
    row = profile.government
    return profile.areas or [AreaRow(row.area_code, row.name.id, None, None, row.where)]


def _load_categories(profile: Profile, agencies: dict[str, Agency]) -> dict[str, Category]:
    made: dict[str, Category] = {}
    for position, row in enumerate(profile.categories):
        made[row.code], _ = Category.objects.update_or_create(
            code=row.code,
            defaults={
                "name_id": row.name.id,
                "name_en": row.name.en,
                "parent": made.get(row.parent or ""),
                "owner": agencies[row.owner],
                "proof": row.proof,
                "is_restricted": row.restricted,
                "suggests_secret": row.secret_suggested,
                "words": list(row.words),
                "position": position,
                "is_active": True,
            },
        )
    _switch_off(Category.objects.exclude(code__in=made))
    return made


def _load_targets(profile: Profile, agencies: dict[str, Agency], categories: dict[str, Category]) -> None:
    """Let new clocks run as long as the profile says. A limit that changed is kept beside the new one, switched off."""
    wanted = {_written(target): target for target in _targets(profile, agencies, categories)}
    for target in Target.objects.filter(is_active=True):
        if wanted.pop(_written(target), None) is None:
            target.is_active = False
            target.save(update_fields=["is_active"])
    Target.objects.bulk_create(wanted.values())


def _targets(profile: Profile, agencies: dict[str, Agency], categories: dict[str, Category]) -> Iterator[Target]:
    for row in profile.promises:
        of_agency, of = agencies[row.agency] if row.agency else None, categories[row.category] if row.category else None
        for classification, length in [("", row.length), *row.by_classification.items()]:
            yield Target(
                promise=row.name,
                category=of,
                classification=classification,
                agency=of_agency,
                tier=row.tier or "",
                since=row.since,
                decree=row.decree,
                amount=length.amount,
                unit=length.unit,
            )
    for category in profile.categories:
        if (own := category.resolve) is not None:
            made = categories[category.code]
            yield Target(promise=Promise.RESOLVE, category=made, amount=own.amount, unit=own.unit)


def _written(target: Target) -> tuple[object, ...]:
    of = (target.promise, target.category_id, target.classification, target.agency_id, target.tier)
    return (*of, target.since, target.decree, target.amount, target.unit)


def _load_ladders(profile: Profile) -> None:
    """Let new clocks climb what the profile says; those that run go on with the ladder they began with."""
    there = list(Ladder.objects.order_by("pk"))
    for promise, ladder in ladders_of(profile.rungs).items():
        rungs = [rung.as_data() for rung in ladder]
        Ladder.objects.filter(promise=promise, is_active=True).exclude(rungs=rungs).update(is_active=False)
        same = next((old for old in there if old.promise == promise and old.rungs == rungs), None)
        if same is None:
            Ladder.objects.create(promise=promise, rungs=rungs)
        else:
            Ladder.objects.filter(pk=same.pk).update(is_active=True)


def _load_templates(profile: Profile) -> None:
    for position, row in enumerate(profile.templates):
        Template.objects.update_or_create(
            code=row.code,
            defaults={
                "act": row.act,
                "name_id": row.name.id,
                "name_en": row.name.en,
                "text": row.text,
                "position": position,
                "is_active": True,
            },
        )
    _switch_off(Template.objects.exclude(code__in=[row.code for row in profile.templates]))


def _load_people(profile: Profile, agencies: dict[str, Agency]) -> None:
    for row in profile.people:
        person, is_new = Person.objects.get_or_create(email=row.email, defaults={"name": row.name, "password": "!"})
        if not is_new and person.name != row.name:
            person.name = row.name
            person.save(update_fields=["name"])
        wanted = {(post.role.value, agencies[post.agency].pk) for post in row.posts}
        _set_posts(person, wanted)
    Post.objects.exclude(person__email__in=[row.email for row in profile.people]).delete()


def _set_posts(person: Person, wanted: Collection[tuple[str, int]]) -> None:
    held = {(post.role, post.agency_id): post for post in person.posts.all()}
    for key, post in held.items():
        if key not in wanted:
            post.delete()
    Post.objects.bulk_create(
        Post(person=person, role=role, agency_id=agency) for role, agency in wanted if (role, agency) not in held
    )


def _load_government(profile: Profile, agencies: dict[str, Agency]) -> None:
    row = profile.government
    root = next(agency for agency in profile.agencies if agency.parent is None)
    # One installation serves one government: another profile takes the place of the one before.
    first = randbelow(FIRST_VERSIONS)
    government = Government.objects.first() or Government(version=first, areas_version=first)
    government.slug, government.area_code, government.zone = row.slug, row.area_code, row.zone
    government.name_id, government.name_en = row.name.id, row.name.en
    government.root, government.desk = agencies[root.slug], agencies[row.desk]
    government.contact = {
        "phone": row.phone or "",
        "whatsapp": row.whatsapp or "",
        "email": row.email,
        "exit": row.exit or "",
    }
    government.tiers = [{"code": tier.code, "id": tier.name.id, "en": tier.name.en} for tier in profile.tiers]
    government.manners = profile.manners.as_data()
    government.signer = profile.sealed.signer
    government.ppid = agencies[row.ppid] if row.ppid else None
    government.version += 1  # so that every process reads it again
    government.areas_version += 1
    government.save()


def _switch_off(
    gone: "models.QuerySet[Agency] | models.QuerySet[Area] | models.QuerySet[Category] | models.QuerySet[Template]",
) -> None:
    gone.update(is_active=False)

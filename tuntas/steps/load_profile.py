"""Write a government's profile into the database. Loading it again changes only what changed in the files."""

from collections.abc import Collection
from secrets import randbelow

from django.db import connection, models, transaction
from shapely.geometry import mapping

from tuntas.agencies.installation import forget_installation
from tuntas.agencies.models import Agency, Area, Calendar, Category, Government, Holiday, Target, Template
from tuntas.agencies.profile import holidays_of
from tuntas.agencies.profile_rows import CalendarRow, Profile
from tuntas.people.models import Person, Post
from tuntas.rules.life import Promise

LOCK = 0x7475_6E74  # one loader at a time
FIRST_VERSIONS = 1_000_000  # a practice city made anew must not look like the one before it


def load_profile(profile: Profile) -> None:
    """Make the database say what the profile says: whole or not at all.

    What the profile no longer names is switched off, never deleted: old reports point to it. People keep their
    passwords and tokens; a person the profile no longer names loses the posts it gave, not the account.
    """
    with transaction.atomic():
        _lock()
        calendars = {row.name: _load_calendar(row) for row in profile.calendars}
        agencies = _load_agencies(profile, calendars)
        _load_areas(profile)
        categories = _load_categories(profile, agencies)
        _load_targets(profile, categories)
        _load_people(profile, agencies)
        _load_templates(profile)
        _load_government(profile, agencies)
    forget_installation()


def _lock() -> None:
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
    parents = {row.parent for row in profile.areas}
    made: dict[str, Area] = {}
    for row in profile.areas:
        outline = None if row.code in parents or row.shape is None else mapping(row.shape)
        made[row.code], _ = Area.objects.update_or_create(
            code=row.code,
            defaults={
                "name": row.name,
                "parent": made.get(row.parent or ""),
                "outline": outline,
                "is_active": True,
            },
        )
    _switch_off(Area.objects.exclude(code__in=made))


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


def _load_targets(profile: Profile, categories: dict[str, Category]) -> None:
    """Write promises anew: running clocks keep their instants, so a change counts for new clocks only."""
    Target.objects.all().delete()
    targets = []
    for row in profile.promises:
        targets.append(Target(promise=row.name, amount=row.length.amount, unit=row.length.unit))
        for classification, length in row.by_classification.items():
            targets.append(
                Target(promise=row.name, classification=classification, amount=length.amount, unit=length.unit)
            )
    for category in profile.categories:
        if category.resolve is not None:
            length = category.resolve
            made = categories[category.code]
            targets.append(Target(promise=Promise.RESOLVE, category=made, amount=length.amount, unit=length.unit))
    Target.objects.bulk_create(targets)


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
    government = Government.objects.first() or Government(version=randbelow(FIRST_VERSIONS))
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
    government.version += 1  # so that every process reads it again
    government.save()


def _switch_off(
    gone: "models.QuerySet[Agency] | models.QuerySet[Area] | models.QuerySet[Category] | models.QuerySet[Template]",
) -> None:
    gone.update(is_active=False)

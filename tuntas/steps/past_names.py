"""Names of agencies, topics and places as other systems write them, found among those of this government."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db import transaction
from django.db.models import F

from tuntas.agencies.installation import forget_installation, installation
from tuntas.agencies.models import Agency, Area, Category, Government

MOST_SLUG = 60
ALIKE = 0.92  # from here on two names of places are one
_OFFICIAL = re.compile(r"\b(?:pemerintah|pemkot|pemkab|pemprov|kota|kabupaten|kab|provinsi|prov)\b\.?")
_KIND = re.compile(r"^(?:kecamatan|kec|kelurahan|kel|desa|kota|kabupaten|kab)\b\.?\s*")


@dataclass
class PastNames:
    """What a name means here, small letters and digits alone; made by hand or found."""

    agencies: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    villages: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # name: (code, id) of all called so
    districts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    area_ids: dict[str, int] = field(default_factory=dict)
    other_id: int | None = None  # the topic of what has none

    def agency(self, name: str) -> int | None:
        """Return the agency called so."""
        return self.agencies.get(squeezed(name)) or self.agencies.get(squeezed(bare(name)))

    def topic(self, name: str) -> int | None:
        """Return the topic called so."""
        return self.topics.get(squeezed(name))

    def area(self, code: str, village: str, district: str) -> int | None:
        """Return the area of this code, else the village of this name in that district, else the district."""
        if code in self.area_ids:
            return self.area_ids[code]
        above = _called(district, self.districts)
        inside = _called(village, self.villages)
        for parent, _ in above:
            found = [one for own, one in inside if own.startswith(f"{parent}.")]
            if len(found) == 1:
                return found[0]
        if len(inside) == 1 and not above:
            return inside[0][1]
        return above[0][1] if len(above) == 1 else None


def _called(name: str, known: Mapping[str, list[tuple[str, int]]]) -> list[tuple[str, int]]:
    """Return the places called so, or nearly so: lists and the official names differ by a letter here and there."""
    wanted = _place(name)
    if not wanted or wanted in known:
        return known.get(wanted, [])
    near = get_close_matches(wanted, known, n=1, cutoff=ALIKE)
    return known[near[0]] if near else []


def squeezed(name: str) -> str:
    """Return a name as it is compared: small letters and digits, “dan” for “&”."""
    return "".join(re.findall(r"[a-z0-9]+", name.lower().replace("&", " dan ")))


def bare(name: str) -> str:
    """Return the name of an agency without the government's: “Dinas Sosial” of “Dinas Sosial Kota …”."""
    own = installation().name.id.lower()
    low = name.lower().replace(own, " ")
    return _OFFICIAL.sub(" ", low)


def read_past_names(agencies: Mapping[str, str], topics: Mapping[str, str]) -> PastNames:
    """Return what names mean here, with those that somebody set by hand before all others.

    agencies, topics   name there: slug or code here; those that are not here mean nothing
    """
    here, names = installation(), PastNames()
    for agency in sorted(here.agencies.values(), key=lambda agency: agency.is_active):
        for known in (bare(agency.name), agency.slug, agency.short, agency.name):
            if key := squeezed(known):
                names.agencies[key] = agency.id
    for category in sorted(here.categories.values(), key=lambda category: category.is_active):
        for known in (category.code, category.name.en, category.name.id):
            names.topics[squeezed(known)] = category.id
    names.agencies |= {squeezed(n): a.id for n, slug in agencies.items() if (a := here.agency_by_slug.get(slug))}
    names.topics |= {squeezed(n): c.id for n, code in topics.items() if (c := here.category_by_code.get(code))}
    names.other_id = next((names.topics[word] for word in ("lain", "lainnya", "other") if word in names.topics), None)
    _add_areas(names)
    return names


def _add_areas(names: PastNames) -> None:
    whole = installation().area_code
    rows = Area.objects.filter(is_active=True).values_list("code", "name", "id").order_by("code")
    areas = [row for row in rows if row[0] == whole or row[0].startswith(f"{whole}.")]
    parents = {code.rpartition(".")[0] for code, _, _ in areas}
    for code, name, id_ in areas:
        names.area_ids[code] = id_
        kind = names.districts if code in parents else names.villages
        kind.setdefault(_place(name), []).append((code, id_))


def _place(name: str) -> str:
    return squeezed(_KIND.sub("", name.lower().strip()))


def make_past_agencies(wanted: Iterable[str], *, gone: Mapping[str, str] | None = None) -> int:
    """Make agencies that only old reports name: under the root, closed to new work. Return how many.

    wanted   names
    gone     slug: name, where the slugs are known, too
    """
    with transaction.atomic():
        government = Government.objects.select_for_update().get()
        root, taken = government.root, set(Agency.objects.values_list("slug", flat=True))
        tiers = Agency.objects.filter(parent=root, is_active=True).values_list("tier", flat=True)
        tier = Counter(tiers).most_common(1)[0][0] if tiers else root.tier
        pairs = dict(gone or {}) | {_slug(name, taken | set(gone or {})): name for name in _once(wanted)}
        Agency.objects.bulk_create(
            Agency(slug=slug, name=name[:200], tier=tier, parent=root, calendar=root.calendar, is_active=False)
            for slug, name in pairs.items()
            if slug not in taken
        )
        Government.objects.update(version=F("version") + 1)
    forget_installation()
    return len(pairs)


def make_past_topics(gone: Mapping[str, tuple[str, str]]) -> None:
    """Make topics that only old reports name, closed to new ones: code: Indonesian and English name."""
    with transaction.atomic():
        root_id = Government.objects.select_for_update().values_list("root", flat=True).get()
        taken = set(Category.objects.values_list("code", flat=True))
        Category.objects.bulk_create(
            Category(code=code, name_id=id_, name_en=en, owner_id=root_id, is_active=False)
            for code, (id_, en) in gone.items()
            if code not in taken
        )
        Government.objects.update(version=F("version") + 1)
    forget_installation()


def _once(names: Iterable[str]) -> list[str]:
    return list({squeezed(bare(name)): name for name in names if squeezed(name)}.values())


def _slug(name: str, taken: Collection[str]) -> str:
    base = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:MOST_SLUG].strip("-")
    slug, n = base, 1
    while slug in taken:
        n += 1
        slug = f"{base[: MOST_SLUG - 4]}-{n}"
    return slug

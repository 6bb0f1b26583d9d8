"""Finding reports by words, names, numbers and places, for those who may see what is found.

The database looks at the newest reports first, and at ever older ones until it has enough: what many reports say is
found as quickly as what few do. Permission is part of the question, so a search cannot confirm what stays hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank, SearchVectorExact
from django.db.models import BooleanField, Case, F, Max, Q, When

from tuntas.agencies.searching import Search, Written
from tuntas.reports.models import ReportQuerySet
from tuntas.reports.search_documents import ERAS, SearchDocument
from tuntas.rules.search import EVERYBODY, NAME, ORIGINAL
from tuntas.rules.who import DESK_ROLES, Actor, Role

MOST, ENOUGH = 1000, 200
"""So many of the newest that fit are looked at together, at most; from so many on, no older ones are asked for."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The newest reports in which something was found: rank and id of each, the newest first."""

    ranked: list[tuple[int, int]]
    is_all: bool  # there are no older ones

    @property
    def ids(self) -> list[int]:
        return [id_ for _, id_ in self.ranked]


def found_by(q: str, actor: Actor, rows: ReportQuerySet, *, up_to: int | None = None, enough: int = MOST) -> Hits:
    """Return the newest of *rows* in which *actor* finds what they look for. Three queries, and one for each step back.

    rows     what is visible to the actor, less what else they leave out
    up_to    only reports up to this id
    enough   with so many it stops to look at older ones; MOST are returned at most
    """
    search = Search(q, SearchDocument)
    if not search.terms:
        return Hits([], True)
    top = SearchDocument.objects.aggregate(top=Max("pk"))["top"] or 0
    top = top if up_to is None else min(up_to, top)
    fits = rows.filter(_allowed(actor, search), pk__lte=top).order_by("-pk")
    found: list[int] = []
    for bits in (*ERAS, None):
        narrow = " & ".join(filter(None, (search.text(), _era(top, bits), _near(actor))))
        found = list(fits.filter(document__words=Written(narrow)).values_list("pk", flat=True)[:MOST])
        is_last = bits is None or top >> bits < 2
        if len(found) >= enough or is_last:
            break
    return Hits(_ranked(found, search), is_last and len(found) < MOST)


def _ranked(ids: list[int], search: Search) -> list[tuple[int, int]]:
    """Return each id behind its rank, as they stand. One query."""
    rank = SearchRank(F("words"), Written(search.text()))
    ranks = dict(SearchDocument.objects.filter(pk__in=ids).annotate(rank=rank).values_list("pk", "rank"))
    return [(round(1000 * ranks.get(id_, 0)), id_) for id_ in ids]


def _era(top: int, bits: int | None) -> str:
    """Return the words of the newest reports: between one and two times 2 to the *bits* of them."""
    if bits is None:
        return ""
    newest = top >> bits
    return f"('#e{bits}x{newest}' | '#e{bits}x{newest - 1}')" if newest else f"'#e{bits}x0'"


def _near(actor: Actor) -> str:
    """Return the words of the reports that somebody of some agencies has to do with; "" where they see all of a desk.

    Only makes the search shorter: who may read what is asked of the report.
    """
    desks = {*DESK_ROLES, Role.LEADER, Role.INSPECTORATE, Role.SEALED_READER, Role.ARBITER}
    if actor.is_system or actor.report_id is not None or desks & set(actor.reach):
        return ""
    near = {f"'#k{id_}'" for agencies in actor.reach.values() for id_ in agencies}
    near |= {f"'#b{actor.person_id}'"} if actor.person_id is not None else set()
    return f"({' | '.join(sorted(near))})" if near else ""


def _allowed(actor: Actor, search: Search) -> Case:
    """Return the condition that all words stand where *actor* may read them: of each report by its own columns.

    A case, not an "or": the index knows nothing of marks, and would be asked once for each.
    """
    original, name = original_read_by(actor), name_known_to(actor)
    whens = [(original & name, ORIGINAL + NAME)] if original and name else []
    whens += [(fits, marks) for fits, marks in ((original, ORIGINAL), (name, NAME)) if fits]
    cases = [When(fits, then=_stand(search, EVERYBODY + marks)) for fits, marks in whens]
    return Case(*cases, default=_stand(search, EVERYBODY), output_field=BooleanField())


def _stand(search: Search, marks: str) -> SearchVectorExact:
    return SearchVectorExact(F("document__words"), Written(search.text(marks)))


def original_read_by(actor: Actor) -> Q:
    """Return ``rules.who.may_read_original`` as a filter of what is visible to *actor*."""
    plain, sealed = Q(is_restricted=False, is_suspected=False), Q(is_restricted=True) | Q(is_suspected=True)
    reads = Q(pk=actor.report_id) if actor.report_id is not None else Q()
    for role, agencies in actor.reach.items():
        if role in DESK_ROLES:
            reads |= plain & Q(desk__in=agencies)
        if role is Role.INSPECTORATE:
            reads |= Q(desk__in=agencies)
        if role is Role.SEALED_READER:
            reads |= sealed & Q(desk__in=agencies)
        if role is Role.LIAISON:
            reads |= plain & Q(is_anonymous=False, holder__in=agencies)
        if role is Role.CALL_OPERATOR and actor.person_id is not None:
            reads |= plain & Q(is_anonymous=False, entered_by=actor.person_id)
    return reads


def name_known_to(actor: Actor) -> Q:
    """Return ``rules.who.may_know_name`` as a filter of what is visible to *actor*."""
    plain, knows = Q(is_restricted=False, is_suspected=False), Q()
    for role, agencies in actor.reach.items():
        if role in DESK_ROLES:
            knows |= plain & Q(desk__in=agencies)
        if role is Role.LIAISON:
            knows |= plain & Q(holder__in=agencies)
        if role is Role.INSPECTORATE:
            knows |= Q(desk__in=agencies)
        if role is Role.SEALED_READER:
            knows |= Q(is_restricted=True, desk__in=agencies)
        if role in (Role.CALL_OPERATOR, Role.INTAKE_PARTNER) and actor.person_id is not None:
            knows |= plain & Q(entered_by=actor.person_id)
    return Q(is_anonymous=False) & knows if knows else knows


def words_found(q: str, texts: Iterable[str]) -> set[str]:
    """Return which words of some texts are what somebody looks for. Two queries, none without a search."""
    return Search(q, SearchDocument).words_found(texts) if q else set()

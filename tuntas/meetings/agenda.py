"""The agenda of the next meeting, built from the reports as they stand. A dozen queries, each with a limit.

Restricted and suspected reports are nowhere in it, counted neither. Only keys of cases are taken along, no words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import Coalesce, ExtractYear, RowNumber

from tuntas.agencies.installation import installation
from tuntas.meetings.models import Brought, Decision, Meeting, MeetingState
from tuntas.reports.models import OPEN_STATES, Deadline, Event, Referral, Report
from tuntas.rules.agenda import (
    FOLLOWED_WITHIN,
    HOPPED_AT,
    MANY,
    MOST_BROUGHT,
    MOST_CASES,
    MOST_OF_A_KIND,
    MOST_READ,
    MOST_ROWS,
    PUSHED_AT,
    SILENT_AT,
    WITHIN,
    Draft,
    Json,
    Kind,
)
from tuntas.rules.clock import working_days_between
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.ombudsman import SILENT_DAYS

ANSWERED = (State.ANSWERED.value, State.REPORTER_REPLIED.value, State.CLOSED.value)
SAID = (Act.TRANSFER, Act.DECLINE_TRANSFER)


def draft_agenda(desk_id: int, *, now: datetime) -> list[Draft]:
    """Return the points of the next meeting in their order; a kind that has nothing is left out."""
    made = (_last(desk_id), *_clusters(desk_id, now), *_contested(desk_id, now), _overdue(desk_id, now))
    rest = (_silent(desk_id, now), _budget(desk_id), *_brought(desk_id))
    return [draft for draft in (*made, *rest) if draft is not None]


def waiting_brought(desk_id: int) -> "QuerySet[Brought]":
    """Return the cases that wait to be put on the next agenda, in the order of their points there."""
    plain = Brought.objects.filter(item=None, report__desk=desk_id, report__is_restricted=False)
    return plain.filter(report__is_suspected=False).select_related("report", "by").order_by("id")[:MOST_BROUGHT]


def _plain(desk_id: int, now: datetime) -> "QuerySet[Report]":
    return Report.objects.filter(desk=desk_id, is_restricted=False, is_suspected=False, received_at__lte=now)


def _open(desk_id: int, now: datetime) -> "QuerySet[Report]":
    """Open reports; those that were merged into another are there with it."""
    return _plain(desk_id, now).filter(state__in=OPEN_STATES, is_led=False)


def _last(desk_id: int) -> Draft | None:
    """What was decided last time, and what is still open from before."""
    held = Meeting.objects.filter(desk=desk_id, state=MeetingState.ENDED)
    newest = held.order_by("-held_on").first()
    if newest is None:
        return None
    asked = Decision.objects.filter(item__meeting__in=held).filter(Q(done_at=None) | Q(item__meeting=newest))
    zone = installation().zone
    rows = [
        {
            "what": each.what,
            "agency": each.agency_id,
            "person": each.person,
            "by_when": each.by_when.isoformat(),
            "done_on": each.done_at.astimezone(zone).date().isoformat() if each.done_at else None,
        }
        for each in asked.order_by("by_when", "id")[: 2 * MOST_ROWS]
    ]
    return Draft(Kind.LAST, {"of": newest.day, "n": len(rows), "rows": rows}) if rows else None


def _clusters(desk_id: int, now: datetime) -> Iterator[Draft]:
    """Many people about one thing: reports about the same in one place, and reports that many follow."""
    fresh = _plain(desk_id, now).filter(received_at__gt=now - WITHIN, category__isnull=False, area__isnull=False)
    groups = (
        fresh.exclude(state=State.ARCHIVED)
        .values("category", "area")
        .annotate(
            n=Count("id"),
            since=Min("received_at"),
            answered=Count("id", filter=Q(state__in=ANSWERED)),
            scheduled=Count("id", filter=Q(state=State.SCHEDULED)),
            holders=ArrayAgg("holder", distinct=True, filter=Q(holder__isnull=False), default=[]),
            ids=ArrayAgg("id", order_by="id"),
        )
        .filter(n__gte=MANY, n__gt=F("answered"))
        .order_by("-n", "category", "area")[:MOST_OF_A_KIND]
    )
    found = set[int]()
    for group in groups:
        found.update(group["ids"])
        numbers = {name: group[name] for name in ("category", "area", "n", "answered", "scheduled")}
        more = {"since": _day(group["since"]), "agencies": group["holders"], "cases": group["ids"][:MOST_CASES]}
        yield Draft(Kind.CLUSTER, {**numbers, **more})
    people = F("follower_count") + F("merged_count") + 1
    recent = _open(desk_id, now).filter(received_at__gt=now - FOLLOWED_WITHIN).annotate(people=people)
    for report in recent.filter(people__gte=MANY).exclude(pk__in=found).order_by("-people", "id")[:MOST_OF_A_KIND]:
        known = {"n": report.people, "since": _day(report.received_at), "cases": [report.pk]}
        holders = [report.holder_id] if report.holder_id else []
        yield Draft(
            Kind.CLUSTER, {**known, "category": report.category_id, "area": report.area_id, "agencies": holders}
        )


def _contested(desk_id: int, now: datetime) -> Iterator[Draft]:
    """Pairs of agencies that push the same cases to each other, the most cases first."""
    refused = Q(state__in=(State.DISPATCHED, State.IN_PROGRESS, State.TRANSFER_PENDING), refusal_count__gte=PUSHED_AT)
    came_back = Q(state=State.SUBMITTED, hop_count__gte=HOPPED_AT)
    asked = _open(desk_id, now).filter(refused | came_back).order_by("received_at", "id")
    cases: list[Any] = list(asked.values("id", "holder", "desk", "refusal_count", "received_at")[:MOST_READ])
    partners = _partners_of([case["id"] for case in cases])
    pairs = defaultdict[tuple[int, int], list[Any]](list)
    for case in cases:
        holder = case["holder"] or case["desk"]
        others = [(n, -other) for other, n in partners[case["id"]].items() if other != holder]
        if others:
            other = -max(others)[1]
            pairs[min(holder, other), max(holder, other)].append(case)
    for pair, theirs in sorted(pairs.items(), key=lambda each: (-len(each[1]), each[0]))[:MOST_OF_A_KIND]:
        facts = {
            "agencies": list(pair),
            "n": len(theirs),
            "refusals": sum(case["refusal_count"] for case in theirs),
            "days": (now - theirs[0]["received_at"]).days,
            "cases": [case["id"] for case in theirs[:MOST_CASES]],
        }
        yield Draft(Kind.CONTESTED, facts)


def _partners_of(reports: list[int]) -> dict[int, Counter[int]]:
    """Return how often each agency was offered a case, or refused it."""
    slugs, desk = installation().agency_by_slug, installation().desk_id
    found = defaultdict[int, Counter[int]](Counter)
    said = Event.objects.filter(report__in=reports, act__in=SAID)
    for report, act, agency, data in said.values_list("report", "act", "agency", "data"):
        if act == Act.TRANSFER:
            offered = slugs.get(data.get("to_agency") or "")
            found[report][offered.id if offered else desk] += 1
        if agency is not None and agency != desk:
            found[report][agency] += 1
    return found


def _overdue(desk_id: int, now: datetime) -> Draft | None:
    """What is past its limit, by the agency that has it, the most first."""
    late = _open(desk_id, now).filter(due_at__lt=now).annotate(agency=Coalesce("holder", "desk"))
    grouped = late.values("agency").annotate(n=Count("id"), oldest=Min("due_at")).order_by("-n", "agency")
    counted = list(grouped[:MOST_ROWS])
    if not counted:
        return None
    place = Window(RowNumber(), partition_by=[F("agency")], order_by=["due_at", "id"])
    ranked = late.filter(agency__in=[row["agency"] for row in counted]).annotate(place=place)
    oldest = defaultdict[int, list[int]](list)
    for agency, report in ranked.filter(place__lte=MOST_CASES).order_by("place").values_list("agency", "id"):
        oldest[agency].append(report)
    rows = [
        {"agency": row["agency"], "n": row["n"], "days": (now - row["oldest"]).days, "cases": oldest[row["agency"]]}
        for row in counted
    ]
    return Draft(Kind.OVERDUE, {"n": sum(row["n"] for row in rows), "rows": rows})


def _silent(desk_id: int, now: datetime) -> Draft | None:
    """Bodies outside that have been silent for ten working days, or let two promised days pass."""
    calendar, today = installation().calendar_of(desk_id), _today(now)
    out = Referral.objects.filter(ended_at=None, report__desk=desk_id, report__state=State.FORWARDED_EXTERNAL)
    plain = out.filter(report__is_restricted=False, report__is_suspected=False, report__is_led=False)
    asked = plain.filter(Q(next_news_on__lt=today) | Q(missed_count__gte=SILENT_AT)).order_by("next_news_on", "id")
    bodies = defaultdict[str, list[tuple[int, int]]](list)
    for referral in asked[:MOST_READ]:
        days = working_days_between(calendar.hours_of(referral.next_news_on)[1], now, calendar)
        if days >= SILENT_DAYS or referral.missed_count >= SILENT_AT:
            bodies[referral.body_name].append((days, referral.report_id))
    rows = [
        {
            "agency": desk_id,
            "body": body,
            "n": len(theirs),
            "days": theirs[0][0],
            "cases": [report for _, report in theirs[:MOST_CASES]],
        }
        for body, theirs in sorted(bodies.items(), key=lambda each: (-len(each[1]), each[0]))[:MOST_ROWS]
    ]
    return Draft(Kind.SILENT, {"n": sum(row["n"] for row in rows), "rows": rows}) if rows else None


def _budget(desk_id: int) -> Draft | None:
    """Work that has a day, by budget year and agency."""
    clocks = Deadline.objects.running().filter(promise=Promise.SCHEDULED, due_at__isnull=False)
    plain = clocks.filter(
        report__desk=desk_id, report__state=State.SCHEDULED, report__is_restricted=False, report__is_suspected=False
    ).filter(report__is_led=False)
    year = ExtractYear("due_at", tzinfo=installation().zone)
    grouped = plain.annotate(agency=Coalesce("report__holder", "report__desk"), year=year).values("agency", "year")
    counted = grouped.annotate(n=Count("id"), first=Min("due_at"), last=Max("due_at")).order_by("year", "-n", "agency")
    rows = [{**row, "first": _day(row["first"]), "last": _day(row["last"])} for row in counted[:MOST_ROWS]]
    return Draft(Kind.BUDGET, {"n": sum(row["n"] for row in rows), "rows": rows}) if rows else None


def _brought(desk_id: int) -> Iterator[Draft]:
    for each in waiting_brought(desk_id):
        holder = each.report.holder_id
        facts: Json = {"agencies": [holder] if holder else [], "cases": [each.report_id], "brought": each.pk}
        yield Draft(Kind.BROUGHT, facts)


def _day(at: datetime) -> str:
    return _today(at).isoformat()


def _today(at: datetime) -> date:
    return at.astimezone(installation().zone).date()

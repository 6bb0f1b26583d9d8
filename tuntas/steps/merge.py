from datetime import datetime

from django.db import connection, transaction

from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid
from tuntas.kit.ids import read_number
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Follower, Report
from tuntas.reports.referral_queries import running_referral
from tuntas.rules.life import ARROW, OPEN, Act, Promise, State
from tuntas.rules.who import Actor, may_read
from tuntas.steps.begin import begin
from tuntas.steps.follow import count_followers
from tuntas.steps.lead import OF_A_DAY, copy_clock, keep_as_it_stands, led_by, refer_as, take_hand
from tuntas.steps.walk import walk

NO_LEAD = Say("Laporan {number} tidak ada di meja ini.", "There is no report {number} at this desk.")
ITSELF = Say("Pilih laporan lain, bukan laporan ini sendiri.", "Choose another report, not this one itself.")
NOT_ORDINARY = Say(
    "Laporan rahasia, tersegel, atau yang belum diloloskan tidak bisa digabung.",
    "Confidential, sealed or held reports cannot be merged.",
)
LEAD_OVER = Say(
    "Laporan {number} sudah berakhir. Gabungkan ke laporan yang masih berjalan.",
    "Report {number} has ended. Merge into one that is still open.",
)
LEAD_ANSWERED = Say(
    "Laporan {number} sedang dijawab atau dialihkan. Tunggu sampai selesai, atau jawab laporan ini sendiri.",
    "Report {number} is being answered or handed over. Wait for that, or answer this report itself.",
)
LEAD_LED = Say(
    "Laporan {number} sudah digabung ke laporan lain. Pilih laporan itu.",
    "Report {number} was merged into another. Choose that one.",
)
HAS_OTHERS = Say(
    "Laporan lain sudah digabung ke sini. Gabungkan laporan {number} ke laporan ini.",
    "Other reports were merged into this one. Merge report {number} into this one.",
)
LEAD_BEHIND = Say(
    "Laporan {number} belum diteruskan. Gabungkan laporan itu ke laporan ini.",
    "Report {number} was not sent on yet. Merge that one into this one.",
)


def merge(report: Report, *, by: Actor, into: str, now: datetime) -> Event:
    """Let a report go along with another about the same matter: what happens to that one happens to it, too.

    into   the number of the report that leads from now on

    Its code, its clocks and its rating stay its own: no instant moves, and none starts anew. Raises Invalid.
    """
    with transaction.atomic():
        one_at_a_time()
        lead = _lead_named(into)
        with begin(report, Act.MERGE, by=by) as report:
            if lead is None or lead.desk_id != report.desk_id or not may_read(by, lead):
                raise Invalid.field("/into", NO_LEAD.fill(number=into[:20]))
            _refuse_unfit(report, lead)
            keep_as_it_stands(report, now)
            return _join(report, lead, by=by, now=now)


def one_at_a_time() -> None:
    """Let nobody else merge or part meanwhile: who locks two reports at once waits here, and never for another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('merge'))")


def _lead_named(number: str) -> Report | None:
    """Return the report of a number, locked: always before those that go along with it."""
    known = read_number(number, installation().number_prefix) or ""
    return Report.objects.select_for_update(of=("self",)).filter(number=known).first()


def _refuse_unfit(report: Report, lead: Report) -> None:
    """Raise Invalid where one of the two cannot be merged."""
    trouble = None
    stands = State(lead.asked_from or lead.state)
    if lead.pk == report.pk:
        trouble = ITSELF
    elif not all(_is_plain(one) for one in (report, lead)) or lead.is_secret:
        trouble = NOT_ORDINARY
    elif lead.is_led:
        trouble = LEAD_LED
    elif stands not in OPEN:
        trouble = LEAD_OVER
    elif stands not in ARROW[Act.MERGE].to:
        trouble = LEAD_ANSWERED
    elif report.merged_count and led_by(report).exists():
        trouble = HAS_OTHERS
    elif stands is State.SUBMITTED and report.state != State.SUBMITTED:
        trouble = LEAD_BEHIND
    if trouble is not None:
        raise Invalid.field("/into", trouble.fill(number=lead.name))


def _is_plain(report: Report) -> bool:
    return not (report.is_restricted or report.is_suspected or report.is_held)


def _join(report: Report, lead: Report, *, by: Actor, now: datetime) -> Event:
    to, owed = State(lead.asked_from or lead.state), _owed(lead)
    for promise in OF_A_DAY & set(owed) - set(_owed(report)):
        due = owed[promise].due_at
        if due is not None and due > now:
            copy_clock(owed[promise], report, now)
    report.merged_into, report.is_led = lead, True
    data = {"into": lead.number, "to_agency": installation().slug_of(lead.holder_id)}
    take_hand(lead, report)
    without = {Promise.RESPOND, Promise.RESOLVE} - set(owed)
    event = walk(report, Act.MERGE, by=by, data=data, to=to, without=without, now=now)
    _refer_along(report, lead, event)
    if not Follower.objects.filter(report=lead, own_report=report).exists():
        Follower.objects.create(report=lead, own_report=report, language=report.language, created_at=now)
        count_followers(lead, by=1)
    lead.merged_count += 1
    lead.recallable = ""  # what was done to it before is not taken back from this one
    lead.save(update_fields=["merged_count", "recallable"])
    return event


def _owed(report: Report) -> dict[str, Deadline]:
    return {clock.promise: clock for clock in report.deadlines.running()}


def _refer_along(report: Report, lead: Report, event: Event) -> None:
    """Keep where the matter is outside with each report of it."""
    referral = running_referral(lead.pk)
    if referral is not None:
        refer_as(referral, report, event)

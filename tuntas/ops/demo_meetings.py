"""The demo's rakor: one that ended a fortnight ago, with decisions, and one that is planned."""

from datetime import datetime, time, timedelta

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.meetings.models import Decision, Item
from tuntas.ops.demo_life import Staff
from tuntas.reports.models import OPEN_STATES, Report
from tuntas.rules.agenda import Kind
from tuntas.rules.who import Role

AGO, AHEAD = timedelta(days=14), timedelta(days=4)
PLACE, LED_BY = "Ruang Rapat Sekda", "Sekretaris Daerah"
PRESENT = "Meja aduan, narahubung instansi, Sekretaris Daerah"
DECIDED = (
    # by which liaison, what, after how many days, and how it was done, where it was
    (0, "Jadwal kuras drainase dikirim ke meja aduan", 7, "Jadwal tiga bulan sudah dikirim."),
    (1, "Tambah satu regu angkut sampah malam", 9, ""),
    (2, "Daftar pipa tua dibagikan ke kecamatan", 24, ""),
)
WHY = "Instansinya belum sepakat siapa yang mengerjakan."


def make_meetings(staff: Staff, *, now: datetime) -> None:
    """Hold a meeting as it was then, plan the next, and bring a case to it; all by the real steps."""
    here, leader = installation(), staff[Role.AGENCY_ADMIN][0]
    then = now - AGO
    day = then.astimezone(here.zone).date()
    held = steps.plan_meeting(by=leader, held_on=day, begins=time(9), place=PLACE, led_by=LED_BY, now=then)
    steps.start_meeting(held, by=leader, now=then)
    item = Item.objects.filter(meeting=held).exclude(kind=Kind.LAST).order_by("position").first()
    made = list[tuple[Decision, str]]()
    liaisons = [person for person in staff[Role.LIAISON] if len(person.reach) == 1]
    for n, what, days, done in DECIDED:
        if item is None:
            break
        agency = here.agencies[min(liaisons[n].reach[Role.LIAISON])].slug
        by_when = day + timedelta(days=days)
        made.append((steps.decide(item, by=leader, what=what, agency=agency, by_when=by_when, now=then), done))
    steps.end_meeting(held, by=leader, present=PRESENT, now=then + timedelta(hours=1.5))
    for n, (decision, done) in enumerate(made):
        if done:
            steps.finish_decision(decision, by=liaisons[n], text=done, now=then + timedelta(days=5))
    ahead = (now + AHEAD).astimezone(here.zone).date()
    steps.plan_meeting(by=leader, held_on=ahead, begins=time(9), place=PLACE, led_by=LED_BY, now=now)
    plain = Report.objects.filter(state__in=OPEN_STATES, is_restricted=False, is_suspected=False, is_secret=False)
    if (late := plain.filter(due_at__lt=now, holder__isnull=False).order_by("due_at").first()) is not None:
        steps.bring_to_meeting(late, by=leader, text=WHY, now=now)

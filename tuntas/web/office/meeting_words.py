"""The words of a rakor, from the facts of its points: headings, sentences, proposals, how a decision stands. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tuntas.agencies.installation import Installation
from tuntas.kit.words import Say
from tuntas.rules.agenda import Json, Kind
from tuntas.rules.clock import working_days_between
from tuntas.web.dates import say_day, say_day_long

TITLES: Mapping[Kind, Say] = {
    Kind.LAST: Say("Keputusan {day}", "Decisions of {day}"),
    Kind.CLUSTER: Say("{topic}, {area}", "{topic}, {area}"),
    Kind.CONTESTED: Say("Siapa menangani: {one} atau {other}", "Who handles it: {one} or {other}"),
    Kind.OVERDUE: Say("Lewat batas", "Past the limit"),
    Kind.SILENT: Say("Rujukan tanpa kabar", "Referrals without news"),
    Kind.BUDGET: Say("Pekerjaan terjadwal dan tahun anggarannya", "Scheduled work and its budget year"),
    Kind.BROUGHT: Say("Dibawa ke rakor: {case}", "Brought to the meeting: {case}"),
}
PROPOSALS: Mapping[Kind, Say] = {
    Kind.CLUSTER: Say(
        "Usul: satu instansi memimpin, dan satu jadwal diumumkan.", "Proposal: one agency leads, one date is announced."
    ),
    Kind.CONTESTED: Say(
        "Usul: tentukan satu penanggung jawab sekarang juga.", "Proposal: settle now which of them is responsible."
    ),
    Kind.OVERDUE: Say(
        "Usul: instansi teratas menyebut tanggal selesainya.", "Proposal: the agencies on top say by when it is done."
    ),
    Kind.SILENT: Say(
        "Usul: surat pimpinan ke instansi luar, tembusan Ombudsman.",
        "Proposal: a letter of the leader to those bodies, with a copy to the Ombudsman.",
    ),
    Kind.BUDGET: Say(
        "Usul: cek anggaran tahun ini, lalu umumkan jadwalnya.", "Proposal: check this year's budget, then announce it."
    ),
}
BOX = Say("{n} menit", "{n} minutes")
CLUSTERED = Say(
    "{n} laporan sejak {day}. Dijawab {answered}, terjadwal {scheduled}.",
    "{n} reports since {day}. {answered} answered, {scheduled} scheduled.",
)
FOLLOWED = Say(
    "{n} orang melaporkan atau mengikuti hal ini, sejak {day}.", "{n} people report or follow this, since {day}."
)
PUSHED = Say(
    "{n} laporan saling dilempar, {refusals} kali ditolak. Yang tertua {days} hari.",
    "{n} reports pushed to each other, refused {refusals} times. The oldest is {days} days old.",
)
SILENCE = Say(
    "{n} rujukan lebih dari 10 hari kerja tanpa kabar: {bodies}.",
    "{n} referrals without news for over 10 working days: {bodies}.",
)
PLANNED = Say("{n} pekerjaan sudah ada jadwalnya.", "{n} pieces of work have a date.")
WORKS = Say("{n} pekerjaan", "{n} reports")
AND_OTHERS = Say("{n} instansi lain", "{n} other agencies")
OLDEST = Say("{name}, terlama {days} hari:", "{name}, the longest {days} days:")
OUTSIDE = Say("{name}, {days} hari kerja:", "{name}, {days} working days:")
SOME_TOPIC, SOME_PLACE = Say("Topik lain", "Another topic"), Say("tanpa tempat", "no place")
SEALED_SINCE = Say("satu laporan", "one report")
BEFORE = Say("sebelumnya", "earlier")
DONE, LATE = Say("Beres", "Done"), Say("lewat {n} hari", "{n} days late")
LATE_ONE = Say("lewat 1 hari", "1 day late")
LEFT = Say("sisa {n} hari kerja", "{n} working days left")
TODAY = Say("hari ini", "today")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision stands: beres, or a clock that is aman, dekat or lewat."""

    jam: str
    mark: Say

    @property
    def is_done(self) -> bool:
        return self.jam == "beres"

    @property
    def icon(self) -> str:
        return "awas" if self.jam == "lewat" else "jam"


def standing(by_when: date, done_on: date | None, today: date, here: Installation) -> Standing:
    """Return how a decision stands on a day; what is left is counted in working days of the desk."""
    if done_on is not None:
        return Standing("beres", DONE)
    if by_when < today:
        days = (today - by_when).days
        return Standing("lewat", LATE_ONE if days == 1 else LATE.fill(n=days))
    if by_when == today:
        return Standing("dekat", TODAY)
    since, until = (datetime.combine(day, time(12), here.zone) for day in (today, by_when))
    return Standing("aman", LEFT.fill(n=working_days_between(since, until, here.calendar_of(here.desk_id))))


def title_of(kind: Kind, facts: Json, here: Installation, *, today: date, case: str = "") -> Say:
    """Return the heading of a point.

    case   the number of the one it is about
    """
    said = TITLES[kind]
    if kind is Kind.LAST:
        return said.fill_each(day=say_day(date.fromisoformat(facts["of"]), today=today) if facts.get("of") else BEFORE)
    if kind is Kind.CLUSTER:
        topic, area = facts.get("category"), facts.get("area")
        place = Say(here.area_names[area][1], here.area_names[area][1]) if area else SOME_PLACE
        return said.fill_each(topic=here.categories[topic].name if topic else SOME_TOPIC, area=place)
    if kind is Kind.CONTESTED:
        one, other = (here.agencies[agency].short for agency in facts["agencies"])
        return said.fill(one=one, other=other)
    if kind is Kind.BROUGHT:
        return said.fill_each(case=Say(case, case) if case else SEALED_SINCE)
    return said


def side_of(kind: Kind, minutes: int, facts: Json, here: Installation) -> Say:
    """Return what stands beside the heading: the time box, and how much or who."""
    box = BOX.fill(n=minutes)
    if kind is Kind.OVERDUE:
        works = WORKS.fill(n=facts["n"])
        return Say(f"{box.id} · {works.id}", f"{box.en} · {works.en}")
    names = ", ".join(here.agencies[agency].short for agency in facts.get("agencies", ()))
    return Say(f"{box.id} · {names}", f"{box.en} · {names}") if names else box


def sentence_of(kind: Kind, facts: Json, *, today: date) -> Say | None:
    """Return the facts of a point as words; None where a table says them all."""
    if kind is Kind.CLUSTER:
        day = say_day(date.fromisoformat(facts["since"]), today=today)
        if "answered" in facts:
            numbers = {name: facts[name] for name in ("n", "answered", "scheduled")}
            return _with_day(CLUSTERED, day, **numbers)
        return _with_day(FOLLOWED, day, n=facts["n"])
    if kind is Kind.CONTESTED:
        return PUSHED.fill(n=facts["n"], refusals=facts["refusals"], days=facts["days"])
    if kind is Kind.SILENT:
        return SILENCE.fill(n=facts["n"], bodies=", ".join(f"{row['n']} {row['body']}" for row in facts["rows"]))
    if kind is Kind.BUDGET:
        return PLANNED.fill(n=facts["n"])
    return None


def _with_day(said: Say, day: Say, **numbers: int) -> Say:
    return Say(said.id.format(day=day.id, **numbers), said.en.format(day=day.en, **numbers))


def meeting_when(held_on: date, begins: time, minutes: Iterable[int]) -> Say:
    """Return ``Senin, 24 November 2025, 09.00–10.30``: the day, and from when until when by the time boxes."""
    ends = (datetime.combine(held_on, begins) + timedelta(minutes=sum(minutes))).time()
    day, until = say_day_long(held_on), "" if ends <= begins else f"–{ends:%H.%M}"
    return Say(f"{day.id}, {begins:%H.%M}{until}", f"{day.en}, {begins:%H:%M}{until.replace('.', ':')}")

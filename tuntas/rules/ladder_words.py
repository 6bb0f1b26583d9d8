"""The words of a clock's ladder in both languages. Pure."""

from collections.abc import Iterable

from tuntas.kit.words import Say
from tuntas.rules.clock import Unit
from tuntas.rules.ladder import Hears, Rung

LENGTHS: dict[Unit, Say] = {
    Unit.HOURS: Say("{n} jam", "{n} hours"),
    Unit.DAYS: Say("{n} hari", "{n} days"),
    Unit.WORKING_DAYS: Say("{n} hari kerja", "{n} working days"),
}
HEARS: dict[Hears, Say] = {
    Hears.HANDLER: Say("yang mengerjakan", "who works on it"),
    Hears.LIAISON: Say("narahubung", "the liaison officer"),
    Hears.AGENCY_HEAD: Say("kepala instansi", "the head of the agency"),
    Hears.DESK: Say("meja aduan", "the complaint desk"),
    Hears.LEADER: Say("pimpinan daerah", "the head of the government"),
    Hears.INSPECTORATE: Say("Inspektorat", "the Inspectorate"),
    Hears.REPORTER: Say("pelapor", "the reporter"),
}
RAISED = Say("Janji “{promise}” sudah lewat batas waktunya.", "The promise “{promise}” was missed.")
RAISED_BEFORE = Say(
    "{part} waktu untuk janji “{promise}” sudah lewat.", "{part} of the time for the promise “{promise}” is over."
)
RAISED_BEYOND = Say("Janji “{promise}” sudah terlambat {part}.", "The promise “{promise}” is {part} late.")
RAISED_AGAIN = Say(
    "Dibuka lagi {n} kali, jadi dibawa ke atasan.", "Opened again {n} times, so brought to a higher level."
)


def say_part(rung: Rung) -> Say:
    """Return ``90 %``, or ``3 hari kerja`` beyond the end, or before it."""
    if rung.before:
        return LENGTHS[Unit.DAYS].fill(n=rung.before)
    if rung.beyond is None:
        return Say(f"{rung.percent} %", f"{rung.percent} %")
    return LENGTHS[rung.beyond.unit].fill(n=rung.beyond.amount)


def say_hearers(heard: Iterable[Hears]) -> Say:
    """Return who heard of a rung, in one breath."""
    said = [HEARS[hears] for hears in heard]
    return Say(_joined([one.id for one in said], "dan"), _joined([one.en for one in said], "and"))


def _joined(words: list[str], last: str) -> str:
    return words[-1] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"

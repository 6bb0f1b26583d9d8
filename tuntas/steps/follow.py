from datetime import datetime, timedelta

from django.db.models import Value
from django.db.models.functions import Lower

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Language, Say
from tuntas.publications.models import Joined, Publication
from tuntas.reports.models import Follower, Report
from tuntas.rules.life import Act
from tuntas.rules.text import EMAIL, checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.tell import write_to

BETWEEN_LETTERS = timedelta(hours=1)
NO_ADDRESS = Say("Tulis alamat e-mail seperti nama@contoh.id.", "Write an e-mail address such as name@example.org.")


def follow(
    report: Report, *, by: Actor, email: str | None = "", language: Language = Language.ID, now: datetime
) -> Follower:
    """Count one more who follows a public report; an address hears of news once its owner has said yes by letter.

    The same address twice counts once. It is an act without an event: a thread tells what happens to a report, and one
    that very many follow must not grow by it.
    """
    email = checked(email or "", "/email", most=254, may_be_empty=True)
    if email and not EMAIL.fullmatch(email):
        raise Invalid.field("/email", NO_ADDRESS)
    with begin(report, Act.FOLLOW, by=by) as report:
        follower = _with_address(report, email) if email else None
        if follower is None:
            follower = Follower.objects.create(report=report, email=email, language=language, created_at=now)
            count_followers(report, by=1)
        if follower.email and follower.confirmed_at is None:
            _ask(follower, now)
        return follower


def _with_address(report: Report, email: str) -> Follower | None:
    """Return who follows under an address, capital or small, by the index that keeps it from being there twice."""
    addressed = report.followers.exclude(email="").annotate(small=Lower("email"))
    return addressed.filter(small=Lower(Value(email))).first()


def count_followers(report: Report, *, by: int) -> None:
    """Change how many follow a report, and what everybody reads of it; the caller holds the report's lock."""
    report.follower_count += by
    report.save(update_fields=["follower_count"])
    if not Publication.objects.filter(number=report.number).update(followers=report.follower_count):
        Joined.objects.filter(number=report.number).update(followers=report.follower_count)


def _ask(follower: Follower, now: datetime) -> None:
    """Ask whoever reads the address's letters whether they want this, once an hour at most."""
    if follower.asked_at is not None and now < follower.asked_at + BETWEEN_LETTERS:
        return
    follower.asked_at = now
    follower.save(update_fields=["asked_at"])
    write_to([follower], "follow_confirm", now=now)

from datetime import date, datetime

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.reports.models import Deadline, Event, Report
from tuntas.reports.referrals import MOST_NUMBER, Referral
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reasons import Outcome
from tuntas.rules.text import checked
from tuntas.rules.who import Actor
from tuntas.steps.begin import begin
from tuntas.steps.clocks import keep
from tuntas.steps.forward_external import promise_news
from tuntas.steps.lights import lit
from tuntas.steps.walk import walk

ONE_WAY = Say(
    "Pilih satu: tanggal kabar berikutnya, kembali ke kami, atau sudah dijawab.",
    "Choose one: the date of the next news, back to us, or answered.",
)
ONLY_ANSWERED = Say("Dari luar hanya bisa: {known}.", "From outside it can only be: {known}.")


def outside_news(
    report: Report,
    *,
    by: Actor,
    text: str,
    external_id: str = "",
    next_news_on: date | None = None,
    to_us: bool = False,
    outcome: str = "",
    is_confirmed: bool = True,
    now: datetime,
) -> Event:
    """Tell the reporter what the body outside said, and how it goes on: one of the three.

    external_id   the number there, where it has become known
    next_news_on  it stays outside, with news by that day
    to_us         it is ours after all, and waits at the desk to be sent on
    outcome       "answered": the body has answered, and the reporter rates it

    Raises Invalid.
    """
    external_id = checked(external_id, "/external_id", most=MOST_NUMBER, may_be_empty=True)
    text = checked(text)
    if (next_news_on is not None) + to_us + bool(outcome) != 1:
        raise Invalid.field("/next_news_on", ONE_WAY)
    if outcome not in ("", Outcome.ANSWERED):
        raise Invalid.field("/outcome", ONLY_ANSWERED.fill(known=Outcome.ANSWERED.value))
    with begin(report, Act.OUTSIDE_NEWS, by=by) as report:
        data = lit(report, Act.OUTSIDE_NEWS, text, by=by, outcome=outcome, is_confirmed=is_confirmed, now=now)
        referral = Referral.objects.get(report=report, ended_at=None)
        referral.external_number = external_id or referral.external_number
        data |= {"body": referral.body_name, "external_id": external_id}
        without = {Promise.RESOLVE}
        to = State.FORWARDED_EXTERNAL
        if next_news_on is not None:
            _keep_promise(report, now)
            promise_news(report, next_news_on, now=now)
            referral.next_news_on, without = next_news_on, {Promise.RESOLVE, Promise.OUTSIDE_NEWS}
            data["next_news_on"] = next_news_on.isoformat()
        elif to_us:
            to = State.SUBMITTED
            data["to_us"] = True
        else:
            to, without = State.ANSWERED, set[Promise]()
            report.holder_id, report.close_outcome, report.is_reopened = report.desk_id, outcome, False
            data["outcome"] = outcome
        referral.save(update_fields=["external_number", "next_news_on"])
        if report.merged_count:
            along = Referral.objects.filter(report__merged_into=report, report__is_led=True, ended_at=None)
            along.update(external_number=referral.external_number, next_news_on=referral.next_news_on)
        event = walk(report, Act.OUTSIDE_NEWS, by=by, text=text, data=data, to=to, without=without, now=now)
        count_missed(report)
        return event


def _keep_promise(report: Report, now: datetime) -> None:
    """Keep the news that was promised, before another day is."""
    for clock in Deadline.objects.running().filter(report=report, promise=Promise.OUTSIDE_NEWS):
        keep(clock, now)
        clock.save()


def count_missed(report: Report) -> None:
    """Count anew how often the newest referral of a report passed its promised day without news."""
    newest = Referral.objects.select_related("event").filter(report=report).order_by("-id").first()
    if newest is None:
        return
    promised = Deadline.objects.filter(report=report, promise=Promise.OUTSIDE_NEWS, started_at__gte=newest.event.at)
    newest.missed_count = promised.filter(missed_at__isnull=False).count()
    newest.save(update_fields=["missed_count"])

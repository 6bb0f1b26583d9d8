"""Where a report is outside, under which number, by when there is news and who asks: from what a thread tells."""

from datetime import date, datetime

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.rules.life import Act, Promise
from tuntas.rules.thread import Json
from tuntas.web.clocks import newest
from tuntas.web.dates import say_day
from tuntas.web.thread_words import KNOWN_AS

REFERRED = Say("Dirujuk ke {body}.", "Referred to {body}.")
NEWS_BY = Say("Kabar berikutnya paling lambat {day}.", "The next news comes by {day}.")
NEWS_LATE = Say("Kabar dijanjikan {day}, belum ada. Maaf.", "News was promised by {day}; there is none. We are sorry.")
WE_ASK = Say("Yang menanyakan: meja aduan.", "Who asks there: the complaint desk.")
ELSEWHERE = Say("instansi di luar", "an outside body")  # once its name was removed
HEAD = Say("Dirujuk ke {body}", "Referred to {body}")
HEAD_BY = Say("Dirujuk ke {body}, kabar paling lambat {on}", "Referred to {body}, news by {on}")
NEWS = Say("Kabar dari {body}", "News from {body}")
NEWS_UNTIL = Say("Kabar dari {body}, berikutnya paling lambat {on}", "News from {body}, the next by {on}")
BACK = Say("{body} tidak menangani, kembali ke meja aduan", "{body} does not handle it; back at the complaint desk")
ANSWERED = Say("Dijawab {body}", "Answered by {body}")
OUTSIDE = frozenset({Act.FORWARD_EXTERNAL, Act.OUTSIDE_NEWS})


def head_outside(told: Json, *, today: date) -> Say:
    """Return the sentence of a referral or of news from there; *told* is a line of a thread, or an event's facts."""
    on = told.get("next_news_on")
    if told.get("act") == Act.FORWARD_EXTERNAL:
        said = HEAD_BY if on else HEAD
    elif told.get("to_us"):
        said = BACK
    elif told.get("outcome"):
        said = ANSWERED
    else:
        said = NEWS_UNTIL if on else NEWS
    name = told.get("body")
    day = say_day(date.fromisoformat(on), today=today) if on else Say("", "")
    return said.fill_each(body=Say(name, name) if name else ELSEWHERE, on=day)


def referral_says(view: Json, *, now: datetime) -> tuple[Say, ...]:
    """Return the sentences about a report that is outside now; the number there where the view tells it."""
    lines = [line for line in view["timeline"] if line["act"] in OUTSIDE]
    since = next((n for n, line in enumerate(reversed(lines)) if line["act"] == Act.FORWARD_EXTERNAL), None)
    if since is None:
        return ()
    lines = lines[-1 - since :]
    name = lines[-1].get("body")
    number = next((line["external_id"] for line in reversed(lines) if line.get("external_id")), "")
    said = [REFERRED.fill_each(body=Say(name, name) if name else ELSEWHERE)]
    if number:
        said.append(KNOWN_AS.fill(number=number))
    entry = newest(view, Promise.OUTSIDE_NEWS)
    if entry is not None and entry["due_at"] is not None:
        zone = installation().zone
        day = say_day(entry["due_at"].astimezone(zone).date(), today=now.astimezone(zone).date())
        said.append((NEWS_LATE if entry["state"] == "missed" else NEWS_BY).fill_each(day=day))
    return (*said, WE_ASK)

"""The words of an act that was undone, kept as not yet sent: nothing typed is ever lost."""

from datetime import datetime

from tuntas.reports.models import Before, Report, Unsent
from tuntas.rules.redaction import redact
from tuntas.steps.dispatch import first_words


def keep_as_unsent(report: Report, before: Before, *, now: datetime) -> None:
    """Keep what its writer typed for the act remembered in *before*; the report still stands as the act left it.

    Words typed since for the same form are newer and stay.
    """
    event = before.event
    typed = {name: text for name, text in {"text": event.text, **_let_out(report, before)}.items() if text}
    if not typed or event.by_id is None:
        return
    of_form = Unsent.objects.filter(report=report, person_id=event.by_id, form=event.act)
    if of_form.filter(saved_at__gt=event.at).exists():
        return
    chosen = {"agency": event.data.get("to_agency", ""), "reason_code": event.data.get("reason_code", "")}
    photos = event.files.order_by("received_at", "pk").values_list("pk", flat=True)
    chosen["file_ids"] = " ".join(map(str, photos))
    fields = {name: value for name, value in chosen.items() if value} | typed
    of_form.delete()
    Unsent.objects.create(
        report=report, person_id=event.by_id, last_by_id=event.by_id, form=event.act, fields=fields, saved_at=now
    )


def _let_out(report: Report, before: Before) -> dict[str, str]:
    """Return the title and text that dispatch let out, unless they are those it makes by itself."""
    by_itself = {
        "title": {before.values["public_title"], redact(report.title), first_words(report.public_text)},
        "public_text": {before.values["public_text"], redact(report.body)},
    }
    given = {"title": report.public_title, "public_text": report.public_text}
    return {name: text for name, text in given.items() if text not in by_itself[name]}

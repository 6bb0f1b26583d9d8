"""Send one notice of the outbox. Its retry schedule is published: docs/reference/settings.md."""

from datetime import datetime, timedelta

from django.db import transaction

from tuntas.channels.email import Letter, SendingFailed, send
from tuntas.kit.crypto import Unreadable, decrypt
from tuntas.kit.env import env
from tuntas.kit.ids import show_code
from tuntas.kit.words import Language
from tuntas.reports.models import Notice, NoticeState
from tuntas.reports.notices import letter_of
from tuntas.reports.secrets import outbox_key

MINUTES_BETWEEN_TRIES = (1, 5, 15, 60, 180, 720, 1440)


def deliver(notice_id: int, *, now: datetime) -> None:
    """Send a notice, or note when to try again; after the last try it is dead and stays in a list. Safe to repeat.

    A mail server that took the letter just before a crash may get it once more, under the same Message-ID.
    """
    if not env().email_url:
        return
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("report")
            .defer("report__body", "report__thread", "report__public_text")
            .filter(pk=notice_id, state=NoticeState.WAITING)
            .first()
        )
        if notice is None:
            return
        try:
            send(_letter(notice))
        except SendingFailed as error:
            _note_failure(notice, error, now)
        else:
            notice.state, notice.sent_at, notice.secret, notice.error = NoticeState.SENT, now, None, ""
            notice.next_try_at = None
        notice.save(update_fields=["state", "sent_at", "secret", "error", "next_try_at", "tries"])


def _letter(notice: Notice) -> Letter:
    code = ""
    if notice.secret is not None:
        try:
            code = show_code(decrypt(outbox_key(), bytes(notice.secret)).decode())
        except Unreadable as error:  # the secret key was changed: nobody can send this code any more
            raise SendingFailed("the code can no longer be read", is_final=True) from error
    return letter_of(notice, code=code, base_url=env().base_url, language=Language(notice.language))


def _note_failure(notice: Notice, error: SendingFailed, now: datetime) -> None:
    notice.error = str(error)[:300]
    notice.tries += 1
    if error.is_final or notice.tries > len(MINUTES_BETWEEN_TRIES):
        notice.state, notice.next_try_at, notice.secret = NoticeState.DEAD, None, None
    else:
        notice.next_try_at = now + timedelta(minutes=MINUTES_BETWEEN_TRIES[notice.tries - 1])

from datetime import datetime

from tuntas.kit.links import is_link, link_hash, new_link
from tuntas.reports.drafts import DRAFT, Draft, Json, closed, holder_hash


def keep_draft(link: str, phone: str, data: Json, *, now: datetime) -> str:
    """Keep what somebody has written so far for a day, and return the link to it; an empty link begins a new draft.

    phone   the cookie that binds the draft to this phone, "" where it keeps none
    """
    link = link if is_link(link, DRAFT) else new_link(DRAFT)
    changed = Draft.objects.filter(key=link_hash(link, DRAFT), holder=holder_hash(phone), receipt=None).update(
        data=closed(link, DRAFT, data), at=now
    )
    if not changed:
        link = new_link(DRAFT)  # gone, sent already or another phone's: what was typed goes on in a draft of its own
        Draft.objects.create(
            key=link_hash(link, DRAFT), holder=holder_hash(phone), data=closed(link, DRAFT, data), at=now
        )
    return link

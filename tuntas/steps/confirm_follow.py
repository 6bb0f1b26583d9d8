from datetime import datetime

from tuntas.reports.follow_links import follower_id_of
from tuntas.reports.models import Follower


def confirm_follow(token: str, *, now: datetime) -> Follower | None:
    """Take the word of whoever reads the address's letters that they want news; None for a link that is no use.

    Safe to repeat.
    """
    follower_id = follower_id_of(token)
    if follower_id is None:
        return None
    with_address = Follower.objects.filter(pk=follower_id).exclude(email="")
    with_address.filter(confirmed_at=None).update(confirmed_at=now)
    return with_address.select_related("report").first()

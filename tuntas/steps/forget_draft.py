from tuntas.kit.links import is_link, link_hash
from tuntas.reports.drafts import DRAFT, Draft, holder_hash


def forget_draft(link: str, phone: str) -> None:
    """Delete a draft at once, for the phone that wrote it; what was sent stays. Gone already is fine."""
    if is_link(link, DRAFT):
        Draft.objects.filter(key=link_hash(link, DRAFT), holder=holder_hash(phone), receipt=None).delete()

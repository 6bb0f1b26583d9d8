from datetime import datetime, timedelta

from django.db import Error

from tuntas.kit import files, practice
from tuntas.reports.models import File, Report

KEEP = timedelta(hours=24)


def discard_practice(*, now: datetime) -> bool:
    """Throw the practice city away once nobody has begun to practise for a day. Return whether it was."""
    if not practice.is_there():
        return False
    try:
        with practice.practising():
            begun = Report.objects.order_by("-received_at").values_list("received_at", flat=True).first()
            if begun is None or begun > now - KEEP:
                return False
            kept = list(File.objects.values_list("pk", "ending"))
    except Error:  # one that was never finished
        return False
    practice.throw_away()
    for pk, ending in kept:
        for kind in ("jpg", "small.jpg", "public.jpg", "public.small.jpg", ending):
            files.drop(f"{pk}.{kind}")
        files.drop_quarantined(str(pk))
    return True

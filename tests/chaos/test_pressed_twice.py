"""A button pressed twice, the second time while the first press is still at work: one report, one receipt."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.doors.test_report_form import Walk
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Draft, Report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("city")]


def somebody_waits() -> bool:
    """Return whether a connection waits for a row that another holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_second_press_during_the_first_gets_its_receipt(client: Client) -> None:
    collect_static()
    walk = Walk(client)
    fields = walk.last(walk.draft())

    def press() -> Any:
        try:
            return client.post("/lapor/kirim", fields)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Draft.objects.select_for_update().get()
            second = pool.submit(press)
            while not (somebody_waits() or second.done()):
                pass
            first = client.post("/lapor/kirim", fields)
        assert (second.result().status_code, second.result()["Location"]) == (303, first["Location"])
    assert Report.objects.count() == 1

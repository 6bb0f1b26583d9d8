"""The log as everybody sees it: signed, provable from outside, and silent about everybody."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import T0
from tests.make import Made, bring, make_report
from tuntas import steps
from tuntas.kit.ids import show_code
from tuntas.kit.merkle import is_consistent, is_included, leaf_hash
from tuntas.kit.notes import open_note, read_statement, verifier_key
from tuntas.ledger import keys
from tuntas.ledger.models import Leaf
from tuntas.ledger.queries import receipt_of
from tuntas.ledger.rows import leaf_of
from tuntas.ops.static_files import collect_static
from tuntas.reports.models import Event
from tuntas.rules.life import State


@pytest.fixture(autouse=True)
def styles() -> None:
    collect_static()


@pytest.fixture
def made(cast: Cast) -> Made:
    made = make_report()
    bring(made, State.CLOSED, cast)
    return made


def signed(client: Client) -> Any:
    public = keys.own_public()
    assert public is not None
    return read_statement(open_note(client.get("/log/checkpoint").content.decode(), keys.origin(), public))


def proof(answer: Any) -> list[bytes]:
    assert answer.status_code == 200
    return [bytes.fromhex(one) for one in answer.json()["proof"]]


def test_a_stranger_can_prove_that_a_leaf_is_there_and_that_the_log_only_grew(client: Client, made: Made) -> None:
    steps.sequence(now=T0)
    before = signed(client)
    for _ in range(3):
        make_report()
    steps.sequence(now=T0 + timedelta(minutes=10))
    after = signed(client)
    assert after.size > before.size
    grown = proof(client.get("/log/consistency", {"from": before.size, "to": after.size}))
    assert is_consistent(before.size, after.size, grown, before.root, after.root)
    for leaf in Leaf.objects.all():
        for said in (before, after):
            answer = client.get("/log/inclusion", {"hash": bytes(leaf.hash).hex(), "size": said.size})
            if leaf.seq >= said.size:
                assert answer.status_code == 404
            else:
                assert is_included(bytes(leaf.hash), leaf.seq, said.size, proof(answer), said.root)


def test_the_key_stands_at_a_fixed_place(client: Client, made: Made) -> None:
    steps.sequence(now=T0)
    public = keys.own_public()
    assert public is not None
    assert client.get("/.well-known/tuntas-log").content.decode() == verifier_key(keys.origin(), public) + "\n"


@pytest.mark.usefixtures("city")
def test_before_anything_is_signed_that_is_said(client: Client) -> None:
    for address in ("/log/checkpoint", "/log/inclusion", "/log/consistency", "/.well-known/tuntas-log"):
        assert client.get(address).status_code == 404
    assert "Belum ada yang ditandatangani" in client.get("/log").content.decode()
    assert client.get("/bukti").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        *("inclusion", "inclusion?hash=xx", "inclusion?hash=00"),
        *("inclusion?hash={h}&size=0", "inclusion?hash={h}&size=9999999"),
        *("consistency", "consistency?from=0", "consistency?from=3&to=2", "consistency?from=1&to=999999"),
    ],
)
def test_what_cannot_be_proved_is_refused(client: Client, made: Made, asked: str) -> None:
    steps.sequence(now=T0)
    answer = client.get("/log/" + asked.replace("{h}", "00" * 32))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_leaf_nobody_made_is_not_found(client: Client, made: Made) -> None:
    steps.sequence(now=T0)
    assert client.get("/log/inclusion", {"hash": "00" * 32}).status_code == 404


def test_public_pages_of_the_log_ask_few_questions(client: Client, made: Made) -> None:
    steps.sequence(now=T0)
    leaf = Leaf.objects.order_by("-seq")[0]
    client.get("/log")
    for address, most in (
        ("/log", 1),
        ("/bukti", 1),
        ("/log/checkpoint", 1),
        (f"/log/inclusion?hash={bytes(leaf.hash).hex()}", 3),
        ("/log/consistency?from=3", 2),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, address


# The reporter's own


def proof_file(client: Client, made: Made) -> Any:
    return client.get(f"/l/{show_code(made.code)}/bukti")


def test_a_reporter_takes_home_a_proof_of_all_they_sent(client: Client, made: Made) -> None:
    assert proof_file(client, made).status_code == 404, "not signed yet"
    steps.sequence(now=T0)
    answer = proof_file(client, made)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert re.fullmatch(r'attachment; filename="bukti-[0-9a-f]{8}\.json"', answer["Content-Disposition"])
    told = json.loads(answer.content)
    said = signed(client)
    own = Event.objects.filter(report=made.report, voice="reporter")
    assert [one["id"] for one in told["leaves"]] == list(own.order_by("id").values_list("id", flat=True))
    assert len(told["leaves"]) >= 2
    for one in told["leaves"]:
        data = leaf_of(one["row"], bytes.fromhex(one["commitment"]))
        assert data.hex() == one["leaf"]
        path = [bytes.fromhex(part) for part in one["proof"]]
        assert is_included(leaf_hash(data), one["seq"], said.size, path, said.root)


def test_a_proof_tells_no_word_and_no_salt(client: Client, made: Made) -> None:
    steps.sequence(now=T0)
    text = proof_file(client, made).content.decode()
    assert made.report.body[:20] not in text
    assert made.report.number not in text
    assert show_code(made.code) not in text
    for event in Event.objects.all():
        assert bytes(event.salt or b"").hex() not in text


def test_what_came_since_is_said_to_wait(client: Client, made: Made) -> None:
    steps.sequence(now=T0)
    event = Event.objects.filter(report=made.report, voice="reporter").latest("id")
    event.pk = None
    event.save(force_insert=True)
    assert proof_file(client, made).json()["waiting"] == 1
    assert receipt_of(event.pk) is None


def test_proofs_cost_the_same_for_one_and_for_many(client: Client, made: Made) -> None:
    few = make_report()
    steps.sequence(now=T0)

    def cost(one: Made) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert proof_file(client, one).status_code == 200
        return len(asked)

    cost(few)
    assert cost(made) == cost(few) <= 7


def test_a_receipt_of_one_event_is_for_other_doors(made: Made) -> None:
    steps.sequence(now=T0)
    told = receipt_of(made.report.events.order_by("id")[0].pk)
    assert told is not None
    assert set(told) == {"id", "leaf", "seq", "proof", "size", "checkpoint"}


def test_the_page_of_a_report_leads_to_its_proof(client: Client, made: Made) -> None:
    page = client.get(f"/l/{show_code(made.code)}").content.decode()
    assert f'href="/l/{show_code(made.code)}/bukti"' in page

"""The sealed room over the API: what comes closed is kept closed, and only its own code gets it back."""

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.sealed_room import Reader, make_readers, read_by
from tuntas import steps
from tuntas.kit import age
from tuntas.kit.time import current_time
from tuntas.reports.models import Report
from tuntas.sealed.models import Directory, Envelope

pytestmark = pytest.mark.usefixtures("city")

API = "/api/v1"
CODE = "ABCDEFGH2345JKMNPQRSTVWX"
OTHER_CODE = "ABCDEFGH2345JKMNPQRSTVWY"
WORDS = {"body": "Petugas minta uang."}


@pytest.fixture
def readers(cast: Cast) -> list[Reader]:
    return list(make_readers().values())


def told(data: bytes) -> str:
    return b64encode(data).decode()


def sealed(readers: list[Reader], code: str = CODE, identity: str = "", files: tuple[str, ...] = ()) -> dict[str, Any]:
    identity = identity or age.new_identity()
    recipient, reporter = age.recipient_of(identity), age.recipient_of(age.identity_of_code(code))
    to = {str(reader.key_id): age.recipient_of(reader.identity) for reader in readers} | {"reporter": reporter}
    return {
        "group": "inspectorate",
        "lookup": age.lookup_of(code),
        "recipient": recipient,
        "reporter": reporter,
        "envelopes": [
            {"kind": "story", "data": told(age.enveloped(WORDS, [recipient]))},
            *({"kind": "file", "file_id": file} for file in files),
        ],
        "wrapped_keys": {who: told(age.close(identity.encode(), [key])) for who, key in to.items()},
    }


def post(client: Client, path: str, body: object, **headers: str) -> Any:
    return client.post(f"{API}{path}", json.dumps(body), content_type="application/json", headers=headers)


def upload(client: Client, data: bytes) -> Any:
    return client.post(f"{API}/sealed/files", data, content_type="application/octet-stream")


def by_lookup(code: str = CODE) -> dict[str, str]:
    return {"Authorization": f"Lookup {age.lookup_of(code)}"}


def test_a_closed_report_is_taken_in_and_its_readers_open_it(client: Client, readers: list[Reader]) -> None:
    answer = post(client, "/sealed", sealed(readers))
    assert answer.status_code == 201, answer.content
    assert set(answer.json()) == {"state", "face", "received_at", "promises"}
    for reader in readers:
        ((kind, words),) = read_by(reader, Report.objects.get().pk)
        assert (kind, words["body"]) == ("story", WORDS["body"])


def test_the_same_twice_is_one_report_and_other_words_under_its_lookup_are_refused(
    client: Client, readers: list[Reader]
) -> None:
    body = sealed(readers)
    assert [post(client, "/sealed", body).status_code for _ in range(2)] == [201, 201]
    assert post(client, "/sealed", sealed(readers)).status_code == 409
    assert Report.objects.count() == 1


@pytest.mark.parametrize("wrong", ["reader", "reporter", "story", "key", "file", "nobody"])
def test_what_could_not_be_opened_is_refused(client: Client, readers: list[Reader], wrong: str) -> None:
    body = sealed(readers)
    if wrong == "reader":
        del body["wrapped_keys"][str(readers[0].key_id)]
    elif wrong == "reporter":
        del body["wrapped_keys"]["reporter"]
    elif wrong == "story":
        body["envelopes"][0]["data"] = told(b"readable")
    elif wrong == "key":
        body["recipient"] = "age1qqqq"
    elif wrong == "file":
        body["envelopes"].append({"kind": "file", "file_id": "7b9f7c8e-0000-4000-8000-000000000000"})
    else:
        body["exclude"] = [reader.key_id for reader in readers]
    answer = post(client, "/sealed", body)
    assert answer.status_code == 422, answer.content
    assert (Report.objects.count(), Envelope.objects.count()) == (0, 0)


def test_a_lookup_gets_the_envelopes_and_another_gets_nothing(client: Client, readers: list[Reader]) -> None:
    identity = age.new_identity()
    file = age.enveloped_file("a.txt", "text/plain", b"bukti", [age.recipient_of(identity)])
    file_id = upload(client, file).json()["file_id"]
    post(client, "/sealed", sealed(readers, identity=identity, files=(file_id,)))
    post(client, "/sealed", sealed(readers, OTHER_CODE))
    view = client.get(f"{API}/track", headers=by_lookup()).json()
    opened = age.opened(b64decode(view["sealed"]["wrapped_key"]), age.identity_of_code(CODE)).decode()
    assert opened == identity
    assert sorted(each["kind"] for each in view["sealed"]["envelopes"]) == ["file", "story"]
    assert client.get(f"{API}/sealed/files/{file_id}", headers=by_lookup()).content == file
    assert client.get(f"{API}/sealed/files/{file_id}", headers=by_lookup(OTHER_CODE)).status_code == 404
    assert client.get(f"{API}/sealed/files/{file_id}").status_code == 401
    assert client.get(f"{API}/track", headers={"Authorization": f"Lookup {'0' * 64}"}).status_code == 401


def test_the_reporter_adds_words_that_nobody_here_reads(client: Client, readers: list[Reader]) -> None:
    body = sealed(readers)
    post(client, "/sealed", body)
    envelope = told(age.enveloped({"text": "Ada saksi."}, [body["recipient"]]))
    answer = post(client, "/track/acts/supplement", {"envelope": envelope}, **by_lookup())
    assert answer.status_code == 200, answer.content
    assert [each["kind"] for each in answer.json()["sealed"]["envelopes"]] == ["story", "words"]
    (report,) = Report.objects.all()
    assert [words.get("text") for _, words in read_by(readers[0], report.pk)] == [None, "Ada saksi."]
    assert set(report.events.values_list("text", flat=True)) == {""}


def test_an_upload_that_is_not_closed_or_too_large_is_refused(client: Client, readers: list[Reader]) -> None:
    assert upload(client, b"readable").status_code == 422
    assert upload(client, b"age-encryption.org/v1\n" + bytes(17 * 1024 * 1024)).status_code == 413
    assert Envelope.objects.count() == 0


def test_wrong_lookups_are_slowed_like_wrong_codes(client: Client, readers: list[Reader]) -> None:
    post(client, "/sealed", sealed(readers))
    tries = [client.get(f"{API}/track", headers={"Authorization": f"Lookup {n:064x}"}).status_code for n in range(32)]
    assert tries[0] == 401
    assert tries[-1] == 429
    assert client.get(f"{API}/track", headers=by_lookup()).status_code == 200


def test_the_directory_is_told_exactly_as_it_was_signed(client: Client, cast: Cast) -> None:
    Directory.objects.all().delete()
    assert client.get(f"{API}/sealed/recipients").json()["document"] is None
    make_readers()
    found = client.get(f"{API}/sealed/recipients").json()
    assert found["version"] == 1
    assert json.loads(found["document"])["readers"]


def test_a_lookup_gets_the_proof_of_what_was_sent(client: Client, readers: list[Reader]) -> None:
    post(client, "/sealed", sealed(readers))
    address = "/l/tersegel/bukti"
    assert client.get(address).status_code == 404, "nobody without a lookup"
    early = client.get(address, headers=by_lookup())
    assert (early.status_code, "Bukti belum siap" in early.content.decode()) == (404, True)
    steps.sequence(now=current_time())
    answer = client.get(address, headers=by_lookup())
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert [one["id"] for one in answer.json()["leaves"]] == [Report.objects.get().events.get().pk]
    assert client.get(address, headers=by_lookup(OTHER_CODE)).status_code == 404
    tries = [client.get(address, headers={"Authorization": f"Lookup {n:064x}"}).status_code for n in range(40)]
    assert tries[-1] == 429

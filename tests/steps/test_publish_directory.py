"""The list of readers: signed elsewhere, by the one key, of exactly the keys in use; and the keys themselves."""

import json
from argparse import Namespace
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.sealed_room import SIGNER, make_readers
from tuntas import steps
from tuntas.agencies.profile import Profile
from tuntas.agencies.profile_rows import SealedRow
from tuntas.kit import age
from tuntas.kit.crypto import new_signing_key, public_of, sign
from tuntas.kit.errors import Invalid, NotAllowed
from tuntas.ops import sign_readers
from tuntas.sealed.appointed import next_list
from tuntas.sealed.models import Directory, ReaderKey
from tuntas.sealed.queries import readers

HOST = "aduan.example"
LOCKED = b"age-encryption.org/v1\n-> scrypt closed in a browser"


def signed(text: str, key: bytes = SIGNER) -> str:
    given = {"signature": sign(key, text.encode()), "signer": public_of(key)}
    return json.dumps({"document": text, **{name: b64encode(data).decode() for name, data in given.items()}})


@pytest.fixture
def made(cast: Cast) -> None:
    make_readers()


def test_the_next_list_comes_into_force(made: None, cast: Cast, now: datetime) -> None:
    text = next_list(HOST, now=now)
    found = steps.publish_directory(signed(text), by=cast.appointed_inspector, origin=HOST, now=now)
    assert (found.version, found.document) == (2, text)
    assert {reader.role for reader in readers()} == {"inspectorate", "agency_admin"}


def test_the_first_list_fixes_who_signs(made: None, cast: Cast, now: datetime) -> None:
    Directory.objects.all().delete()
    me = cast.appointed_inspector
    steps.publish_directory(signed(next_list(HOST, now=now)), by=me, origin=HOST, now=now)
    with pytest.raises(Invalid, match="Another key"):
        steps.publish_directory(signed(next_list(HOST, now=now), new_signing_key()), by=me, origin=HOST, now=now)


def test_where_the_profile_names_the_signer_no_other_one_is_taken(
    made: None, cast: Cast, profile: Profile, changed_profile: None, now: datetime
) -> None:
    pinned, me = new_signing_key(), cast.appointed_inspector
    steps.load_profile(replace(profile, sealed=SealedRow(b64encode(public_of(pinned)).decode())))
    for _ in range(2):  # over the list of the one before, and as the first
        with pytest.raises(Invalid, match="profile names"):
            steps.publish_directory(signed(next_list(HOST, now=now)), by=me, origin=HOST, now=now)
        Directory.objects.all().delete()
    found = steps.publish_directory(signed(next_list(HOST, now=now), pinned), by=me, origin=HOST, now=now)
    assert found.version == 1


def changed(text: str, **more: Any) -> str:
    return json.dumps({**json.loads(text), **more})


def test_no_other_list_does(made: None, cast: Cast, now: datetime) -> None:
    me, text = cast.appointed_inspector, next_list(HOST, now=now)
    stranger = {"id": "1", "name": "Orang lain", "role": "inspectorate", "recipient": age.recipient_of(_identity())}
    lines = [
        "bukan JSON",
        "[]",
        signed(text).replace('"document": "', '"document": " '),
        signed(changed(text, version=7)),
        signed(changed(text, origin="lain.example")),
        signed(changed(text, readers=[])),
        signed(changed(text, readers=[stranger])),
        signed(changed(text, readers=["x"])),
    ]
    for line in lines:
        with pytest.raises(Invalid):
            steps.publish_directory(line, by=me, origin=HOST, now=now)
    with pytest.raises(NotAllowed):
        steps.publish_directory(signed(text), by=cast.inspector, origin=HOST, now=now)
    assert Directory.objects.count() == 1


def test_the_computer_without_a_network_signs_it(
    made: None, cast: Cast, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Directory.objects.all().delete()
    (tmp_path / "pembaca.json").write_text(next_list(HOST, now=now))
    given = Namespace(file=tmp_path / "pembaca.json", key=tmp_path / "inspektorat.key")
    assert sign_readers.run(given) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert (given.key.stat().st_mode & 0o777) == 0o600
    assert steps.publish_directory(line, by=cast.appointed_inspector, origin=HOST, now=now).version == 1


def test_another_passphrase_leaves_the_key_and_another_key_retires_it(made: None, cast: Cast, now: datetime) -> None:
    me = cast.appointed_inspector
    first = ReaderKey.objects.get(person_id=me.person_id or 0)
    again = steps.keep_reader_key(by=me, recipient=first.recipient, locked=LOCKED + b" anew", now=now)
    assert (again.pk, bytes(again.locked)) == (first.pk, LOCKED + b" anew")
    other = steps.keep_reader_key(by=me, recipient=age.recipient_of(_identity()), locked=LOCKED, now=now)
    first.refresh_from_db()
    assert (first.retired_at, other.retired_at) == (now, None)


def test_no_key_is_kept_that_is_open_or_somebody_elses(made: None, cast: Cast, now: datetime) -> None:
    me, recipient = cast.appointed_inspector, age.recipient_of(_identity())
    theirs = ReaderKey.objects.get(person_id=cast.appointed_admin.person_id or 0).recipient
    for key, locked in ((recipient, b"AGE-SECRET-KEY-1"), ("age1x", LOCKED), (theirs, LOCKED)):
        with pytest.raises(Invalid):
            steps.keep_reader_key(by=me, recipient=key, locked=locked, now=now)
    with pytest.raises(NotAllowed):
        steps.keep_reader_key(by=cast.inspector, recipient=recipient, locked=LOCKED, now=now)


def _identity() -> str:
    return age.new_identity()

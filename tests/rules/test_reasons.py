"""The lists somebody must choose from are those of the contract and the domain reference, word for word."""

from enum import StrEnum

import pytest

from tuntas.rules.reasons import (
    GIVEN_BY_SYSTEM,
    ArchiveReason,
    Classification,
    ClosedBy,
    LateCause,
    Outcome,
    TransferReason,
)

LISTS: list[tuple[type[StrEnum], str]] = [
    (LateCause, "volume staff waiting_agency waiting_reporter wrong_agency budget field_access system other"),
    (Outcome, "fixed answered partially_fixed cannot_be_fixed duplicate_resolved no_reply_from_reporter"),
    (Classification, "information_request aspiration complaint_ordinary complaint_supervisory"),
    (ClosedBy, "reporter agency_admin system"),
    (
        ArchiveReason,
        "sara no_evidence unclear not_government_performance expired by_reporter info_not_completed wrong_format spam "
        "test_or_prank duplicate out_of_scope_court private_matter private_company",
    ),
]


@pytest.mark.parametrize(("kind", "names"), LISTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_list_is_the_one_of_the_contract(kind: type[StrEnum], names: str) -> None:
    assert [member.value for member in kind] == names.split()


def test_not_our_authority_is_a_transfer_and_never_an_archive() -> None:
    assert "not_authority" in set(TransferReason)
    assert "not_authority" not in set(ArchiveReason)


def test_some_reasons_are_given_by_nobody_at_the_desk() -> None:
    assert {"by_reporter", "info_not_completed", "expired"} == GIVEN_BY_SYSTEM


@pytest.mark.parametrize("kind", [kind for kind, _ in LISTS] + [TransferReason])
def test_every_name_fits_its_column(kind: type[StrEnum]) -> None:
    assert max(len(member.value) for member in kind) <= 30

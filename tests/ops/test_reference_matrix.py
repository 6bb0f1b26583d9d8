"""The printed table of DOMAIN 2.1: what it says of the rows that matter most, read as a person would."""

from tuntas.ops.reference_matrix import COLUMNS, ROWS, matrix_rows
from tuntas.rules.who import Role

TABLE = {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in matrix_rows()}


def those_with(row: str) -> set[str]:
    return {column for column, cell in TABLE[row].items() if cell}


def test_every_role_has_a_column_and_every_row_a_cell_for_each() -> None:
    assert set(COLUMNS) == {"public", "reporter", *(role.value for role in Role)}
    assert len(TABLE) == len(ROWS)


def test_a_sealed_case_is_for_the_reporter_and_those_appointed() -> None:
    for row in ("Restricted case (sealed room)", "Case suspected of belonging there"):
        assert those_with(row) == {"reporter", "inspectorate", "sealed_reader"}


def test_a_secret_case_is_nothing_to_the_public_nor_to_who_runs_the_servers() -> None:
    assert not those_with("Secret case text") & {"public", "sysadmin", "integration", "dpo", "arbiter"}
    assert TABLE["Secret case text"]["leader"] == "MA"
    assert TABLE["Secret case text"]["liaison"] == "RU"
    assert TABLE["Secret case text"]["call_operator"] == "RO"


def test_an_anonymous_name_takes_two_persons_and_is_known_to_nobody_at_once() -> None:
    row = TABLE["Reporter identity, anonymous"]
    assert {column: cell for column, cell in row.items() if cell} == {
        "reporter": "O",
        "agency_admin": "2A",
        "inspectorate": "2A",
    }
    assert those_with("Reporter identity, not anonymous") >= {"liaison", "inspectorate"}
    assert not those_with("Reporter identity, not anonymous") & {"leader", "unit_handler", "response_validator"}

"""docs/reference/permissions.md: which role may do what, and by which sentence."""

from collections.abc import Iterable

from tuntas.ops.markdown import codes, page, table
from tuntas.ops.reference_matrix import COLUMNS, DIFFERENCES, LEGEND, matrix_rows
from tuntas.rules.life import LIFE
from tuntas.rules.who import (
    NAME_READERS,
    READERS,
    SECRET_READERS,
    Role,
    Who,
    call_operator_who_entered,
    liaison_of_holder,
)

WITHOUT_POST = ("anyone", "reporter", "system")
KINDS = (*WITHOUT_POST, *(role.value for role in Role))


def permissions_page() -> str:
    acting = {role_of(allowed) for arrow in LIFE for allowed in arrow.who}
    columns = [kind for kind in KINDS if kind in acting]
    idle = [kind for kind in KINDS if kind not in acting]
    return page(
        "Who may do what",
        "The sentences are the predicates of `tuntas/rules/who.py`; each name begins with the role that decides.",
        "## The matrix",
        LEGEND,
        table(("", *(f"`{column}`" for column in COLUMNS)), list(matrix_rows())),
        "Where this differs from the matrix it was built after, and why:",
        "\n".join(f"- {line}" for line in DIFFERENCES),
        "## Acts by role",
        table(("act", *(f"`{kind}`" for kind in columns)), [_row(arrow.act, arrow.who, columns) for arrow in LIFE]),
        f"No act at all: {codes(idle)}.",
        "## Sentences",
        table(("predicate", "who that is"), [(f"`{name}`", said) for name, said in sorted(_sentences().items())]),
        "## Who reads a report",
        "More of a report than everybody sees:",
        _list(READERS),
        "The reporter's name and contact at once, unless the report is anonymous; then nobody:",
        _list(NAME_READERS),
        "Every look at a name, at a secret and at a restricted report is kept where the reporter sees it.",
        "The words as they were written; of an anonymous reporter neither agencies nor who typed them in read them so:",
        _list((*SECRET_READERS, liaison_of_holder, call_operator_who_entered)),
    )


def role_of(allowed: Who) -> str:
    """Return the role, or the kind of person without a post, that a predicate's name begins with."""
    name = name_of(allowed)
    return max((kind for kind in KINDS if name == kind or name.startswith(f"{kind}_")), key=len)


def name_of(allowed: Who) -> str:
    return str(getattr(allowed, "__name__", allowed))


def _row(act: str, who: Iterable[Who], columns: list[str]) -> tuple[str, ...]:
    by_role: dict[str, list[str]] = {}
    for allowed in who:
        by_role.setdefault(role_of(allowed), []).append(name_of(allowed))
    return f"`{act}`", *(codes(by_role[column]) if column in by_role else "" for column in columns)


def _sentences() -> dict[str, str]:
    everybody = (*READERS, *NAME_READERS, *(allowed for arrow in LIFE for allowed in arrow.who))
    return {name_of(allowed): (allowed.__doc__ or "").strip() for allowed in everybody}


def _list(who: Iterable[Who]) -> str:
    return "\n".join(f"- `{name_of(allowed)}`: {(allowed.__doc__ or '').strip()}" for allowed in who)

"""The reference pages of docs/reference, each a function of the code alone."""

from collections.abc import Callable

from tuntas.api.v1 import api
from tuntas.channels.mail_lines import LETTERS_A_LINE, SECONDS_KEPT
from tuntas.kit.env import VARIABLES
from tuntas.ops.markdown import page, table
from tuntas.ops.reference_clock import clock_page
from tuntas.ops.reference_life import life_page
from tuntas.ops.reference_permissions import permissions_page
from tuntas.steps.deliver import MINUTES_BETWEEN_TRIES

CLOCK = """\
`<data>/clock` moves the clock that doors and jobs read, at once: one shift `[+-]NdNhNmNs`, parts optional, such as
`+47h59m` or `-2d`. Only on the embedded database; with `TUNTAS_DATABASE_URL` set, start refuses while the file
is there. Limits against too many tries go by the machine's own clock; PostgreSQL's is read by the
job queue alone."""
EMBEDDED = """\
Without `TUNTAS_DATABASE_URL` a private PostgreSQL cluster runs in `TUNTAS_DATA`, or below `/var/lib/tuntas-embedded`
where the server's own user cannot enter that folder. It is for demo, development and tests; `tuntas doctor` says so."""


def settings_page() -> str:
    rows = [(f"`{v.name}`", v.means, v.default) for v in VARIABLES]
    return page(
        "Settings",
        "Everything comes from the environment. Each variable may also be given as a file: `NAME_FILE` names it. Start "
        "refuses on nonsense and names the variable.",
        table(("variable", "means", "without it"), rows),
        "## The embedded database",
        EMBEDDED,
        "## The clock",
        CLOCK,
        "## How often a letter is tried",
        _retries(),
    )


def _retries() -> str:
    waits = ", ".join(_span(minutes) for minutes in MINUTES_BETWEEN_TRIES)
    return (
        f"A notice is sent at once. Where the mail server fails, it is tried again after {waits}: "
        f"{len(MINUTES_BETWEEN_TRIES) + 1} tries in all. After the last one, or when the server refuses the address "
        "for good, the notice is *dead*: it is kept with the reason, `tuntas doctor` counts it, and nothing tries it "
        "again. The act it told of stands in any case. The letter's `Message-ID` is the same at each try. One "
        f"connection carries up to {LETTERS_A_LINE} letters, each within {SECONDS_KEPT:.0f} s of the one before."
    )


def _span(minutes: int) -> str:
    return f"{minutes // 60} h" if minutes >= 60 else f"{minutes} min"


def api_page() -> str:
    rows = [
        (f"`{method.upper()}`", f"`{path}`", operation.get("summary", ""))
        for path, methods in sorted(api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items())
        for method, operation in sorted(methods.items())
    ]
    whole = "Bodies, answers and errors: `/api/v1/openapi.json` (OpenAPI 3.1) of any running installation."
    return page("API v1", whole, table(("method", "path", "does"), rows))


PAGES: dict[str, Callable[[], str]] = {
    "life.md": life_page,
    "clock.md": clock_page,
    "permissions.md": permissions_page,
    "settings.md": settings_page,
    "api.md": api_page,
}

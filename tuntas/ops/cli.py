"""The console script ``tuntas``: choose a command, make ready what it needs, say what went wrong in one sentence."""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError
from psycopg_pool import PoolTimeout

from tuntas.kit.cluster import NoPostgres
from tuntas.kit.database import PATIENCE
from tuntas.kit.env import BadEnvironment, env
from tuntas.kit.errors import No
from tuntas.kit.lent import lent
from tuntas.ops.leash import follow_parent
from tuntas.ops.trouble import Trouble

EMBEDDED = "TUNTAS_EMBEDDED_URL"
POOL = "TUNTAS_POOL"


class Needs(Enum):
    """What has to stand before a command's own module is read."""

    NOTHING = 0  # it makes everything ready itself
    MODELS = 1
    DATABASE = 2


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, what it needs, and how many database connections a process of it may hold."""

    does: str
    needs: Needs = Needs.DATABASE
    pool: int = 0
    patience: int = 0  # seconds after which a statement is given up; 0: never


COMMANDS = {
    "demo": Command("a running city with invented people and reports, web and worker included", Needs.NOTHING),
    "serve": Command("the web server", pool=12, patience=20),
    "work": Command("the worker: background jobs and their hours", pool=12),
    "migrate": Command("bring the database's tables up to date"),
    "new-profile": Command("make a government's folder from a spreadsheet", Needs.MODELS),
    "invite": Command("print a link by which somebody of the profile chooses a password"),
    "load-profile": Command("load the folder that describes the government"),
    "import-areas": Command("bring in the official areas of a country, or of a part of it, with their outlines"),
    "import-roads": Command("bring in which roads an agency keeps, so that reports on them find it"),
    "import-reports": Command("bring in the reports of another system, from a CSV or XLSX table"),
    "export-reports": Command("give reports out as a CSV or XLSX table"),
    "export-city": Command("write profile and reports of the whole city into a folder"),
    "make-reports": Command("fill the database with invented reports, for load tests"),
    "verify-log": Command("say whether anything in the log was changed, and where"),
    "backup": Command("write everything into one encrypted file, while the city goes on"),
    "restore": Command("bring back what a backup holds, all of it or nothing"),
    "doctor": Command("say whether everything is in order"),
    "sign-readers": Command("sign the list of who reads sealed reports, on a computer without a network", Needs.MODELS),
    "make-recovery": Command("make the recovery key of the sealed room, for three holders", Needs.NOTHING),
    "open-recovery": Command("open the recovery key with the keys of two holders", Needs.NOTHING),
    "docs": Command("print the reference pages from the code", Needs.MODELS),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when it did its work, 1 when it could not. Raises SystemExit(2) on wrong usage."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given:
        _usage().print_help(sys.stderr)
        return 2
    if given[0] not in COMMANDS:
        _usage().parse_args(given)  # ends with 2, or after --help with 0
    try:
        return _run(given[0], given[1:])
    except KeyboardInterrupt:
        return 1
    except Exception as error:
        if not (sentence := sentence_of(error)):
            raise
        print(sentence, file=sys.stderr)
        return 1


def _usage() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {command.does}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="tuntas",
        description="Takes in people's reports to their government and follows each to the end.",
        epilog=f"commands:\n{lines}\n\nEach has its own --help. Settings come from the environment.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=tuple(COMMANDS), metavar="COMMAND", help="one of those below")
    return parser


def _run(name: str, rest: list[str]) -> int:
    command, wants_help = COMMANDS[name], not {"-h", "--help"}.isdisjoint(rest)
    follow_parent()
    if wants_help and "TUNTAS_SECRET_KEY_FILE" not in os.environ:
        os.environ.setdefault("TUNTAS_SECRET_KEY", "x" * 32)  # else one would be made and kept, for nothing
    with _ready(command, with_database=not wants_help and "--check" not in rest):
        module = importlib.import_module(f"tuntas.ops.{name.replace('-', '_')}")
        parser = argparse.ArgumentParser(
            prog=f"tuntas {name}", description=f"{command.does[0].upper()}{command.does[1:]}."
        )
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(rest)))


@contextmanager
def _ready(command: Command, *, with_database: bool) -> Iterator[None]:
    """Set up Django, over the embedded cluster where no database is named; stop it again if it was started here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuntas.settings")
    if command.needs is Needs.NOTHING:
        yield
        return
    if command.pool:
        os.environ.setdefault(POOL, str(command.pool))
        os.environ.setdefault(PATIENCE, str(command.patience))
    if command.needs is Needs.MODELS or not with_database or not env().is_embedded or EMBEDDED in os.environ:
        django.setup()
        yield
        return
    with lent(env().data) as url:
        os.environ[EMBEDDED] = url
        django.setup()
        yield


def sentence_of(error: Exception) -> str:
    """Return what to tell the person at the terminal, or "" for a mistake of ours, which shows its traceback."""
    match error:
        case Trouble() | BadEnvironment() | NoPostgres() | No():
            return str(error)
        case LookupError(args=("no profile was loaded",)):
            return "No profile was loaded: run “tuntas load-profile”."
        case ProgrammingError() if "does not exist" in str(error):
            return "The database has not all its tables: run “tuntas migrate”."
        case OperationalError() | InterfaceError() | psycopg.OperationalError() | PoolTimeout():
            return f"The database cannot be reached: {_first_line(error)}"
        case ValueError() | ImproperlyConfigured() if str(error).startswith("TUNTAS_"):
            return str(error)
    return ""


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__).strip()


if __name__ == "__main__":
    sys.exit(main())

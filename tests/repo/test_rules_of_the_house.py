"""Rules worth keeping, held by reading the repository itself."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tuntas import steps
from tuntas.agencies.profile import Profile
from tuntas.api.schemas import BODIES
from tuntas.rules import words
from tuntas.rules.life import Act, Promise, State
from tuntas.rules.reasons import ArchiveReason, Classification, LateCause, Outcome, TransferReason
from tuntas.rules.who import Role

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "tuntas"
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "service", "services", "core"}
VAGUE |= {"misc", "handlers", "shared", "lib", "tools"}
LONGEST = 350
ACTS = list(Act)
CODE = sorted(path for path in PRODUCT.rglob("*.py") if "migrations" not in path.parts)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def ours() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return tuple(ROOT / name for name in told.stdout.decode().split("\0") if name and (ROOT / name).is_file())


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


# Every act has its places


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_a_step_of_its_name_in_a_file_of_its_name(act: Act) -> None:
    assert (PRODUCT / "steps" / f"{act}.py").is_file()
    assert act.value in steps.__all__
    assert callable(getattr(steps, act.value))


@pytest.mark.parametrize("act", [act for act in ACTS if act is not Act.SUBMIT])
def test_every_act_has_a_body_at_the_api(act: Act) -> None:
    assert act in BODIES


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_a_word_in_both_languages(act: Act) -> None:
    said = words.ACTS[act]
    assert said.id.strip()
    assert said.en.strip()
    assert said.id != said.en


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_a_test_file_of_its_name(act: Act) -> None:
    assert (ROOT / "tests" / "steps" / f"test_{act}.py").is_file()


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_word_in_both_languages(state: State) -> None:
    said = words.STATES[state]
    assert said.id.strip()
    assert said.en.strip()


def test_every_exported_step_has_a_file_of_its_own() -> None:
    files = {path.stem for path in (PRODUCT / "steps").glob("*.py")}
    elsewhere = {"miss_next": "miss", "is_attachable": "walk", "upload_with_place": "upload"}
    elsewhere |= {"receipt_of": "send_draft", "send_at_once": "send_draft"}
    elsewhere |= {"PhotoToShow": "publish", "upload_evidence": "upload", "upload_file": "upload"}
    elsewhere |= {"climb_next": "climb", "advise_next": "advise", "index_next": "index"}
    elsewhere |= {"Entered": "sign_in", "secret_asked": "add_app", "Part": "split"}
    assert {elsewhere.get(name, name) for name in steps.__all__} <= files


# Files


def test_no_file_is_called_by_a_word_that_says_nothing() -> None:
    vague = [named(p) for p in ours() if p.suffix in (".py", ".sh") and p.stem.lower().strip("_") in VAGUE]
    vague += [named(p) for p in ours() if VAGUE & {part.lower() for part in p.relative_to(ROOT).parts[:-1]}]
    assert vague == []


def test_no_file_of_the_product_is_longer_than_a_person_reads() -> None:
    long = {named(path): n for path in CODE if (n := len(path.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_there_is_code_to_judge() -> None:
    assert len(CODE) > 60
    assert len(ours()) > 100


# The clock


CLOCKS = re.compile(r"\bnow\(\)|CURRENT_(TIMESTAMP|DATE|TIME)|clock_timestamp|statement_timestamp|LOCALTIME", re.I)


def test_no_sql_of_the_product_reads_the_databases_clock() -> None:
    found = []
    for path in CODE:
        if path == PRODUCT / "kit" / "queue.py":  # how long jobs wait is machine time
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_sql(node.value):
                found += [f"{named(path)}:{node.lineno}" for _ in CLOCKS.finditer(node.value)]
    assert found == []


def _is_sql(text: str) -> bool:
    return bool(re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b", text))


def test_the_clock_test_would_see_one() -> None:
    assert CLOCKS.search("SELECT now()")
    assert _is_sql("SELECT now()")


def test_only_one_file_reads_the_machines_clock() -> None:
    calls = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(\)|timezone\.now\(")
    found = [named(path) for path in CODE if calls.search(path.read_text())]
    assert found == ["tuntas/kit/time.py"]


# Governments are data


def test_no_name_of_one_city_stands_in_the_code(profile: Profile) -> None:
    own = {str(member) for kind in (Role, State, Act, Promise) for member in kind}
    own |= {str(m) for kind in (ArchiveReason, TransferReason, LateCause, Outcome, Classification) for m in kind}
    own |= {"other", "unit", "village", "city", "health", "platform", "proposal", "office", "body"}  # plain words
    names = _names_of(PROFILE_FILES) - own
    assert {"kota-cempaka", "dinas-pupr", "road_bridge", "secretariat"} <= names
    found = []
    for path in CODE:
        if path.name.startswith("demo_"):
            continue  # what the demo tells of that very city; only `tuntas demo` uses it
        tree = tree_of(path)
        examples = {id(argument) for call in _calls_of(tree, "_form") for argument in call.args[3:]}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in names and id(node) not in examples:
                found.append(f"{named(path)}:{node.lineno} {node.value}")
        found += [f"{named(path)}: {hit[0]}" for hit in re.finditer("(?i)kota[ -]cempaka", path.read_text())]
    assert "\n".join(found) == ""


def _calls_of(tree: ast.Module, name: str) -> list[ast.Call]:
    """Return the calls of a function: ``_form`` of the profile's reader shows an example of each form."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name]


PROFILE_FILES = ROOT / "profiles" / "kota-contoh"


def _names_of(folder: Path) -> set[str]:
    def load(name: str) -> dict[str, list[dict[str, str]]]:
        return tomllib.loads((folder / f"{name}.toml").read_text())

    slugs = {row["slug"] for row in load("agencies")["agency"]}
    codes = {row["code"] for row in load("categories")["category"]}
    tiers = {row["code"] for row in load("government")["tier"]}
    areas = {row["code"] for row in load("areas")["area"]}
    return slugs | codes | tiers | areas


TIERS = ("city", "village", "office", "unit", "district", "company", "secretariat", "body")
OF_A_NATION = ("nation", "ministry", "supervisor", "regional_branch", "local_branch", "province", "regency")


@pytest.mark.parametrize("word", [*TIERS, *OF_A_NATION])
def test_no_tier_decides_anything(word: str) -> None:
    decides = re.compile(rf"\btier\b[^\n]*[\"']{word}[\"']")
    assert [named(path) for path in CODE if decides.search(path.read_text())] == []


# Dependencies


def _dependency_lines() -> list[str]:
    lines, inside = [], False
    for line in (ROOT / "pyproject.toml").read_text().splitlines():
        if line.startswith(("dependencies = [", "dev = [")):
            inside = True
        elif line.startswith("]"):
            inside = False
        elif inside and line.strip():
            lines.append(line.strip())
    return lines


def test_every_dependency_says_why_it_is_there() -> None:
    lines = _dependency_lines()
    assert len(lines) > 20
    assert [line for line in lines if not re.fullmatch(r'".+",\s+# .{8,}', line)] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_carry_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    wanted = re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)
    assert len(wanted) > 20
    pinned = re.split(r"^(?=[A-Za-z0-9_.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [block.split("==")[0] for block in pinned if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://|--index-url|--find-links|--extra-index|@ file", text) == []


def test_every_dependency_is_locked() -> None:
    locked = set(re.findall(r"^([a-z0-9_.-]+)==", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE))
    asked = {re.split(r"[\[>=<~!\"]", line.lstrip('"'))[0].lower() for line in _dependency_lines()}
    assert {name for name in asked if name not in locked and name != "setuptools"} == set()


# Nothing of one machine


OF_A_MACHINE = re.compile(r"(?<![\w.])/(work/(main|shared|sketch)|root/|home/[a-z]+/|Users/)[\w.]*")


def test_no_text_holds_a_path_of_the_machine_it_was_written_on() -> None:
    found = []
    for path in ours():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if path != Path(__file__):
            found += [f"{named(path)}: {hit[0]}" for hit in OF_A_MACHINE.finditer(text)]
    assert found == []


def test_the_machine_test_would_see_one() -> None:
    assert OF_A_MACHINE.search("see " + "/work" + "/main/tuntas")
    assert OF_A_MACHINE.search("#!/root" + "/.pyenv/bin/python")
    assert not OF_A_MACHINE.search("https://example.org/work/x")


# What is public says what it is


def _public(path: Path) -> list[str]:
    """Return the public functions and classes of a file that have no docstring."""
    silent = []
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            silent += [] if ast.get_docstring(node) or _is_plain_record(node) else [f"{named(path)}: {node.name}"]
    return silent


def _is_plain_record(node: ast.AST) -> bool:
    """A Django manager or its like, which its class name says all about."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(b, ast.Subscript) or "QuerySet" in ast.dump(b) for b in node.bases
    )


@pytest.mark.parametrize("room", ["kit", "rules", "steps", "channels"])
def test_everything_public_in_a_room_says_what_it_is(room: str) -> None:
    files = [path for path in CODE if path.parent == PRODUCT / room]
    assert files
    assert [line for path in files for line in _public(path)] == []


@pytest.mark.parametrize("path", [p for p in CODE if p.stat().st_size > 400 and p.name != "apps.py"], ids=named)
def test_every_file_begins_with_a_sentence_or_is_its_one_function(path: Path) -> None:
    tree = tree_of(path)
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    is_its_function = any(n.name == path.stem and ast.get_docstring(n) for n in public)
    assert ast.get_docstring(tree) or is_its_function

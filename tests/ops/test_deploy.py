"""Every command, file and setting that deploy/ names exists, and nothing there is wider than it need be."""

import argparse
import importlib
import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tuntas.kit.env import VARIABLES
from tuntas.ops.cli import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
HOME = "/opt/tuntas"
KNOWN = {variable.name for variable in VARIABLES}
HARD = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "User": "tuntas",
    "UMask": "0077",
}


def read_unit(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


def expect_command(words: list[str]) -> None:
    """Read the words as the command itself would, without running it."""
    name, *rest = words
    assert name in COMMANDS
    parser = argparse.ArgumentParser()
    importlib.import_module(f"tuntas.ops.{name.replace('-', '_')}").add_arguments(parser)
    parser.parse_args(rest)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_starts_what_there_is_and_may_do_little(path: Path) -> None:
    unit = read_unit(path)
    program, *words = shlex.split(unit["ExecStart"][0])
    assert program == f"{HOME}/.venv/bin/tuntas"
    expect_command(words)
    assert {name: unit[name][-1] for name in HARD} == HARD
    assert unit["EnvironmentFile"] == ["/etc/tuntas/tuntas.env"]
    (page,) = unit["Documentation"]
    assert (ROOT / page.removeprefix(f"file:{HOME}/")).is_file()


def test_web_worker_and_backup_are_there_and_the_timer_starts_one_of_them() -> None:
    assert [path.stem for path in SERVICES] == ["tuntas-backup", "tuntas-web", "tuntas-worker"]
    assert (DEPLOY / "tuntas-backup.timer").is_file()
    assert read_unit(DEPLOY / "tuntas-backup.timer")["OnCalendar"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("path", [*SERVICES, DEPLOY / "tuntas-backup.timer"], ids=lambda path: path.name)
def test_systemd_takes_the_units(path: Path, tmp_path: Path) -> None:
    program = tmp_path / "tuntas"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for each in DEPLOY.glob("*.*"):
        (tmp_path / each.name).write_text(each.read_text().replace(f"{HOME}/.venv/bin/tuntas", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / path.name)], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if path.name in line]
    assert (done.returncode, said) == (0, [])


def test_the_settings_named_are_settings() -> None:
    named = set(re.findall(r"^(TUNTAS_\w+)=", (DEPLOY / "tuntas.env").read_text(), re.M))
    assert named <= KNOWN
    assert {"TUNTAS_DATABASE_URL", "TUNTAS_SECRET_KEY", "TUNTAS_BASE_URL"} <= named


def test_the_container_is_made_of_what_there_is() -> None:
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    for words in re.findall(r"^COPY (?!--from)(.+)$", text, re.M):
        for source in words.split()[:-1]:
            assert (ROOT / source).exists(), source
    last = text[text.rindex("\nFROM ") :]
    assert "USER tuntas" in last
    assert "HEALTHCHECK" in last
    assert not re.search(r"gcc|build-essential|npm", last), "nothing that builds is there when it runs"
    (words,) = re.findall(r"^CMD \[(.+)\]$", last, re.M)
    expect_command([word.strip().strip('"') for word in words.split(",")])
    assert set(re.findall(r"\b(TUNTAS_\w+)=", last)) <= KNOWN


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_shows_the_numbers_to_nobody_and_keeps_no_address(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert re.search(r"/metrics.* 404", text)
    assert "127.0.0.1:8000" in text
    assert "access_log off" in text or name == "Caddyfile", "Caddy writes none unless it is told to"


def test_the_pages_name_commands_and_files_that_are_there() -> None:
    for page in ("server", "backup", "run"):
        text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text()
        for name in re.findall(r"(?:^ {4,}|`|&& )tuntas ([a-z][a-z-]+)", text, re.M):
            assert name in COMMANDS, f"{page}: {name}"
        for name in re.findall(r"deploy/([\w.-]+\w)", text):
            assert (DEPLOY / name).exists(), f"{page}: {name}"
        assert set(re.findall(r"\b(TUNTAS_[A-Z_]+[A-Z])\b", text)) - {"TUNTAS_DATABASE_URL_FILE"} <= KNOWN | {
            f"{name}_FILE" for name in KNOWN
        }

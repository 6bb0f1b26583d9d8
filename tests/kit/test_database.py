"""Which database the product works on."""

from pathlib import Path

import psycopg
import pytest

from tuntas.kit.cluster import Cluster, NoPostgres
from tuntas.kit.database import database_url, django_database

ENGINE = "django.db.backends.postgresql"


def test_the_configured_database_wins_and_nothing_is_started(tmp_path: Path) -> None:
    assert database_url(" postgresql://db/tuntas\n", tmp_path) == "postgresql://db/tuntas"
    assert list(tmp_path.iterdir()) == []


def test_with_nothing_configured_a_cluster_is_started_in_the_data_folder(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    try:
        url = database_url("", tmp_path)
        assert url == database_url(" ", tmp_path) == cluster.url()
        with psycopg.connect(url) as connection:
            assert connection.info.dbname == "tuntas"
    except NoPostgres as none:
        pytest.skip(str(none))
    finally:
        cluster.remove()


def test_every_part_of_a_url_reaches_django() -> None:
    url = "postgresql://ani%40kota:p%2Fa%3As+s%25@db.kota.example:5433/tuntas?sslmode=require&application_name=a+b"
    assert django_database(url) == {
        "ENGINE": ENGINE,
        "NAME": "tuntas",
        "USER": "ani@kota",
        "PASSWORD": "p/a:s+s%",
        "HOST": "db.kota.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "application_name": "a+b"},
    }


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql:///tuntas", "", ""),
        ("postgres://db/tuntas", "db", ""),
        ("postgresql:///tuntas?host=/Srv/my%20run&port=5432&user=tuntas", "/Srv/my run", "5432"),
        ("postgresql://%2FSrv%2Frun/tuntas", "/Srv/run", ""),
        ("postgresql://[fd00::1]:5433/tuntas", "fd00::1", "5433"),
        ("postgresql://[fd00::1]/tuntas", "fd00::1", ""),
        ("postgresql://a,b:5433/tuntas?target_session_attrs=read-write", "a,b", ",5433"),
    ],
)
def test_the_host_may_be_a_name_an_address_a_folder_or_several(url: str, host: str, port: str) -> None:
    found = django_database(url)
    assert (found["NAME"], found["HOST"], found["PORT"]) == ("tuntas", host, port)
    assert not {"host", "port", "user", "dbname"} & found["OPTIONS"].keys()


def test_the_name_of_the_database_may_stand_among_the_options() -> None:
    assert django_database("postgresql://db/?dbname=kota")["NAME"] == "kota"


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("", "begin with postgresql://"),
        ("tuntas", "begin with postgresql://"),
        ("mysql://ani:Rahasia1@db/tuntas", "begin with postgresql://"),
        ("postgresql:/db/tuntas", "begin with postgresql://"),
        ("postgresql://ani:Rahasia1@db", "names no database"),
        ("postgresql://ani:Rahasia1@db/", "names no database"),
        ("postgresql://ani:Rahasia1@db:x5/tuntas", "port"),
        ("postgresql://ani:Rahasia1@db:0/tuntas", "port"),
        ("postgresql://ani:Rahasia1@db:65536/tuntas", "port"),
        ("postgresql://ani:Rahasia1/x@db/tuntas", "%2F"),
        ("postgresql://ani:1/Rahasia1@db/tuntas", "%2F"),
        ("postgresql://ani:Rahasia1@x@db/tuntas", "%40"),
        ("postgresql://ani:Rahasia1#x@db/tuntas", "%23"),
        ("postgresql://ani:Rahasia1 x@db/tuntas", "%20"),
        ("postgresql://ani:1?Rahasia1@db/tuntas", "cannot be read"),
        ("postgresql://ani:[Rahasia1@db/tuntas", "cannot be read"),
        ("postgresql://ani:Rahasia1\u2100@db/tuntas", "cannot be read"),
        ("postgresql://db/tuntas?sslmode", "cannot be read"),
        ("postgresql://db/tuntas?sslmod=require", "does not know"),
        ("postgresql://db/tuntas?password=Rahasia1&password=Rahasia1", "twice"),
    ],
)
def test_nonsense_is_refused_with_a_sentence_that_keeps_the_password(url: str, because: str) -> None:
    with pytest.raises(ValueError, match=r"^TUNTAS_DATABASE_URL .*\.$") as refused:
        django_database(url)
    assert because in str(refused.value)
    assert "Rahasia1" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None

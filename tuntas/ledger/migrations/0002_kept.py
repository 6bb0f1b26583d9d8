"""Salt and commitment are given by the database, and rows of the past stay as they are.

A trigger is no defence against somebody who owns the tables: it can be switched off. It keeps our own mistakes out, and
makes a forger leave a trace; ``tuntas verify-log`` finds what was changed all the same. TRUNCATE is not refused, because
tests empty tables with it; rows that are missing are found as well.
"""

from typing import ClassVar

from django.db import migrations, models

FILL_EVENTS = """
UPDATE reports_event e
SET salt = s.salt, commitment = sha256(s.salt || convert_to(e.text || E'\\n' || e.data::text, 'UTF8'))
FROM (SELECT id, uuid_send(gen_random_uuid()) AS salt FROM reports_event WHERE commitment IS NULL OFFSET 0) s
WHERE s.id = e.id
"""
FILL_LOOKS = """
UPDATE people_look l SET salt = s.salt, commitment = sha256(s.salt || convert_to(l.why, 'UTF8'))
FROM (SELECT id, uuid_send(gen_random_uuid()) AS salt FROM people_look WHERE commitment IS NULL OFFSET 0) s
WHERE s.id = l.id
"""
FUNCTIONS = """
CREATE FUNCTION ledger_commit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := uuid_send(gen_random_uuid());
    NEW.commitment := sha256(NEW.salt || convert_to(NEW.text || E'\\n' || NEW.data::text, 'UTF8'));
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_commit_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := uuid_send(gen_random_uuid());
    NEW.commitment := sha256(NEW.salt || convert_to(NEW.why, 'UTF8'));
    RETURN NEW;
END $$;

-- One change is allowed: that words are taken away, and with them the salt that tied them to the commitment.
CREATE FUNCTION ledger_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{text,data,salt,is_sealed}';
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.text = '' AND NEW.salt IS NULL AND NEW.is_sealed >= OLD.is_sealed
        AND to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change
        AND NOT EXISTS (
            SELECT FROM jsonb_each(NEW.data) kept WHERE (OLD.data -> kept.key) IS DISTINCT FROM kept.value
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are added, never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added, never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION ledger_commit_event(), ledger_commit_look(), ledger_keep_event(), ledger_keep();
"""
COMMITTED = (("reports_event", "ledger_commit_event"), ("people_look", "ledger_commit_look"))
KEPT = (
    ("reports_event", "ledger_keep_event"),
    *((table, "ledger_keep") for table in ("people_look", "ledger_leaf", "ledger_node", "ledger_checkpoint")),
)


def _trigger(name: str, when: str, table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ledger", "0001_log"),
        ("people", "0004_trust"),
        ("reports", "0010_trust"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["level", "index"], name="node_once")],
            },
        ),
        migrations.AddIndex(
            model_name="leaf",
            index=models.Index(fields=["hash"], name="leaf_by_hash"),
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="signer",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL_EVENTS, migrations.RunSQL.noop),
        migrations.RunSQL(FILL_LOOKS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *(_trigger("ledger_commits", "INSERT", table, function) for table, function in COMMITTED),
        *(_trigger("ledger_keeps", "UPDATE OR DELETE", table, function) for table, function in KEPT),
    ]

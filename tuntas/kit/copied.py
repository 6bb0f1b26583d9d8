"""Write many rows at once, by COPY: several times quicker than INSERT, and triggers and constraints see each row."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import AutoField, GeneratedField, Model
from django.db.models.expressions import DatabaseDefault


def copy_in(records: Sequence[Model]) -> None:
    """Write unsaved records of one kind. Ids that are set are written, others are given by the database."""
    if not records:
        return
    meta, has_id = records[0]._meta, records[0].pk is not None
    fields = [
        field
        for field in meta.local_concrete_fields
        if not isinstance(field, GeneratedField)
        and (has_id or not isinstance(field, AutoField))
        and not isinstance(getattr(records[0], field.attname), DatabaseDefault)
    ]
    quoted = [connection.ops.quote_name(name) for name in (meta.db_table, *(str(field.column) for field in fields))]
    statement = f"COPY {quoted[0]} ({', '.join(quoted[1:])}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as rows:
        for record in records:
            rows.write_row(
                [field.get_db_prep_save(getattr(record, field.attname), connection=connection) for field in fields]
            )

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_limits"),
        ("reports", "0017_promised"),
    ]

    operations = [
        migrations.AddField(
            model_name="file",
            name="hints",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.CreateModel(
            name="Print",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bits", models.BigIntegerField(null=True)),
                ("detail", models.BinaryField(null=True)),
                ("chunks", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="print",
                        to="reports.event",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="print",
                        to="reports.file",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["chunks"], name="print_by_chunk"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agency", None),
                                ("bits__isnull", False),
                                ("detail__isnull", False),
                                ("event", None),
                                ("file__isnull", False),
                            ),
                            models.Q(
                                ("agency__isnull", False),
                                ("bits", None),
                                ("detail", None),
                                ("event__isnull", False),
                                ("file", None),
                            ),
                            _connector="OR",
                        ),
                        name="print_of_a_photo_or_an_answer",
                    )
                ],
            },
        ),
    ]

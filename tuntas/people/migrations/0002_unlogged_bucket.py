from django.db import migrations


class Migration(migrations.Migration):
    """Counts of tries may be lost in a crash; they need no write-ahead log."""

    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE people_bucket SET UNLOGGED", "ALTER TABLE people_bucket SET LOGGED"),
    ]

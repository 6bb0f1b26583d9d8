from django.db import migrations


class Migration(migrations.Migration):
    """Report numbers rise; restricted reports count apart, so that gaps in the numbers tell nothing about them."""

    dependencies = [("reports", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE report_number START 1001", "DROP SEQUENCE report_number"),
        migrations.RunSQL("CREATE SEQUENCE report_ref", "DROP SEQUENCE report_ref"),
    ]

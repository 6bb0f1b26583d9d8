from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """Read the large tables once for what 0003 added; people go on working meanwhile."""

    atomic = False
    dependencies = [('reports', '0003_followers')]

    operations = [
        ValidateConstraint(model_name='event', name='event_act_known'),
        migrations.RunSQL(
            'ALTER TABLE reports_report VALIDATE CONSTRAINT reports_report_follower_count_check',
            migrations.RunSQL.noop,
        ),
        AddIndexConcurrently(
            model_name='notice',
            index=models.Index(condition=models.Q(('follower__isnull', False)), fields=['follower'], name='notice_of_follower'),
        ),
    ]

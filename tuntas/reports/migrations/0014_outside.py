import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0013_arbitration'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body_name', models.CharField(max_length=120)),
                ('contact', models.CharField(max_length=200)),
                ('external_number', models.CharField(blank=True, max_length=60)),
                ('next_news_on', models.DateField()),
                ('missed_count', models.PositiveSmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.event')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='reports.report')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('report',), name='referral_one_running'),
                    models.CheckConstraint(condition=models.Q(('body_name', ''), _negated=True), name='referral_names_a_body'),
                ],
            },
        ),
    ]

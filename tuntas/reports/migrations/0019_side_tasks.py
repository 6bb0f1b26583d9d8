import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_ppid'),
        ('people', '0001_initial'),
        ('reports', '0018_prints'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='deadline',
            name='deadline_promise_known',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_act_known',
        ),
        migrations.AddField(
            model_name='report',
            name='asked_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='report',
            name='helper_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='report',
            name='awaits_audience',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='promise',
            field=models.CharField(choices=[('answer', 'answer'), ('verify', 'verify'), ('respond', 'respond'), ('resolve', 'resolve'), ('information', 'information'), ('transfer', 'transfer'), ('arbitrate', 'arbitrate'), ('validate', 'validate'), ('scheduled', 'scheduled'), ('outside_news', 'outside_news'), ('audience', 'audience'), ('needs_info_window', 'needs_info_window'), ('reporter_window', 'reporter_window'), ('appeal_window', 'appeal_window'), ('reopen_window', 'reopen_window')], max_length=30),
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('submit', 'submit'), ('ask', 'ask'), ('complete', 'complete'), ('inform', 'inform'), ('dispatch', 'dispatch'), ('archive', 'archive'), ('appeal', 'appeal'), ('withdraw', 'withdraw'), ('start', 'start'), ('note', 'note'), ('schedule', 'schedule'), ('resume', 'resume'), ('propose_answer', 'propose_answer'), ('approve', 'approve'), ('return_answer', 'return_answer'), ('supplement', 'supplement'), ('reply', 'reply'), ('rate', 'rate'), ('close', 'close'), ('reopen', 'reopen'), ('set_privacy', 'set_privacy'), ('follow', 'follow'), ('escalate', 'escalate'), ('transfer', 'transfer'), ('accept_transfer', 'accept_transfer'), ('decline_transfer', 'decline_transfer'), ('arbitrate', 'arbitrate'), ('forward_external', 'forward_external'), ('outside_news', 'outside_news'), ('ask_part', 'ask_part'), ('do_part', 'do_part'), ('decline_part', 'decline_part'), ('withdraw_part', 'withdraw_part'), ('hand_to_ppid', 'hand_to_ppid'), ('extend_information', 'extend_information'), ('receive_letter', 'receive_letter'), ('answer_audience', 'answer_audience'), ('merge', 'merge'), ('unmerge', 'unmerge'), ('split', 'split'), ('sign', 'sign'), ('publish', 'publish'), ('recall', 'recall'), ('seal', 'seal'), ('clear', 'clear'), ('release', 'release'), ('ask_identity', 'ask_identity'), ('decide_identity', 'decide_identity')], max_length=30),
        ),
        migrations.CreateModel(
            name='SideTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('due_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('done', 'Done'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('words', models.TextField(blank=True)),
                ('missed_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='side_tasks', to='reports.report')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'asked')), fields=['agency', 'due_at'], name='side_task_of_agency'),
                    models.Index(condition=models.Q(('missed_at', None), ('state', 'asked')), fields=['due_at'], name='side_task_to_miss'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'done', 'declined', 'withdrawn'])), name='side_task_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='side_task_asked_or_ended'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='side_task_asks_for_something'),
                ],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('awaits_audience', True)), fields=['due_at', 'id'], name='report_audience_by_due'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('promise__in', ['answer', 'verify', 'respond', 'resolve', 'information', 'transfer', 'arbitrate', 'validate', 'scheduled', 'outside_news', 'audience', 'needs_info_window', 'reporter_window', 'appeal_window', 'reopen_window'])), name='deadline_promise_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['submit', 'ask', 'complete', 'inform', 'dispatch', 'archive', 'appeal', 'withdraw', 'start', 'note', 'schedule', 'resume', 'propose_answer', 'approve', 'return_answer', 'supplement', 'reply', 'rate', 'close', 'reopen', 'set_privacy', 'follow', 'escalate', 'transfer', 'accept_transfer', 'decline_transfer', 'arbitrate', 'forward_external', 'outside_news', 'ask_part', 'do_part', 'decline_part', 'withdraw_part', 'hand_to_ppid', 'extend_information', 'receive_letter', 'answer_audience', 'merge', 'unmerge', 'split', 'sign', 'publish', 'recall', 'seal', 'clear', 'release', 'ask_identity', 'decide_identity'])), name='event_act_known'),
        ),
    ]

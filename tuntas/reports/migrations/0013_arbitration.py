from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_promises'),
        ('reports', '0012_held'),
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
        migrations.RemoveIndex(
            model_name='report',
            name='report_returned_by_due',
        ),
        migrations.AddField(
            model_name='report',
            name='awaits_arbiter',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='report',
            name='is_arbitrated',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='report',
            name='refusal_count',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='promise',
            field=models.CharField(choices=[('answer', 'answer'), ('verify', 'verify'), ('respond', 'respond'), ('resolve', 'resolve'), ('transfer', 'transfer'), ('arbitrate', 'arbitrate'), ('validate', 'validate'), ('scheduled', 'scheduled'), ('outside_news', 'outside_news'), ('needs_info_window', 'needs_info_window'), ('reporter_window', 'reporter_window'), ('appeal_window', 'appeal_window'), ('reopen_window', 'reopen_window')], max_length=30),
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('submit', 'submit'), ('ask', 'ask'), ('complete', 'complete'), ('inform', 'inform'), ('dispatch', 'dispatch'), ('archive', 'archive'), ('appeal', 'appeal'), ('withdraw', 'withdraw'), ('start', 'start'), ('note', 'note'), ('schedule', 'schedule'), ('resume', 'resume'), ('propose_answer', 'propose_answer'), ('approve', 'approve'), ('return_answer', 'return_answer'), ('supplement', 'supplement'), ('reply', 'reply'), ('rate', 'rate'), ('close', 'close'), ('reopen', 'reopen'), ('set_privacy', 'set_privacy'), ('follow', 'follow'), ('escalate', 'escalate'), ('transfer', 'transfer'), ('accept_transfer', 'accept_transfer'), ('decline_transfer', 'decline_transfer'), ('arbitrate', 'arbitrate'), ('forward_external', 'forward_external'), ('outside_news', 'outside_news'), ('sign', 'sign'), ('publish', 'publish'), ('recall', 'recall'), ('seal', 'seal'), ('clear', 'clear'), ('release', 'release'), ('ask_identity', 'ask_identity'), ('decide_identity', 'decide_identity')], max_length=30),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('state', 'transfer_pending'), models.Q(('hop_count__gt', 0), ('state', 'submitted')), models.Q(('refusal_count__gte', 2), ('state__in', ['dispatched', 'in_progress'])), _connector='OR'), fields=['due_at', 'id'], name='report_returned_by_due'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('awaits_arbiter', True)), fields=['due_at', 'id'], name='report_at_arbiter_by_due'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('promise__in', ['answer', 'verify', 'respond', 'resolve', 'transfer', 'arbitrate', 'validate', 'scheduled', 'outside_news', 'needs_info_window', 'reporter_window', 'appeal_window', 'reopen_window'])), name='deadline_promise_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['submit', 'ask', 'complete', 'inform', 'dispatch', 'archive', 'appeal', 'withdraw', 'start', 'note', 'schedule', 'resume', 'propose_answer', 'approve', 'return_answer', 'supplement', 'reply', 'rate', 'close', 'reopen', 'set_privacy', 'follow', 'escalate', 'transfer', 'accept_transfer', 'decline_transfer', 'arbitrate', 'forward_external', 'outside_news', 'sign', 'publish', 'recall', 'seal', 'clear', 'release', 'ask_identity', 'decide_identity'])), name='event_act_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('awaits_arbiter', False), models.Q(('offered_to', None), ('state__in', ['transfer_pending', 'needs_info'])), _connector='OR'), name='report_at_arbiter_only_while_pending'),
        ),
    ]

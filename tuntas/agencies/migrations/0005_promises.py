from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_sealed_room'),
    ]

    operations = [
        migrations.AlterField(
            model_name='target',
            name='promise',
            field=models.CharField(choices=[('answer', 'answer'), ('verify', 'verify'), ('respond', 'respond'), ('resolve', 'resolve'), ('transfer', 'transfer'), ('arbitrate', 'arbitrate'), ('validate', 'validate'), ('scheduled', 'scheduled'), ('outside_news', 'outside_news'), ('needs_info_window', 'needs_info_window'), ('reporter_window', 'reporter_window'), ('appeal_window', 'appeal_window'), ('reopen_window', 'reopen_window')], max_length=30),
        ),
    ]

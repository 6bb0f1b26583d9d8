from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_followers_checked'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('holder', models.CharField(blank=True, max_length=64)),
                ('data', models.BinaryField()),
                ('receipt', models.CharField(max_length=64, null=True)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('receipt',), name='draft_receipt_once')],
            },
        ),
    ]

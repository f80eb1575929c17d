from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0001_initial'),
        ('governance', '0002_validation_and_editing'),
        ('strategy', '0002_validation_and_editing'),
    ]

    operations = [
        migrations.AddField(
            model_name='advocacyactivity',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='advocacyobjective',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='advocacystatement',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='audience',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='evidence',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='message',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='opportunity',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterConstraint(
            model_name='advocacyactivity',
            name='advocacy_activity_ends_after_start',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='advocacy_activity_ends_after_start', violation_error_message='The end is before the start.'),
        ),
        migrations.AlterConstraint(
            model_name='opportunity',
            name='opportunity_ends_after_start',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='opportunity_ends_after_start', violation_error_message='The end is before the start.'),
        ),
    ]

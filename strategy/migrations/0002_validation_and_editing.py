from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0001_initial'),
        ('governance', '0002_validation_and_editing'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='costestimate',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='indicator',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='result',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='risk',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='situationitem',
            name='revision',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterConstraint(
            model_name='activity',
            name='activity_ends_after_start',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='activity_ends_after_start', violation_error_message='The end is before the start.'),
        ),
        migrations.AlterConstraint(
            model_name='activity',
            name='activity_has_both_dates_or_none',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on', None), ('starts_on', None)), models.Q(('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='activity_has_both_dates_or_none', violation_error_message='Write both the start and the end, or neither.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_known_baseline_has_value',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline__isnull', False), ('baseline_status', 'known')), models.Q(models.Q(('baseline_status', 'known'), _negated=True), ('baseline', None)), _connector='OR'), name='indicator_known_baseline_has_value', violation_error_message='A known baseline has a value, and only a known one: write both or neither.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_open_baseline_has_date',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline_status', 'to_be_set'), _negated=True), ('baseline_due__isnull', False), _connector='OR'), name='indicator_open_baseline_has_date', violation_error_message='Write by when the baseline is to be set.'),
        ),
        migrations.AlterConstraint(
            model_name='result',
            name='result_output_has_outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'output'), ('parent__isnull', False)), models.Q(('level__in', ['impact', 'outcome']), ('parent', None)), _connector='OR'), name='result_output_has_outcome', violation_error_message='An output contributes to an outcome; an impact or an outcome contributes to none: choose so.'),
        ),
        migrations.AlterConstraint(
            model_name='result',
            name='result_impact_serves_all_objectives',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'impact'), ('objective', None)), models.Q(('level', 'impact'), _negated=True), _connector='OR'), name='result_impact_serves_all_objectives', violation_error_message='The impact serves all objectives: leave the strategic objective empty.'),
        ),
        migrations.AlterConstraint(
            model_name='risk',
            name='risk_is_scored',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('impact__isnull', False), ('impact__range', (1, 5)), ('kind', 'risk'), ('likelihood__isnull', False), ('likelihood__range', (1, 5))), models.Q(('impact', None), ('kind', 'assumption'), ('likelihood', None)), _connector='OR'), name='risk_is_scored', violation_error_message='A risk has a likelihood and an impact from 1 to 5; an assumption has neither.'),
        ),
        migrations.AlterConstraint(
            model_name='risk',
            name='risk_has_one_owner',
            constraint=models.CheckConstraint(condition=models.Q(('owner', None), ('owner_body', None), _connector='OR'), name='risk_has_one_owner', violation_error_message='Name an owner or an owning body, not both.'),
        ),
        migrations.AlterConstraint(
            model_name='strategicplan',
            name='strategic_plan_reviews_in_order',
            constraint=models.CheckConstraint(condition=models.Q(('mid_term_review_on', None), ('final_review_on', None), ('final_review_on__gt', models.F('mid_term_review_on')), _connector='OR'), name='strategic_plan_reviews_in_order', violation_error_message='The final review comes after the mid-term review.'),
        ),
    ]

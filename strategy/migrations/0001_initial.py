import django.core.validators
import django.db.models.deletion
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0001_initial'),
        ('governance', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='FundingSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, verbose_name='code')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order in tables')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='governance.committee')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funding_sources', to='governance.institution')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('committee', 'code'), name='funding_source_code_once')],
            },
        ),
        migrations.CreateModel(
            name='StrategicPlan',
            fields=[
                ('document_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='governance.document')),
                ('first_year', models.PositiveSmallIntegerField(help_text='The calendar year in which it begins: 2022 for 2022/23.', validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='first fiscal year')),
                ('years', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='number of years')),
                ('mid_term_review_on', models.DateField(blank=True, null=True, verbose_name='mid-term review')),
                ('final_review_on', models.DateField(blank=True, null=True, verbose_name='final review')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('years__gte', 1)), name='strategic_plan_lasts_a_year'), models.CheckConstraint(condition=models.Q(('mid_term_review_on', None), ('final_review_on', None), ('final_review_on__gt', models.F('mid_term_review_on')), _connector='OR'), name='strategic_plan_reviews_in_order')],
            },
            bases=('governance.document',),
        ),
        migrations.CreateModel(
            name='ActivityPlan',
            fields=[
                ('document_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='governance.document')),
                ('year', models.PositiveSmallIntegerField(help_text='The calendar year in which it begins: 2022 for 2022/23.', validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='fiscal year')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activity_plans', to='strategy.strategicplan', verbose_name='strategic plan')),
            ],
            options={
                'abstract': False,
            },
            bases=('governance.document',),
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('level', models.CharField(choices=[('impact', 'Impact'), ('outcome', 'Outcome'), ('output', 'Output')], max_length=7, verbose_name='level')),
                ('statement', models.TextField(max_length=1000, verbose_name='result')),
                ('alignments', models.ManyToManyField(blank=True, related_name='results', to='governance.frameworkitem')),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='governance.strategicobjective', verbose_name='strategic objective')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='strategy.result', verbose_name='contributes to')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='strategy.strategicplan')),
            ],
            options={
                'ordering': ['document', 'parent__position', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('document', 'level', 'position'), name='result_placed_once_at_top'), models.UniqueConstraint(fields=('parent', 'position'), name='result_placed_once'), models.CheckConstraint(condition=models.Q(('level__in', ['impact', 'outcome', 'output'])), name='result_level_known'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'output'), ('parent__isnull', False)), models.Q(('level__in', ['impact', 'outcome']), ('parent', None)), _connector='OR'), name='result_output_has_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'impact'), ('objective', None)), models.Q(('level', 'impact'), _negated=True), _connector='OR'), name='result_impact_serves_all_objectives'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='result_fact_has_source')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('title', models.CharField(max_length=300, verbose_name='activity')),
                ('partner_note', models.CharField(blank=True, max_length=150, verbose_name='other partners, in words')),
                ('q1', models.BooleanField(default=False, verbose_name='quarter 1')),
                ('q2', models.BooleanField(default=False, verbose_name='quarter 2')),
                ('q3', models.BooleanField(default=False, verbose_name='quarter 3')),
                ('q4', models.BooleanField(default=False, verbose_name='quarter 4')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='start')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='end')),
                ('milestone', models.CharField(blank=True, max_length=200, verbose_name='milestone or deliverable')),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='governance.centre', verbose_name='migration centre that helps')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_activities', to='governance.institution', verbose_name='lead')),
                ('partner_bodies', models.ManyToManyField(blank=True, related_name='partnered_activities', to='governance.body')),
                ('partners', models.ManyToManyField(blank=True, related_name='partnered_activities', to='governance.institution')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='strategy.activityplan')),
                ('output', models.ForeignKey(limit_choices_to={'level': 'output'}, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='strategy.result', verbose_name='output')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'output', 'position'), name='activity_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='activity_fact_has_source'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='activity_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('ends_on', None), ('starts_on', None)), models.Q(('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='activity_has_both_dates_or_none')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('description', models.CharField(max_length=200, verbose_name='budget line')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='strategy.activity')),
            ],
            options={
                'ordering': ['activity', 'position'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'position'), name='budget_line_placed_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='budget_line_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='FundingShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('funding', models.CharField(choices=[('committed', 'Committed'), ('pledged', 'Pledged'), ('unfunded', 'Unfunded')], max_length=9, verbose_name='money')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='strategy.budgetline')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='strategy.fundingsource', verbose_name='source')),
            ],
            options={
                'ordering': ['line', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('line', 'source', 'funding'), name='funding_share_once'), models.CheckConstraint(condition=models.Q(('funding__in', ['committed', 'pledged', 'unfunded'])), name='funding_share_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('funding', 'unfunded'), ('source', None)), models.Q(models.Q(('funding', 'unfunded'), _negated=True), ('source__isnull', False)), _connector='OR'), name='funding_share_has_source_unless_unfunded'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='funding_share_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('statement', models.CharField(max_length=300, verbose_name='indicator')),
                ('unit', models.CharField(choices=[('number', 'number'), ('percent', 'percent'), ('points', 'percentage points over the baseline'), ('stage', 'stage of a scale'), ('million', "million in the committee's currency")], max_length=7, verbose_name='unit')),
                ('out_of', models.PositiveIntegerField(blank=True, null=True, verbose_name='out of')),
                ('scale', models.TextField(blank=True, verbose_name='meaning of the stages')),
                ('direction', models.CharField(choices=[('up', 'should rise'), ('down', 'should fall')], default='up', max_length=4, verbose_name='direction')),
                ('by_sex', models.BooleanField(default=False, verbose_name='by sex')),
                ('by_age', models.BooleanField(default=False, verbose_name='by age')),
                ('by_district', models.BooleanField(default=False, verbose_name='by district')),
                ('baseline_status', models.CharField(blank=True, choices=[('known', 'known'), ('to_be_set', 'to be set'), ('not_applicable', 'not applicable')], max_length=14, verbose_name='baseline')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='baseline value')),
                ('baseline_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='baseline fiscal year')),
                ('baseline_source', models.CharField(blank=True, max_length=200, verbose_name='source of the baseline')),
                ('baseline_due', models.DateField(blank=True, null=True, verbose_name='baseline to be set by')),
                ('target_type', models.CharField(choices=[('cumulative', 'cumulative'), ('annual', 'annual values')], max_length=10, verbose_name='targets are')),
                ('means_of_verification', models.CharField(blank=True, max_length=250, verbose_name='means of verification')),
                ('frequency', models.CharField(choices=[('quarterly', 'every quarter'), ('half_yearly', 'twice a year'), ('yearly', 'every year')], default='yearly', max_length=11, verbose_name='collected')),
                ('co_responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shared_indicators', to='governance.institution', verbose_name='together with')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='governance.institution', verbose_name='responsible')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='strategy.result')),
            ],
            options={
                'ordering': ['result', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('result', 'position'), name='indicator_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='indicator_fact_has_source'), models.CheckConstraint(condition=models.Q(('unit__in', ['number', 'percent', 'points', 'stage', 'million'])), name='indicator_unit_known'), models.CheckConstraint(condition=models.Q(('target_type__in', ['cumulative', 'annual'])), name='indicator_target_type_known'), models.CheckConstraint(condition=models.Q(models.Q(('baseline__isnull', False), ('baseline_status', 'known')), models.Q(models.Q(('baseline_status', 'known'), _negated=True), ('baseline', None)), _connector='OR'), name='indicator_known_baseline_has_value'), models.CheckConstraint(condition=models.Q(models.Q(('baseline_status', 'to_be_set'), _negated=True), ('baseline_due__isnull', False), _connector='OR'), name='indicator_open_baseline_has_date')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='fiscal year')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='strategy.indicator')),
            ],
            options={
                'ordering': ['indicator', 'year'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'year'), name='indicator_target_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='ProgressEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('completed', 'Completed'), ('delayed', 'Delayed'), ('blocked', 'Blocked'), ('cancelled', 'Cancelled')], max_length=11, verbose_name='status')),
                ('percent_done', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='done, in percent')),
                ('spent', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='spent to date')),
                ('narrative', models.TextField(blank=True, max_length=2000, verbose_name='what happened')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='entered by the secretariat')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='strategy.activity')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'progress entries',
                'ordering': ['activity', '-as_of', '-pk'],
                'indexes': [models.Index(fields=['activity', '-as_of', '-id'], name='strategy_pr_activit_1c2af0_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'in_progress', 'completed', 'delayed', 'blocked', 'cancelled'])), name='progress_status_known'), models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='progress_spent_not_negative'), models.CheckConstraint(condition=models.Q(('percent_done', None), ('percent_done__lte', 100), _connector='OR'), name='progress_percent_at_most_100')],
            },
        ),
        migrations.CreateModel(
            name='SituationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('factor', models.CharField(choices=[('strength', 'Strength'), ('weakness', 'Weakness'), ('opportunity', 'Opportunity'), ('threat', 'Threat'), ('political', 'Political'), ('economic', 'Economic'), ('social', 'Social'), ('technological', 'Technological'), ('environmental', 'Environmental'), ('legal', 'Legal')], max_length=13, verbose_name='quadrant or factor')),
                ('statement', models.TextField(max_length=2000, verbose_name='statement')),
                ('implication', models.TextField(blank=True, max_length=2000, verbose_name='implication')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='situation_items', to='strategy.strategicplan')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='situation_item_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='situation_item_fact_has_source'), models.CheckConstraint(condition=models.Q(('factor__in', ['strength', 'weakness', 'opportunity', 'threat', 'political', 'economic', 'social', 'technological', 'environmental', 'legal'])), name='situation_item_factor_known')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('kind', models.CharField(choices=[('risk', 'Risk'), ('assumption', 'Assumption')], default='risk', max_length=10, verbose_name='kind')),
                ('statement', models.TextField(max_length=1000, verbose_name='statement')),
                ('likelihood', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='likelihood, 1 to 5')),
                ('impact', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impact, 1 to 5')),
                ('response', models.TextField(blank=True, max_length=1000, verbose_name='response')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_risks', to='governance.institution', verbose_name='owner')),
                ('owner_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_risks', to='governance.body', verbose_name='owning body')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='strategy.strategicplan')),
            ],
            options={
                'ordering': ['-kind', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'kind', 'position'), name='risk_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='risk_fact_has_source'), models.CheckConstraint(condition=models.Q(models.Q(('impact__isnull', False), ('impact__range', (1, 5)), ('kind', 'risk'), ('likelihood__isnull', False), ('likelihood__range', (1, 5))), models.Q(('impact', None), ('kind', 'assumption'), ('likelihood', None)), _connector='OR'), name='risk_is_scored'), models.CheckConstraint(condition=models.Q(('owner', None), ('owner_body', None), _connector='OR'), name='risk_has_one_owner')],
            },
        ),
        migrations.CreateModel(
            name='CostEstimate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='fiscal year')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                ('is_funded', models.BooleanField(blank=True, null=True, verbose_name='funded')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cost_estimates', to='governance.strategicobjective')),
                ('source_of_funds', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cost_estimates', to='strategy.fundingsource', verbose_name='source of funds')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cost_estimates', to='strategy.strategicplan')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='cost_estimate_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='cost_estimate_fact_has_source'), models.UniqueConstraint(fields=('document', 'objective', 'year', 'source_of_funds'), name='cost_estimate_once'), models.UniqueConstraint(condition=models.Q(('source_of_funds', None)), fields=('document', 'objective', 'year'), name='cost_estimate_once_without_source'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='cost_estimate_not_negative')],
            },
        ),
    ]

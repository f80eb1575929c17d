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
        ('strategy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AdvocacyStrategy',
            fields=[
                ('document_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='governance.document')),
                ('activity_plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advocacy_strategies', to='strategy.activityplan', verbose_name='activity plan')),
            ],
            options={
                'abstract': False,
            },
            bases=('governance.document',),
        ),
        migrations.CreateModel(
            name='AdvocacyObjective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('statement', models.TextField(max_length=1000, verbose_name='objective')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by')),
                ('serves', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='advocacy_objectives', to='governance.strategicobjective', verbose_name='strategic objective served')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='advocacy.advocacystrategy')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='advocacy_objective_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='advocacy_objective_fact_has_source')],
            },
        ),
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('name', models.CharField(max_length=200, verbose_name='audience')),
                ('tier', models.CharField(choices=[('primary', 'Primary: decides'), ('secondary', 'Secondary: influences')], max_length=9, verbose_name='type')),
                ('ask', models.CharField(blank=True, max_length=250, verbose_name='ask')),
                ('interest', models.CharField(blank=True, choices=[('low', 'low'), ('medium', 'medium'), ('high', 'high')], max_length=6, verbose_name='interest')),
                ('influence', models.CharField(blank=True, choices=[('some', 'some'), ('moderate', 'moderate'), ('significant', 'significant'), ('very', 'very influential')], max_length=11, verbose_name='influence')),
                ('importance', models.CharField(blank=True, choices=[('some', 'some'), ('moderate', 'moderate'), ('very', 'very important')], max_length=8, verbose_name='importance')),
                ('stance', models.CharField(blank=True, choices=[('strong_opponent', 'strong opponent'), ('medium_opponent', 'medium opponent'), ('neutral', 'neutral'), ('medium_ally', 'medium ally'), ('strong_ally', 'strong ally')], max_length=15, verbose_name='position')),
                ('messenger_office', models.CharField(blank=True, max_length=150, verbose_name='messenger, as an office')),
                ('channel', models.CharField(blank=True, max_length=200, verbose_name='channel')),
                ('co_messenger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_carried_messages', to='governance.institution', verbose_name='together with')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='advocacy.advocacystrategy')),
                ('messenger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_messages', to='governance.institution', verbose_name='messenger')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='audience_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='audience_fact_has_source'), models.CheckConstraint(condition=models.Q(('tier__in', ['primary', 'secondary'])), name='audience_tier_known')],
            },
        ),
        migrations.CreateModel(
            name='AdvocacyActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('title', models.CharField(max_length=250, verbose_name='action')),
                ('starts_on', models.DateField(verbose_name='start')),
                ('ends_on', models.DateField(verbose_name='end')),
                ('budget', models.DecimalField(decimal_places=2, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='budget, within the plan line')),
                ('indicator', models.CharField(blank=True, max_length=200, verbose_name='indicator')),
                ('plan_activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advocacy_activities', to='strategy.activity', verbose_name='line of the activity plan')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advocacy_activities', to='advocacy.advocacyobjective')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advocacy_activities', to='advocacy.advocacystrategy')),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advocacy_activities', to='advocacy.audience')),
            ],
            options={
                'verbose_name_plural': 'advocacy activities',
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='advocacy_activity_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='advocacy_activity_fact_has_source'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='advocacy_activity_ends_after_start'), models.CheckConstraint(condition=models.Q(('budget__gte', 0)), name='advocacy_activity_budget_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('statement', models.TextField(max_length=2000, verbose_name='evidence')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='advocacy.advocacystrategy')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='evidence_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='evidence_fact_has_source')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('language', models.CharField(default='en', max_length=12, verbose_name='language (BCP 47)')),
                ('statement', models.TextField(max_length=1000, verbose_name='message')),
                ('evidence', models.TextField(blank=True, max_length=1000, verbose_name='evidence')),
                ('example', models.TextField(blank=True, max_length=1000, verbose_name='example')),
                ('action_wanted', models.TextField(blank=True, max_length=1000, verbose_name='action wanted')),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='advocacy.audience')),
            ],
            options={
                'ordering': ['audience', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('audience', 'position'), name='message_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='message_fact_has_source')],
            },
        ),
        migrations.CreateModel(
            name='Opportunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('title', models.CharField(max_length=200, verbose_name='moment')),
                ('when', models.CharField(blank=True, max_length=120, verbose_name='when')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opportunities', to='advocacy.advocacystrategy')),
            ],
            options={
                'verbose_name_plural': 'opportunities',
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='opportunity_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='opportunity_fact_has_source'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='opportunity_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='AdvocacyProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('in_progress', 'In progress'), ('done', 'Done'), ('cancelled', 'Cancelled')], max_length=11, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='advocacy.advocacyactivity')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'advocacy progress',
                'ordering': ['activity', '-as_of', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'in_progress', 'done', 'cancelled'])), name='advocacy_progress_status_known')],
            },
        ),
        migrations.CreateModel(
            name='AdvocacyStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(blank=True, choices=[('fact', 'Fact with a source'), ('demonstration', 'Demonstration data')], max_length=13, verbose_name='basis')),
                ('source', models.TextField(blank=True, help_text='One web address or citation a line.', verbose_name='sources')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField(verbose_name='place among its siblings')),
                ('kind', models.CharField(choices=[('issue', 'Issue'), ('goal', 'Goal')], max_length=5, verbose_name='kind')),
                ('body', models.TextField(max_length=20000, verbose_name='text')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='advocacy.advocacystrategy')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='advocacy_statement_placed_once'), models.CheckConstraint(condition=models.Q(('basis', 'fact'), ('source', ''), _negated=True), name='advocacy_statement_fact_has_source'), models.UniqueConstraint(fields=('document', 'kind'), name='advocacy_statement_kind_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['issue', 'goal'])), name='advocacy_statement_kind_known')],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance import guards


def put_guards(apps, schema_editor):
    guards.install(schema_editor)


def take_guards(apps, schema_editor):
    guards.remove(schema_editor)


def note_what_is_there(apps, schema_editor):
    """The end of every history as it stands, and the rules that count already."""
    Event = apps.get_model("governance", "Event")
    HistoryTip = apps.get_model("governance", "HistoryTip")
    for committee in Event.objects.order_by().values_list("committee", flat=True).distinct():
        last = Event.objects.filter(committee=committee).order_by("-seq").first()
        HistoryTip.objects.create(
            committee_id=committee, seq=last.seq, hash=last.hash
        )
    apps.get_model("governance", "SignOffRule").objects.update(is_first=True)


def forget_it(apps, schema_editor):
    apps.get_model("governance", "HistoryTip").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0003_guards'),
    ]

    operations = [
        migrations.RunPython(take_guards, put_guards),
        migrations.CreateModel(
            name='HistoryTip',
            fields=[
                ('committee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='history_tip', serialize=False, to='governance.committee')),
                ('seq', models.PositiveBigIntegerField(verbose_name='number of the last entry')),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='seal',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of what it made final'),
        ),
        migrations.AddField(
            model_name='signoffrule',
            name='is_first',
            field=models.BooleanField(default=False, verbose_name="the committee's first rule"),
        ),
        migrations.AddField(
            model_name='signoffrule',
            name='set_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='RuleConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='confirmed')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='governance.committee')),
                ('rule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='governance.signoffrule')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.RunPython(note_what_is_there, forget_it),
    ]

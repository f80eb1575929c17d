"""How the tests of the demonstration find its rows."""

from io import StringIO

from django.core.management import call_command

from governance.models import (
    Centre,
    Clause,
    Event,
    Framework,
    Institution,
    Report,
    User,
)
from strategy.models import Activity


def ours(model):
    return model.objects.filter(committee__slug="lesotho")


def in_document(model, path="document"):
    return model.objects.filter(**{f"{path}__committee__slug": "lesotho"})


def run(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, no_color=True, no_pdf=True, **options)
    return out.getvalue()


def counts():
    models = [Event, User, Clause, Institution, Activity, Report, Framework, Centre]
    return {model.__name__: model.objects.count() for model in models}

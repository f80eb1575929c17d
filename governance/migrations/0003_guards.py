"""The database itself refuses to rewrite what is frozen: see governance.guards."""

from django.db import migrations

from governance import guards


def install(apps, schema_editor):
    guards.install(schema_editor)


def remove(apps, schema_editor):
    guards.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_validation_and_editing"),
        ("strategy", "0002_validation_and_editing"),
        ("advocacy", "0002_validation_and_editing"),
    ]

    operations = [migrations.RunPython(install, remove)]

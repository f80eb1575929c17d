"""What is frozen can neither be changed nor deleted: see governance.guards."""

from django.db import migrations

from governance import guards


def install(apps, schema_editor):
    guards.install(schema_editor)


def remove(apps, schema_editor):
    guards.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0004_what_is_final"),
    ]

    operations = [migrations.RunPython(install, remove)]

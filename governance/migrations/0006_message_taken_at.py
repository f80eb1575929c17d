
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0005_guards_of_what_is_final'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='taken_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='being sent since'),
        ),
    ]

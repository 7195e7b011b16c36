"""A row lives for a moment: compressing its body would cost more than anything else about it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("realtime", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE realtime_liveoutbox ALTER COLUMN body SET STORAGE EXTERNAL",
            "ALTER TABLE realtime_liveoutbox ALTER COLUMN body SET STORAGE EXTENDED",
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0003_assertions_once_a_browser_and_last_use_of_keys"),
        ("tickets", "0003_tickets_with_unread_replies_are_found_fast"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transcript",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=8)),
                ("time_zone", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(default=helpdesk.core.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="unreadnotice",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="unreadnotice",
            name="retry_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="unreadnotice",
            name="since",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="unreadnotice",
            name="mailed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="unreadnotice",
            index=models.Index(
                models.F("retry_at"),
                condition=models.Q(("retry_at__isnull", False)),
                name="notice_due",
            ),
        ),
        migrations.AddField(
            model_name="transcript",
            name="identity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.identity"
            ),
        ),
        migrations.AddField(
            model_name="transcript",
            name="ticket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
            ),
        ),
        migrations.AddIndex(
            model_name="transcript",
            index=models.Index(
                models.F("retry_at"),
                condition=models.Q(("retry_at__isnull", False)),
                name="transcript_due",
            ),
        ),
    ]

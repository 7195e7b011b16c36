import django.db.models.deletion
from django.db import migrations, models

import helpdesk.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("voter", models.UUIDField()),
                ("helped", models.BooleanField()),
                (
                    "created_at",
                    models.DateTimeField(default=helpdesk.core.clock.now, editable=False),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="faq.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "voter"), name="article_vote_once")
                ],
            },
        ),
    ]

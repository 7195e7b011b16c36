from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index is built beside the running product, not in a transaction

    dependencies = [
        ("tickets", "0002_attachments_callbacks_and_how_a_customer_came"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                models.F("last_public_at"),
                condition=models.Q(("outbound_count__gt", models.F("contact_seen_outbound"))),
                name="ticket_unread",
            ),
        ),
    ]

from django.contrib import admin

from surveys.models import Invitation, Survey

admin.site.register(Survey)


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("ticket", "score", "comment", "offered_at", "answered_at")
    list_filter = ("score",)
    raw_id_fields = ("ticket", "identity")

"""The operators' back office; managers have their own pages at /manage/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from helpdesk.accounts.models import AgentCapacity, Membership, Skill, Team, User

# Without this /admin/login/ would go round allauth's rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class CapacityInline(admin.StackedInline):  # type: ignore[type-arg]  # not generic at run time
    model = AgentCapacity


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = Membership


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("email", "name", "role", "availability", "is_active")
    search_fields = ("email", "name")
    exclude = ("password", "last_login")
    inlines = (CapacityInline, MembershipInline)


admin.site.register([Team, Skill])

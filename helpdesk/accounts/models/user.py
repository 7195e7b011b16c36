"""A person who signs in: an agent, a manager, or an operator."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.domain.roles import ROLE_PERMISSIONS, Permission
from helpdesk.core import clock

CHAT_CAPACITY = 3  # R11


class Role(models.TextChoices):
    AGENT = "agent", _("Agent")
    MANAGER = "manager", _("Manager")
    ADMIN = "admin", _("Admin")


class Availability(models.TextChoices):
    ONLINE = "online", _("Online")
    BUSY = "busy", _("Busy")
    AWAY = "away", _("Away")
    OFFLINE = "offline", _("Offline")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        AgentCapacity.objects.get_or_create(user=user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields |= {"role": Role.ADMIN, "is_superuser": True, "is_staff": True}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    language = models.CharField(_("language"), max_length=8, default="en")
    theme = models.CharField(_("theme"), max_length=8, default="system")
    languages = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, verbose_name=_("speaks")
    )
    skills = models.ManyToManyField("accounts.Skill", blank=True, related_name="agents")
    availability = models.CharField(
        _("availability"), max_length=8, choices=Availability, default=Availability.OFFLINE
    )
    availability_changed_at = models.DateTimeField(default=clock.now)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use /admin/"), default=False)
    joined_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLE_PERMISSIONS[self.role] if self.is_active else frozenset()

    @property
    def first_name(self) -> str:
        """What a visitor sees of an agent."""
        return self.name.split(" ")[0]


class AgentCapacity(models.Model):
    """One row an agent, locked while a slot is given; slots themselves are counted from tickets."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="capacity")
    chats = models.PositiveSmallIntegerField(
        _("chats at once"), default=CHAT_CAPACITY, validators=[MaxValueValidator(50)]
    )
    last_assigned_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.chats}"

"""People, offices and posts. What a person may do follows from the posts held today, read at every request."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models

from foundation import clock
from foundation.public_ids import PublicId
from foundation.regions.models import RecommendingBody


class Role(models.TextChoices):
    REVIEWER = "reviewer", "审核岗"
    LEADER = "leader", "负责人"
    POLICY = "policy", "政策规则岗"
    PUBLISHER = "publisher", "规则发布岗"
    ADMIN = "admin", "单位管理员"
    AUDITOR = "auditor", "审计员"
    SYSTEM = "system", "系统管理员"
    DEPARTMENT = "department", "部门会办"
    EXPERT = "expert", "评审专家"


POWERS = (Role.ADMIN.value, Role.AUDITOR.value, Role.SYSTEM.value)
"""Who gives posts, who reads the record, who runs the machine: three people, never one (三权分立)."""


class User(AbstractUser):
    """A person with one account; officials hold posts, enterprise people hold memberships."""

    public_id = PublicId()
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("手机", max_length=20, blank=True)
    password_changed_at = models.DateTimeField(null=True, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.name or self.username

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_changed_at = clock.now()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Office(models.Model):
    """A working office of a recommending body, or a provincial department that is asked or answers."""

    public_id = PublicId()
    body = models.ForeignKey(RecommendingBody, on_delete=models.PROTECT, to_field="path", related_name="offices")
    name = models.CharField("单位名称", max_length=80)
    kind = models.CharField(
        max_length=12, choices=[("industry", "工信部门"), ("department", "其他部门")], default="industry"
    )
    phone = models.CharField("办公电话", max_length=30, blank=True)

    class Meta:
        ordering = ["body__order", "name"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="one_office_name_per_body")]

    def __str__(self) -> str:
        return self.name

    @property
    def region_path(self) -> str:
        return str(self.body_id)


class DaysOf(models.Func):
    """The days from the first to the last, both included, as one range."""

    function = "daterange"
    output_field = DateRangeField()


class Post(models.Model):
    """Who sits where, in which role, since when; ended, never deleted."""

    public_id = PublicId()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=12, choices=Role.choices)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "role"], condition=models.Q(until=None), name="one_open_post"
            ),
            ExclusionConstraint(
                name="three_powers_never_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (
                        DaysOf("since", "until", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                # A post that ends before it began was a slip of that day and counts for nothing.
                condition=models.Q(role__in=POWERS) & (models.Q(until=None) | models.Q(until__gte=models.F("since"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.office}"

    @property
    def region_path(self) -> str:
        return self.office.region_path


class Attempts(models.Model):
    """How often something was tried since a window began; see limiter.py."""

    key = models.CharField(max_length=200, primary_key=True)
    began_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key

"""What a desk keeps beside a case: who has it open, who handles it, who covers for whom, marks on the evidence."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Look(models.Model):
    """One official and one case: here now (`here_at`), and what there was to see at the visit before this one."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="looks")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120)
    here_at = models.DateTimeField()
    seen_number = models.PositiveSmallIntegerField(default=0)
    before_at = models.DateTimeField(null=True)
    before_number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "user"], name="one_look_per_person")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.user_name}"


class Handling(models.Model):
    """Who of the office handles the case at its stage (承办人); nobody named means whoever comes first."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="handlings")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    stage = models.CharField(max_length=20)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "stage"], name="one_handler_per_stage")]
        indexes = [models.Index(fields=["user", "stage"], name="handling_mine")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.user_name}"


class Cover(models.Model):
    """Cover for a colleague who is away (代办): the deputy's list shows the cases until the last day."""

    region_path = PathField()
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    absent_name = models.CharField(max_length=80)
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy_name = models.CharField(max_length=80)
    from_on = models.DateField("开始")
    until_on = models.DateField("最后一日")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-until_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="cover_ends_after_start"
            ),
            models.CheckConstraint(condition=~models.Q(absent=models.F("deputy")), name="cover_by_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_name}代{self.absent_name}"


class SavedView(models.Model):
    """A person's own name for a set of filters of the worklist."""

    public_id = PublicId()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name


class Highlight(models.Model):
    """A mark on a page of evidence. It hangs on the file's hash, so it survives a resubmission that keeps the file."""

    public_id = PublicId()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="highlights")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    region_path = PathField()
    sha256 = models.CharField(max_length=64)
    page = models.PositiveSmallIntegerField()
    left = models.PositiveSmallIntegerField(default=0, help_text="thousandths of the page's width")
    top = models.PositiveSmallIntegerField(default=0, help_text="thousandths of the page's height")
    width = models.PositiveSmallIntegerField(default=1000)
    height = models.PositiveSmallIntegerField(default=1000)
    criterion = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    office_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["page", "top", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left__lte=1000, top__lte=1000, width__lte=1000, height__lte=1000),
                name="highlight_lies_on_the_page",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} p{self.page}"

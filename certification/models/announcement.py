"""公告稿: the firms that one person proposes to announce, until another one does."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.models.call import Call
from certification.models.posting import Announcement
from certification.states import ANNOUNCEMENT_DRAFT
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class AnnouncementDraft(Stateful):
    """What the announcement will say; nothing of it is public, and no certificate exists before somebody else has announced it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="announcement_drafts")
    region_path = PathField()
    title = models.CharField("标题", max_length=160)
    document_number = models.CharField("公告文号", max_length=60)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_by_name = models.CharField("拟稿人", max_length=80, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField("定稿人", max_length=80, blank=True)
    due_at = models.DateTimeField("到点公告的时间", null=True)
    announcement = models.OneToOneField(Announcement, null=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        verbose_name = "公告稿"
        ordering = ["-id"]
        constraints = [ANNOUNCEMENT_DRAFT.check("announcement_draft_state_is_known")]

    is_draft = True
    """The feed never tells of it: what others hear of an announcement are its certificates."""

    def __str__(self) -> str:
        return self.title


class AnnouncementLine(models.Model):
    """One firm of the draft; the path is the office's, so that nobody below it reads who is about to be announced."""

    draft = models.ForeignKey(AnnouncementDraft, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="announcement_lines")
    region_path = PathField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "application"], name="one_announcement_line_per_application"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.application.enterprise_name}"

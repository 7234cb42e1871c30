"""推荐稿: the firms that one person proposes to recommend to the ministry, until another one does."""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.models.call import Call
from certification.states import RECOMMENDATION_DRAFT
from foundation.regions.paths import PathField
from foundation.transitions import Stateful


class RecommendationDraft(Stateful):
    """The letter's number and its firms; nobody outside the office hears of it before somebody else has sent it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="recommendation_drafts")
    region_path = PathField()
    title = models.CharField("标题", max_length=160)
    letter_number = models.CharField("推荐函文号", max_length=60)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_by_name = models.CharField("拟稿人", max_length=80, blank=True)

    class Meta:
        verbose_name = "推荐稿"
        ordering = ["-id"]
        constraints = [RECOMMENDATION_DRAFT.check("recommendation_draft_state_is_known")]

    is_draft = True
    """The feed never tells of it: what others hear of a recommendation are its cases."""

    def __str__(self) -> str:
        return self.title


class RecommendationLine(models.Model):
    """One firm of the draft; the path is the office's, so that nobody below it reads who is about to be recommended."""

    draft = models.ForeignKey(RecommendationDraft, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendation_lines")
    region_path = PathField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "application"], name="one_recommendation_line_per_application"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.application.enterprise_name}"

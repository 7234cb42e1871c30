"""A committee meeting (审议会): an agenda of cases, its members, who stood aside, how each voted, and the minutes.

Nothing here carries an enterprise, and the wall shows it to the province's own office only: a firm reads the decision
and its reasons, not who voted how.
"""

from django.conf import settings
from django.db import models

from certification.models.application import Application
from certification.models.call import Call
from certification.states import MEETING
from foundation.regions.paths import PathField
from foundation.transitions import Stateful

CHOICES = [("approve", "同意"), ("refuse", "不同意"), ("abstain", "弃权")]
RESULTS = [("approve", "通过"), ("refuse", "不通过"), ("defer", "暂缓，另行审议")]


class Meeting(Stateful):
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="meetings")
    region_path = PathField()
    title = models.CharField("会议名称", max_length=120)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80, blank=True)
    minutes = models.TextField("会议纪要", blank=True)

    class Meta:
        verbose_name = "审议会"
        ordering = ["-held_on", "-id"]
        constraints = [MEETING.check("meeting_state_is_known")]

    def __str__(self) -> str:
        return self.title


class MeetingMember(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="members")
    region_path = PathField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    is_chair = models.BooleanField(default=False)
    absent_at = models.DateTimeField("记为缺席的时间", null=True)

    class Meta:
        ordering = ["-is_chair", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="one_seat_per_person"),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(is_chair=True), name="one_chair_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """One case on the agenda. `result` is the meeting's conclusion; the case itself moves only when it is carried out."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="agenda_items")
    region_path = PathField()
    place = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=8, choices=RESULTS, blank=True)
    reason = models.TextField("理由", blank=True)
    concluded_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "application"], name="one_item_per_case"),
            models.UniqueConstraint(fields=["meeting", "place"], name="one_item_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.application_id}"


class Ballot(models.Model):
    """A member's vote on one item, or that he or she stood aside (回避). Given once, never changed."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="ballots")
    region_path = PathField()
    choice = models.CharField(max_length=8, choices=[*CHOICES, ("recused", "回避")])
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_ballot_per_member")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.choice}"

"""The nightly look at every title: what is due, what is overdue, what today's facts no longer carry."""

from django.db import models

from certification.models.certificate import Certificate
from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class Sweep(models.TextChoices):
    """Why a sweep was run, and so which titles it looked at."""

    CHANGED = "changed", "变动复核"
    FULL = "full", "全面复核"
    PUBLISHED = "published", "规则发布"
    INCIDENT = "incident", "情况核查"


class Cycle(models.Model):
    """One sweep over titles. Any number of schedulers may open it; there is one per night, kind and key."""

    night = models.DateField()
    kind = models.CharField(max_length=10, choices=Sweep.choices, default=Sweep.FULL)
    key = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    slices = models.PositiveIntegerField(default=0)
    titles = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-night", "-id"]
        constraints = [models.UniqueConstraint(fields=["night", "kind", "key"], name="one_sweep_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.night} {self.kind} {self.key}"


class Outcome(models.Model):
    """One sweep changed what is known of one title: before, after, and the trace. Nothing is kept of what stayed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="outcomes")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    region_path = PathField(blank=True)
    was = models.CharField(max_length=16, blank=True, default="")
    outcome = models.CharField(max_length=16)
    rule_set_code = models.CharField(max_length=40)
    trace = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "certificate"], name="one_outcome_per_title")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.certificate_id}"


class Judgement(models.Model):
    """What the rules say of a title now: the last judgement, by which rules, and until when time alone keeps it.

    `gates` has one digit per gate in the order of the plan; `rule_key` names rule set, notices and the day's values.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="judgement"
    )
    region_path = PathField()
    outcome = models.CharField(max_length=16)
    gates = models.CharField(max_length=60)
    rule_set_code = models.CharField(max_length=40)
    rule_key = models.CharField(max_length=16)
    since = models.DateField()
    flips_on = models.DateField()
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["flips_on"], name="judgement_flips")]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.outcome}"


class Snapshot(models.Model):
    """The facts of one enterprise in stored whole units, as the rules read them, good until `flips_on`."""

    enterprise = models.OneToOneField(
        "enterprises.Enterprise", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    region_path = PathField()
    facts = models.JSONField()
    is_odd = models.BooleanField(default=False)
    taken_on = models.DateField()
    flips_on = models.DateField()

    def __str__(self) -> str:
        return str(self.enterprise_id)


class Finding(models.Model):
    """One line on the official's list: open while it holds, closed with the night that no longer finds it."""

    public_id = PublicId()
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="findings")
    region_path = PathField()
    kind = models.CharField(
        max_length=12,
        choices=[("due", "到期复核"), ("overdue", "年度更新未做"), ("unsupported", "现有数据不再支持")],
    )
    rule_set_code = models.CharField(max_length=40, blank=True)
    overlays = models.JSONField(default=list)
    why_rule_set = models.TextField(blank=True)
    sentences = models.JSONField(default=list)
    on = models.DateField()
    first_seen = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-on", "region_path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "kind"], condition=models.Q(closed_on=None), name="one_open_finding"
            )
        ]
        indexes = [
            models.Index(fields=["region_path", "kind"], name="finding_open", condition=models.Q(closed_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"

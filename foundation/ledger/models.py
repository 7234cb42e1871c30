"""A work item is a row first. The broker only knocks; a lost knock is repeated, a doubled one finds nothing to do."""

from django.db import models


class WorkState(models.TextChoices):
    TODO = "todo", "待办"
    DONE = "done", "已办"
    QUARANTINED = "quarantined", "已隔离"


class WorkItem(models.Model):
    """One piece of background work, unique by (kind, key); the effect and `done` commit together."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=WorkState.choices, default=WorkState.TODO)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    due_at = models.DateTimeField()
    poked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    tried_by = models.CharField("试它的进程组", max_length=32, blank=True)
    breaks = models.PositiveSmallIntegerField("与它无关的中断", default=0)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    broken_off = False
    """Set by `perform()`: an earlier attempt ended without a word, so an effect outside may have happened already."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_item_per_kind_and_key"),
            models.CheckConstraint(condition=models.Q(state__in=WorkState.values), name="work_item_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="work_to_do", condition=models.Q(state="todo")),
            models.Index(fields=["kind", "state"], name="work_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

"""What changed since somebody last looked: a mark per enterprise and statement, written by the database itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from enterprises.models.enterprise import Enterprise


class Touched(models.Model):
    """Triggers write these, so no way of changing a fact can forget to; whoever acts on a mark takes it away.

    Marks are never merged: one that is just being taken away must not swallow a newer one.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="+")
    names = ArrayField(models.CharField(max_length=40))

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.names}"

"""Working days with 调休. Rows are exceptions to Monday–Friday; a year not announced yet says so."""

from django.db import models


class Year(models.Model):
    """Whether the State Council's holiday notice of the year is entered."""

    year = models.PositiveSmallIntegerField(unique=True)
    is_announced = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class Day(models.Model):
    """One exception: a weekday off, or a weekend day worked."""

    day = models.DateField(unique=True)
    is_workday = models.BooleanField()
    note = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.note}"

"""How an answer of the firm came to us: typed in by itself, or on paper, at the counter, by phone, and written down by an office."""

from django.db import models

from enterprises.words import cn


class Arrival(models.TextChoices):
    """By which way a firm spoke. Whatever the way, it was heard."""

    ONLINE = "online", "网上"
    PAPER = "paper", "书面"
    COUNTER = "counter", "当面陈述"
    PHONE = "phone", "电话"


class Arrived(models.Model):
    """Columns of an answer. The day on which it reached an office counts, not the day on which it was written down."""

    way = models.CharField("方式", max_length=8, choices=Arrival.choices, default=Arrival.ONLINE)
    said_by = models.CharField("陈述人", max_length=80, blank=True)
    received_on = models.DateField("收到日期", null=True)
    office_name = models.CharField(max_length=120, blank=True)
    evidence = models.ForeignKey("enterprises.Evidence", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def came(self) -> str:
        """Who spoke, by which way, when it was received and which office wrote it down; empty for what was typed in here."""
        if self.way == Arrival.ONLINE or self.received_on is None:
            return ""
        return f"{self.said_by}，{self.get_way_display()}，{cn(self.received_on)}收到，{self.office_name}登记"

"""Letters and notices. A message is a row in the transaction that caused it; carrying it comes after."""

from django.conf import settings
from django.db import models

from foundation.public_ids import PublicId


class MessageKind(models.TextChoices):
    COURTESY = "courtesy", "提醒"
    LEGAL = "legal", "送达文书"


class Message(models.Model):
    """What one person is told: what happened, what to do, by when, and where."""

    public_id = PublicId()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices, default=MessageKind.COURTESY)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    url = models.CharField(max_length=200, blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["recipient", "-id"], name="message_inbox")]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One way of carrying a message; external channels are rows until somebody carries them."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=[("in_app", "站内"), ("email", "邮件"), ("sms", "短信")])
    state = models.CharField(
        max_length=8, choices=[("pending", "待送"), ("sent", "已送"), ("failed", "未送达")], default="pending"
    )
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel")]

    def __str__(self) -> str:
        return f"{self.message} {self.channel}"

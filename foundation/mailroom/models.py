"""Letters and notices. A message is a row in the transaction that caused it; carrying it comes after."""

from django.conf import settings
from django.db import models

from foundation.public_ids import PublicId
from foundation.regions.paths import PathField


class MessageKind(models.TextChoices):
    COURTESY = "courtesy", "提醒"
    LEGAL = "legal", "送达文书"


class Topic(models.TextChoices):
    """What a message is about, as far as a person may choose how to be told of it."""

    DUE = "due", "需要您办、有期限的事"
    CASE = "case", "申请的进展"
    TITLE = "title", "称号与证书"
    BENEFIT = "benefit", "权益与服务"
    ACCOUNT = "account", "账号与授权"


class Way(models.TextChoices):
    """How courtesy mail of one topic goes out by e-mail."""

    EACH = "each", "每件一封"
    DIGEST = "digest", "每天一封汇总"
    NONE = "none", "不发邮件"


CHANNELS = [("in_app", "站内"), ("email", "邮件"), ("sms", "短信")]
DELIVERY_STATES = [
    ("pending", "待送"),
    ("sent", "已送出"),
    ("failed", "未送出"),
    ("unsure", "不能确定是否送出"),
    ("digested", "并入每日汇总"),
    ("silenced", "按本人设置不发"),
]


class Message(models.Model):
    """What one person is told: what happened, what to do, by when, and where.

    No recipient: a served notice to an enterprise of which nobody is known here; an office serves it by hand.
    """

    public_id = PublicId()
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    kind = models.CharField(max_length=10, choices=MessageKind.choices, default=MessageKind.COURTESY)
    topic = models.CharField(max_length=10, choices=Topic.choices, default=Topic.CASE)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    what_to_do = models.CharField("要做什么", max_length=200, blank=True)
    due_on = models.DateField("截止日期", null=True)
    url = models.CharField(max_length=200, blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=32, blank=True)
    region_path = PathField(blank=True)
    enterprise_id = models.BigIntegerField(null=True)
    content_hash = models.CharField("内容摘要", max_length=64, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="message_inbox"),
            models.Index(fields=["about_type", "about_id", "-id"], name="message_about"),
            models.Index(fields=["created_at"], name="message_legal", condition=models.Q(kind="legal")),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_legal(self) -> bool:
        return self.kind == MessageKind.LEGAL


class Digest(models.Model):
    """One e-mail a day that tells a person everything of the day before instead of many."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=8, choices=DELIVERY_STATES, default="pending")
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.on}"


class Delivery(models.Model):
    """One way of carrying a message; external channels are rows until somebody carries them.

    `way` is empty until the sorting room has read the person's choices; see sort.py.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=CHANNELS)
    state = models.CharField(max_length=8, choices=DELIVERY_STATES, default="pending")
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    digest = models.ForeignKey(Digest, null=True, on_delete=models.PROTECT, related_name="deliveries")
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=120, blank=True)
    answer = models.CharField("对方答复", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=models.Q(state__in=[code for code, _ in DELIVERY_STATES]), name="delivery_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["id"], name="delivery_waiting", condition=models.Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.message} {self.channel}"


class Proof(models.Model):
    """What can be shown about a served notice: who took it, when, with which answer. Rows are only added."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="proofs")
    channel = models.CharField(max_length=8, choices=[*CHANNELS, ("phone", "电话"), ("paper", "纸质")])
    what = models.CharField(
        max_length=8,
        choices=[
            ("handed", "已交通道"), ("failed", "通道未收"), ("unsure", "不能确定"), ("opened", "本人打开"),
            ("tried", "联系未成"), ("served", "已送达"),
        ],
    )  # fmt: skip
    at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    number = models.CharField("回证或单号", max_length=80, blank=True)
    served_on = models.DateField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    by_office = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_what_display()}"


class Fallback(models.Model):
    """A served notice that nothing proves in time: an office serves it by phone or on paper. Open until `closed_at`."""

    public_id = PublicId()
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="fallback")
    region_path = PathField()
    enterprise_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opened_at", "id"]
        indexes = [
            models.Index(fields=["region_path", "opened_at"], name="fallback_open", condition=models.Q(closed_at=None))
        ]

    def __str__(self) -> str:
        return str(self.message)


class Choice(models.Model):
    """How one person wants to be told of one topic. No row: the house's own default. In-app always."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    email = models.CharField(max_length=6, choices=Way.choices)
    sms = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_choice_per_topic")]

    def __str__(self) -> str:
        return f"{self.person} {self.topic}"


class QuietHours(models.Model):
    """Hours of the day in which courtesy mail waits; `begins` after `ends` goes over midnight, equal means none."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours")
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(begins__lte=23, ends__lte=23), name="quiet_hours_are_hours")
        ]

    def __str__(self) -> str:
        return f"{self.begins}–{self.ends}"


class LocalSms(models.Model):
    """Where the demonstration's SMS end: a table instead of a telephone. One row per provider id."""

    provider_id = models.CharField(max_length=120, unique=True)
    phone = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.provider_id

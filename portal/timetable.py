"""What beat rings for, and when. The timetable is rows, so an operator can move an hour without a release."""

import json

from django.conf import settings
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask


def load() -> None:
    """Write the entries that are not there yet; hours that somebody changed stay."""
    quick, _ = IntervalSchedule.objects.get_or_create(every=settings.LEDGER_SWEEP_SECONDS, period="seconds")
    hourly, _ = CrontabSchedule.objects.get_or_create(minute="5", hour="*", timezone="Asia/Shanghai")
    minutely, _ = CrontabSchedule.objects.get_or_create(minute="*", hour="*", timezone="Asia/Shanghai")
    five, _ = CrontabSchedule.objects.get_or_create(minute="*/5", hour="*", timezone="Asia/Shanghai")
    early, _ = CrontabSchedule.objects.get_or_create(minute="10", hour="4", timezone="Asia/Shanghai")
    nightly, _ = CrontabSchedule.objects.get_or_create(minute="30", hour="1", timezone="Asia/Shanghai")
    digest_hour, _ = CrontabSchedule.objects.get_or_create(
        minute="0", hour=str(settings.DIGEST_HOUR), timezone="Asia/Shanghai"
    )
    for name, task, schedule in (
        ("台账巡查", "ledger.sweep", {"interval": quick}),
        ("故障监测", "outages.probe", {"crontab": minutely}),
        ("窗口延长起草", "certification.extend", {"crontab": five}),
        ("公示与有效期到期", "certification.hourly", {"crontab": hourly}),
        ("留痕封存", "audit.seal", {"crontab": minutely}),
        ("留痕核对", "audit.verify", {"crontab": early}),
        ("材料补扫", "enterprises.scan_pending", {"crontab": minutely}),
        ("账号清理", "accounts.sweep", {"crontab": early}),
        ("材料核对", "enterprises.reconcile", {"crontab": early}),
        ("夜间复核", "certification.nightly", {"crontab": nightly}),
        ("发送消息", "mailroom.carry", {"crontab": minutely}),
        ("每日汇总", "mailroom.digest", {"crontab": digest_hour}),
        ("送达待办", "mailroom.fallback", {"crontab": hourly}),
    ):
        PeriodicTask.objects.get_or_create(name=name, defaults={"task": task, "args": json.dumps([]), **schedule})

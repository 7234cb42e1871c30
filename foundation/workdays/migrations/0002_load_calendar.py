"""Seed holidays and 调休 from the public calendar package; years it does not know stay "not announced"."""

import datetime

import chinese_calendar
from django.db import migrations

FIRST = 2022


def load(apps, schema_editor):
    day_model = apps.get_model("workdays", "Day")
    year_model = apps.get_model("workdays", "Year")
    days = []
    year = FIRST
    while True:
        try:
            chinese_calendar.is_holiday(datetime.date(year, 12, 31))
        except NotImplementedError:
            break
        day = datetime.date(year, 1, 1)
        while day.year == year:
            works = chinese_calendar.is_workday(day)
            if works != (day.weekday() < 5):
                days.append(day_model(day=day, is_workday=works, note="调休上班" if works else "放假"))
            day += datetime.timedelta(days=1)
        year_model.objects.create(year=year, is_announced=True, source="国务院办公厅节假日安排通知")
        year += 1
    year_model.objects.create(year=year, is_announced=False)
    day_model.objects.bulk_create(days)


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

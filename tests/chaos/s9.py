"""S9: every table that leaves the portal, with hostile text in every text column; cells stay text and come back unchanged."""

import logging
import re
import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import django

from tests.chaos.stage import arguments, prepare, tell

TEXTS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://example.org")',
    "=cmd|' /C calc'!A0",
    "\t=1",
    "http://example.org/",
    "中文，“引号”",
    "<b>x</b>",
]
NUMBERS = {
    "在本环节（工作日）", "时限（工作日）", "件数", "一半在几个工作日内", "九成在几个工作日内", "首次提交年份", "收到", "通过", "未通过", "撤回",
    "办理中", "通过率（%）", "退回补正（件）", "未通过（件）",
}  # fmt: skip
"""Columns that are counted, not typed: these may be numbers; nothing typed by anybody may become one."""


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    import xlsxwriter
    from django.db import connection
    from python_calamine import load_workbook

    from certification.models import Application
    from foundation.accounts.models import User
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import system_scope
    from foundation.audit.record import record
    from tests.building.addresses import addresses
    from tests.chaos.crowd import few
    from tests.chaos.matrix import Stage

    if asked.plant == "formulas_allowed":
        real = xlsxwriter.Workbook.__init__
        xlsxwriter.Workbook.__init__ = lambda self, out, options=None: real(self, out, {"in_memory": True})
        sheet = xlsxwriter.worksheet.Worksheet
        sheet.write_string = lambda self, row, column, text, *more: sheet.write(self, row, column, text, *more)
    stage = Stage()
    with system_scope("drill"), connection.cursor() as db:
        for n, text in enumerate(TEXTS):
            db.execute(
                "UPDATE certification_application SET enterprise_name = %s, answers = answers || jsonb_build_object('main_product', %s::text) WHERE id %% 10 = %s",
                [text, text, n],
            )
            db.execute("UPDATE enterprises_enterprise SET name = %s WHERE id %% 10 = %s", [text, n])
        db.execute("UPDATE accounts_user SET name = '=1+1'")
        calls = list(
            Application.objects.filter(state="province_review").values_list("call__public_id", flat=True).distinct()
        )
        who = Principal.of_user(User.objects.get(username="xingqing"))
        for text in TEXTS:
            record(
                "user.login",
                User.objects.get(username="xingqing"),
                actor=replace(who, name=text),
                sentence=text,
                reason=text,
            )
    # A table's columns do not depend on the call; two of them show that the choice of one is no way round.
    asked_for = calls if asked.full else calls[:2]
    tables = formulas = links = cells = changed = outside = 0
    places = []
    for address in addresses():
        if not (address.route.endswith((".xlsx", "export/")) and "<" not in address.route):
            continue
        for who in stage.people if asked.full else few(stage.people):
            if "scopes" in who.name:
                continue
            if asked.plant and formulas:
                break
            for cell in [
                stage.ask(who, "GET", "/" + address.route, address, {"call": call, "view": "all"}) for call in asked_for
            ]:
                if cell.status != 200 or not cell.body.startswith(b"PK"):
                    continue
                tables += 1
                places.append(address.route)
                with zipfile.ZipFile(BytesIO(cell.body)) as book:
                    for name in book.namelist():
                        inside = book.read(name).decode("utf-8", "replace")
                        formulas += len(re.findall(r"<f[ >]", inside))
                        links += len(re.findall(r"<hyperlink |TargetMode=\"External\"", inside))
                        outside += "externalLink" in name or "vbaProject" in name
                read = load_workbook(BytesIO(cell.body))
                for sheet_name in read.sheet_names:
                    rows = read.get_sheet_by_name(sheet_name).to_python()
                    counted = {place for place, word in enumerate(rows[0]) if word in NUMBERS} if rows else set()
                    for row in rows:
                        cells += len(row)
                        changed += sum(
                            1 for place, value in enumerate(row) if not isinstance(value, str) and place not in counted
                        )
    counts = {"tables": tables, "addresses": sorted(set(places)), "cells": cells, "formulas": formulas, "links": links, "external": outside, "cells_that_are_no_text": changed}  # fmt: skip
    fine = not (formulas or links or outside or changed) and len(set(places)) >= 3 and cells > 200
    return tell("S9", asked, counts, "0 formulas, 0 links, every cell is text, or a number that was counted", fine)


if __name__ == "__main__":
    sys.exit(main())

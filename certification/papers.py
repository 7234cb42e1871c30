"""Printed papers by typst: the application form and the certificate, with QR, hash and 样张 until a seal is configured."""

import json
from functools import lru_cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse

from certification.apply import steps_of
from certification.derived import derived
from certification.form_fields import FormField
from certification.lacking import lacking
from certification.last_time import ANEW, last_filed, record_of
from certification.models import Application, Certificate, Correction, Opinion, Submission
from certification.paper_list import held
from certification.permissions import CERTIFICATE
from certification.quiet import told_opinions
from certification.stamp import is_configured, stamp
from certification.tiers import WORDS, CaseType
from certification.years import is_yearly, three_years
from enterprises.items import LISTINGS
from enterprises.words import CHOICES, cn
from foundation import clock
from foundation.regions.models import bodies

FOLDER = Path(__file__).resolve().parent / "sheets"
YES_NO = {True: "是", False: "否"}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts that come with the portal and no others, so that a sheet looks the same wherever it is printed.

    Read once: looking through the machine's fonts for each sheet took ten times as long as setting it.
    """
    folder = Path(str(resources.files("pylopdf_fonts_zh_cn")))
    folders = sorted({str(font.parent) for font in folder.rglob("*.[to]tf")})
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def render(name: str, told: dict[str, Any]) -> bytes:
    """The sheet with its data; data never become markup, they are read as JSON."""
    source = (FOLDER / f"{name}.typ").read_bytes()
    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    return bytes(typst.compile(source, font_paths=_fonts(), sys_inputs=inputs))


def qr(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=1)
    return out.getvalue().decode()


def certificate(found: Certificate) -> bytes:
    """The sheet as issued, with what has become of the title across it once it is over.

    The seal stands on what was decided here and is in force: not on the imported stock, nor on what has ended.
    """
    words = WORDS[found.tier]
    address = settings.BASE_URL + reverse("public:verify", args=[found.number])
    return render(
        "certificate",
        {
            "name": found.enterprise_name, "code": found.credit_code, "tier": found.get_tier_display(), "number": found.number,
            "act": words.act, "by": words.decided_by, "document": found.document_number, "from": cn(found.valid_from),
            "until": cn(found.valid_until), "announced": cn(found.announced_on), "address": address, "qr": qr(address),
            "specimen": not is_configured(), "stamp": "" if found.origin == "imported" or ended(found) else stamp(),
            "ended": ended(found), "imported": found.origin == "imported",
        },
    )  # fmt: skip


def ended(found: Certificate) -> str:
    """Why the title is not in force today, in the words of the register; nothing while it is."""
    today = clock.today()
    if found.runs_on(today):
        return ""
    if found.state != "valid":
        return CERTIFICATE.label(found).officer
    return "尚未生效" if found.valid_from > today else "有效期已满"


def application_form(application: Application, submission: Submission) -> bytes:
    address = settings.BASE_URL + reverse("certification:application", args=[application.public_id])
    known = bodies()
    sections = []
    for step in steps_of(application):
        yearly = {f.name for f in step.fields if is_yearly(f.name)}
        rows = [
            (f.label, shown(f, submission)) for f in step.fields if f.name not in ("truth", "compliance") and f.name not in yearly
        ]  # fmt: skip
        rows += derived(step.code, application, submission)
        if rows or yearly:
            table = three_years(submission, yearly, application.judged_on)
            sections.append({"title": step.title, "rows": rows, "years": table})
    sections += listed_in(submission)
    title = WORDS[application.tier].form
    if application.case_type == CaseType.RENEWAL:
        sections.insert(
            0, {"title": "有效期内的记录", "rows": record_of(application, submission.submitted_at), "years": None}
        )
        sections += differences_of(application, submission)
        title = title.replace("申请书", "复核申请书").replace("自评表", "复核自评表")
    return render(
        "application",
        {
            "title": title, "name": application.enterprise_name, "code": application.credit_code,
            "receipt": application.receipt_number, "body": known[application.region_path].name, "recommended": recommended_on(application, submission),
            "submitted": submission.submitted_at.astimezone().strftime("%Y-%m-%d %H:%M"), "version": submission.number,
            "rule": application.rule_set_code, "sections": sections,
            "papers": [paper["title"] for paper in submission.evidence], "hash": submission.content_hash,
            "signed": str(submission.answers.get("signed_by", "")), "opinions": opinions_on(application, submission), "address": address, "qr": qr(address),
        },
    )  # fmt: skip


def listed_in(submission: Submission) -> list[dict[str, Any]]:
    """Rights, awards, certificates one by one, as they stood when the form was filed."""
    return [
        {"title": LISTINGS[code].label, "rows": [(f"{n}. {title}", detail or "—") for n, (title, detail) in enumerate(rows, 1)], "years": None}
        for code, rows in submission.listed.items()
    ]  # fmt: skip


def recommended_on(application: Application, submission: Submission) -> str:
    """推荐时间 on the cover: the day of the last recommendation of this version; empty before the first."""
    days = [row.at for row in recommendations(application, submission)]
    return cn(max(days).astimezone()) if days else ""


def recommendations(application: Application, submission: Submission) -> list[Opinion]:
    return [
        row
        for row in told_opinions(application)
        if row.conclusion == "recommend" and row.submission_number == submission.number
    ]


def opinions_on(application: Application, submission: Submission) -> list[dict[str, str]]:
    """申请书 十: what the recommending offices have said of this version, as far as the firm may know; else a box for the pen."""
    return [
        {"office": row.office_name, "words": row.text or "同意推荐", "day": cn(row.at.astimezone())}
        for row in recommendations(application, submission)
    ]


def differences_of(application: Application, submission: Submission) -> list[dict[str, Any]]:
    """What differs from the form of last time, as the last part of the printed form; nothing where there was none."""
    last = last_filed(application.enterprise_id, application.tier, application.pk, submission.submitted_at)
    if last is None:
        return []
    pairs = [
        (f.label, shown(f, last), shown(f, submission)) for step in steps_of(application) for f in step.fields if f.name not in ANEW
    ]  # fmt: skip
    rows = [(label, f"上次：{before}\n这次：{now}") for label, before, now in pairs if before != now]
    return [{"title": "与上次申报不同的地方", "rows": rows or [("全部", "与上次一致")], "years": None}]


def checklist(application: Application) -> bytes:
    """材料清单 to take along: every paper that the call asks for, what is in the vault, and what each step still lacks."""
    address = settings.BASE_URL + reverse("certification:application", args=[application.public_id])
    papers = [
        {
            "title": line.title, "hint": line.hint, "is_required": line.is_required,
            "held": "、".join(file.original_name for file in files),
        }
        for line, files in held(application.call, application.enterprise_id)
    ]  # fmt: skip
    steps = [{"title": lack.step.title, "missing": lack.labels} for lack in lacking(application).values()]
    return render(
        "checklist",
        {
            "title": f"{application.get_tier_display()}{application.get_case_type_display()}材料清单",
            "name": application.enterprise_name, "code": application.credit_code, "call": application.call.title,
            "closes": application.call.closes_at.astimezone().strftime("%Y年%-m月%-d日 %H:%M"), "papers": papers,
            "steps": steps, "printed": cn(clock.today()), "address": address, "qr": qr(address),
        },
    )  # fmt: skip


def correction_notice(application: Application, correction: Correction, number: int) -> bytes:
    """一次性告知书: everything that is to be corrected, at once, with the clause and how to mend it."""
    address = settings.BASE_URL + reverse("certification:application", args=[application.public_id])
    labels = {f.name: f.label for step in steps_of(application) for f in step.fields} | {"papers": "附件材料"}
    rows = [(labels.get(i["field"], i["field"]), i["reason"], i.get("clause", "")) for i in correction.items]
    return render(
        "notice",
        {
            "name": application.enterprise_name, "code": application.credit_code, "receipt": application.receipt_number,
            "tier": f"{application.get_tier_display()}{application.get_case_type_display()}", "office": correction.office_name,
            "day": cn(correction.opened_at.astimezone()), "number": number, "rows": rows, "note": correction.note,
            "due": cn(correction.due_on) if correction.due_on else "", "address": address, "qr": qr(address),
        },
    )  # fmt: skip


def shown(field: FormField, submission: Submission) -> str:
    """The answer as a person reads it; what was not filled stays a dash.

    A figure lies among the facts where a rule of that year read it, else among the answers.
    """
    first, second = submission.facts, submission.answers
    if not field.is_fact:
        first, second = second, first
    value = first.get(field.name, second.get(field.name))
    if field.kind == "list" and not field.is_fact:
        value = [{}] * len(submission.listed.get(field.name, ()))
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return f"{len(value)} 项，逐条见后"
        return "、".join(CHOICES.get(field.name, {}).get(v, str(v)) for v in value)
    words = CHOICES.get(field.name, {}).get(value)
    if words is None and field.kind == "enum" and str(value).isdigit():
        words = CHOICES.get(field.name, {}).get(int(value))
    return words or field.said(value)

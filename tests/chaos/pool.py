"""What the matrix lays before people: ids of everything from several places, with words in them that sing when they get out."""

import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable

import pikepdf
from django.db import connection

from certification.highlight import highlight
from certification.models import (
    Application,
    Call,
    Certificate,
    Correction,
    Interpretation,
    Letter,
    Meeting,
    Objection,
    Posting,
    RuleSet,
    Target,
)  # fmt: skip
from enterprises.attach import keep
from enterprises.models import Enterprise, Evidence, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import system_scope
from foundation.exchange.models import ApiClient
from foundation.ledger.models import WorkItem
from incentives.models import MeasureItem
from tests.chaos.furnishing import furnish


def plant_canaries() -> None:
    """Private words of each enterprise, in every private place that is shown somewhere."""
    with system_scope("drill"):
        # One link that waits for a county to read its letter.
        asked = Membership.objects.get(user__username="qiye-xin")
        paper = Evidence.objects.order_by("id").first()
        Evidence.objects.filter(pk=paper.pk).update(enterprise_id=asked.enterprise_id, kind="authorisation_letter")
        Enterprise.objects.filter(pk=asked.enterprise_id).update(region_path="64/6401/640104")
        Membership.objects.filter(pk=asked.pk).update(method="letter", letter=paper, region_path="64/6401/640104")
        for sql in (
            "UPDATE enterprises_evidence SET title = '材料雀' || enterprise_id || '号', original_name = '雀' || enterprise_id || '号.pdf'",
            "UPDATE certification_incident SET facts = '情况雀' || enterprise_id || '号'",
            "UPDATE certification_visitline SET claim = '申报雀' || enterprise_id || '号'",
            "UPDATE certification_visitphoto SET original_name = '照片雀' || enterprise_id || '号.jpg'",
            "UPDATE certification_consultation SET details = '答复雀' || enterprise_id || '号'",
            "UPDATE certification_leaving SET reason = '理由雀' || enterprise_id || '号'",
            "UPDATE certification_assistance SET missing = jsonb_build_array('缺项雀' || enterprise_id || '号')",
            "UPDATE certification_opinion o SET text = '意见雀' || a.enterprise_id || '号' FROM certification_application a WHERE a.id = o.application_id",
            "UPDATE accounts_user u SET name = '经办雀' || m.enterprise_id || '号' FROM enterprises_membership m WHERE m.user_id = u.id AND m.state <> 'ended'",
            "UPDATE certification_application SET answers = answers || jsonb_build_object('contact_name', '联系人雀' || enterprise_id || '号',"
            " 'overview', '概况雀' || enterprise_id || '号') WHERE state IN ('screening', 'city_review', 'province_review', 'returned')",
            "UPDATE certification_application SET answers = answers || jsonb_build_object('contact_name', '联系人鹀' || enterprise_id || '号',"
            " 'overview', '概况鹀' || enterprise_id || '号') WHERE state = 'draft'",
        ):
            with connection.cursor() as db:
                db.execute(sql)


def plant_files(papers: Iterable[Evidence]) -> None:
    """A file of its own for each paper, with the firm's word in it: who is handed the bytes can be seen to have them."""
    for paper in papers:
        page = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(page)
        content = page.getvalue() + f"\n% 雀{paper.enterprise_id}号 {paper.pk}\n".encode()
        digest = hashlib.sha256(content).hexdigest()
        keep(content, digest)
        Evidence.objects.filter(pk=paper.pk).update(
            sha256=digest, size=len(content), media_type="application/pdf", scan_state="unscanned"
        )


def laid_out() -> dict[str, list[str]]:
    """Ids by kind: some of each state and of several places, so that for everybody some are foreign."""
    pool: dict[str, list[str]] = defaultdict(list)
    for path in ("64/6401/640104", "64/6402/640202", "64/ND", "64/6401/JK", "64"):
        end = f"{path}~" if path != "64" else "65"
        here = {"region_path__gte": path, "region_path__lt": end}
        for state in ("draft", "screening", "province_review", "returned", "to_refuse"):
            pool["application"] += Application.objects.filter(state=state, **here).values_list("public_id", flat=True)[
                :1
            ]
        pool["evidence"] += Evidence.objects.filter(
            enterprise__region_path__gte=path, enterprise__region_path__lt=end
        ).values_list("public_id", flat=True)[:1]
        pool["enterprise"] += Enterprise.objects.filter(**here).values_list("public_id", flat=True)[:1]
        pool["credit_code"] += Enterprise.objects.filter(**here).values_list("credit_code", flat=True)[:1]
        pool["membership"] += (
            Membership.objects.filter(**here).order_by("-state").values_list("public_id", flat=True)[:1]
        )
        pool["certificate"] += Certificate.objects.filter(**here).values_list("number", flat=True)[:1]
        pool["certificate_id"] += Certificate.objects.filter(**here).values_list("public_id", flat=True)[:1]
    pool["call"] = list(Call.objects.values_list("public_id", flat=True)[:2])
    pool["quiet"] = list(
        Application.objects.filter(
            state="to_refuse", refused_from="city_review", region_path__startswith="64/6401/"
        ).values_list("public_id", flat=True)[:2]
    )
    pool["target"] = list(Target.objects.exclude(region_path="64").values_list("public_id", flat=True)[:1])
    pool["posting"] = list(Posting.objects.exclude(state="draft").values_list("public_id", flat=True)[:2])
    pool["drafted_list"] = list(Posting.objects.filter(state="draft").values_list("public_id", flat=True)[:1])
    pool["file"] = list(Posting.objects.exclude(file_hash="").values_list("file_hash", flat=True)[:1])
    pool["objection"] = list(Objection.objects.values_list("public_id", flat=True)[:1])
    pool["letter"] = list(Letter.objects.values_list("public_id", flat=True)[:1])
    pool["meeting"] = list(Meeting.objects.values_list("public_id", flat=True)[:1])
    pool["rule_set"] = list(RuleSet.objects.exclude(tier="").order_by("id").values_list("public_id", flat=True)[:2])
    pool["rule_code"] = list(RuleSet.objects.values_list("code", flat=True)[:2])
    pool["user"] = list(
        User.objects.filter(username__in=["xingqing", "sheng-shenhe"]).values_list("public_id", flat=True)
    )
    pool["client"] = list(ApiClient.objects.values_list("client_id", flat=True)[:2])
    pool["measure"] = [*MeasureItem.objects.values_list("code", flat=True)[:2], "M01"]
    pool["work"] = [str(pk) for pk in WorkItem.objects.values_list("pk", flat=True)[:2]]
    pool["membership"].insert(0, Membership.objects.get(state="pending", method="letter").public_id)
    pool["membership"].insert(1, Membership.objects.get(user__username="qiye-caiwu").public_id)
    from enterprises.items import LISTINGS
    from enterprises.models import IntellectualProperty

    pool["list"] = ["intellectual_property"] if "intellectual_property" in LISTINGS else list(LISTINGS)[:1]
    pool["section"] = ["innovation", "identity"]
    pool["application"].insert(
        0, Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang").public_id
    )
    firm = Enterprise.objects.get(memberships__user__username="qiye-wang")
    if not IntellectualProperty.objects.filter(enterprise=firm).exists():
        one = IntellectualProperty.objects.order_by("id").first()
        IntellectualProperty.objects.filter(pk=one.pk).update(enterprise=firm)
    pool["item"] = list(IntellectualProperty.objects.filter(enterprise=firm).values_list("public_id", flat=True)[:2])
    pool["problem"] = ["not_found", "invalid"]
    plant_files(Evidence.objects.filter(public_id__in=pool["evidence"]))
    on_the_desk(pool)
    furnish(pool)
    return {kind: list(dict.fromkeys(ids)) for kind, ids in pool.items()}


def on_the_desk(pool: dict[str, list[str]]) -> None:
    """A case with a paper, a mark and a return of its own, so that the addresses below a case are reached."""
    case = Application.objects.filter(state="screening", region_path="64/6401/640104").order_by("id").first()
    filed = case.submissions.first()
    reviewer = Principal.of_user(User.objects.get(username="xingqing"))
    made = highlight(case, filed.evidence[0]["sha256"], 1, "标注（演练）", actor=reviewer)
    pool["application"].insert(0, case.public_id)
    pool["mark"], pool["paper"] = [made.public_id], [filed.evidence[0]["public_id"]]
    pool["evidence"].insert(0, filed.evidence[0]["public_id"])
    pool["criterion"] = [filed.result["criteria"][0]["code"]]
    pool["interpretation"] = list(Interpretation.objects.filter(state="asked").values_list("public_id", flat=True)[:1])
    draft = Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")
    for one in (case, draft):
        Correction.objects.create(
            application=one, enterprise_id=one.enterprise_id, region_path=one.region_path, stage="screening",
            office_name="演练", items=[{"field": "overview", "reason": f"请补充，雀{one.enterprise_id}号", "clause": ""}],
            opened_at=clock.now(), answered_at=clock.now(),
        )  # fmt: skip

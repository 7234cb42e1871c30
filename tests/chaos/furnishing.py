"""One of each thing that the procedures know, laid where the matrix's people can reach it; the words of each carry canaries."""

from collections import defaultdict

from certification import announce
from certification.models import (
    AgendaItem,
    Application,
    Assignment,
    Assistance,
    BlindPaper,
    Call,
    Certificate,
    Cohort,
    Consultation,
    Exit,
    Extension,
    Incident,
    Leaving,
    Letter,
    MajorChange,
    Meeting,
    MeetingMember,
    Objection,
    ObjectionPaper,
    Posting,
    RecommendationDraft,
    RecommendationLine,
    Reconsideration,
    Round,
    TermExtension,
    Visit,
    VisitPhoto,
    VisitSample,
)  # fmt: skip
from certification.permissions import RECOMMENDATION_DRAFT, TERM_EXTENSION
from certification.tiers import NATIONAL
from enterprises.models import Evidence, Membership, OutsideTitle
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.ledger.models import WorkItem
from foundation.mailroom.models import Fallback, Message
from foundation.mailroom.posting import send
from foundation.outages.models import Outage
from foundation.transitions import begin


def furnish(pool: dict[str, list[str]]) -> None:
    """Fill the pool's kinds for objections, letters, meetings, expert rounds, exits and mail."""
    served = Letter.objects.filter(state="served").order_by("id").first()
    noticed = Exit.objects.filter(state="noticed").order_by("id").first()
    member = User.objects.get(username="qiye-wang")
    helped = Assistance.objects.order_by("id").first()
    left = Leaving.objects.order_by("id").first()
    for firm in (served.enterprise, noticed.enterprise, helped.enterprise, left.enterprise):
        Membership.objects.get_or_create(
            user=member, enterprise=firm,
            defaults={
                "region_path": firm.region_path, "enterprise_name": firm.name, "role": "owner", "state": "verified",
                "method": "platform", "requested_at": clock.now(), "decided_at": clock.now(),
            },
        )  # fmt: skip
    Reconsideration.objects.get_or_create(
        letter=served,
        defaults={
            "application": served.application, "enterprise_id": served.enterprise_id, "region_path": served.region_path,
            "office_path": served.office_path, "grounds": f"请求复审，雀{served.enterprise_id}号", "state": "requested",
            "requested_by": member, "requested_by_name": "演练",
        },
    )  # fmt: skip
    objection = Objection.objects.order_by("id").first()
    file = Evidence.objects.order_by("id").first()
    paper = ObjectionPaper.objects.create(
        objection=objection, region_path=objection.region_path, original_name="依据.pdf", media_type=file.media_type,
        size=file.size, sha256=file.sha256, scan_state="clean",
    )  # fmt: skip
    meeting = Meeting.objects.order_by("id").first()
    item = AgendaItem.objects.filter(meeting=meeting).order_by("place").first()
    told = send(
        [User.objects.get(username="xingqing"), User.objects.get(username="qiye-zhang")],
        subject="演练", body="演练", due_on=clock.today(),
    )  # fmt: skip
    legal = Message.objects.filter(kind="legal", fallback=None).order_by("id").first()
    if legal is not None:
        Fallback.objects.create(
            message=legal,
            region_path="64/6401/640104",
            enterprise_id=legal.enterprise_id,
            why="演练",
            opened_at=clock.now(),
        )
    new: dict[str, list[str]] = defaultdict(list)
    new["objection_paper"] = [paper.public_id]
    new["objection"] = [objection.public_id]
    new["meeting"], new["place"] = [meeting.public_id], [str(item.place)]
    new["letter"] = [served.public_id, *Letter.objects.exclude(pk=served.pk).values_list("public_id", flat=True)[:2]]
    new["refused"] = list(
        Application.objects.filter(pk__in=Letter.objects.values("application_id")).values_list("public_id", flat=True)[
            :3
        ]
    )
    new["round"] = list(Round.objects.values_list("public_id", flat=True)[:2])
    new["assignment"] = list(Assignment.objects.values_list("public_id", flat=True)[:6])
    new["exit"] = [noticed.public_id]
    new["decided_exit"] = [decided(noticed).public_id]
    new["valid_title"] = list(Certificate.objects.filter(state="valid").values_list("number", flat=True)[:2])
    new["cohort"] = list(Cohort.objects.values_list("public_id", flat=True)[:1])
    new["renewal_call"] = list(Call.objects.filter(case_type="renewal").values_list("public_id", flat=True)[:1])
    new["message"] = [m.public_id for m in told]
    new["fallback"] = list(
        Fallback.objects.filter(closed_at=None, region_path="64/6401/640104").values_list("public_id", flat=True)[:2]
    )
    new["reconsideration"] = list(Reconsideration.objects.values_list("public_id", flat=True)[:1])
    new["change"] = [MajorChange.objects.order_by("id").first().public_id]
    new["incident"] = list(Incident.objects.order_by("id").values_list("public_id", flat=True)[:3])
    new["outage"] = list(Outage.objects.values_list("public_id", flat=True)[:1])
    new["extended_call"] = list(Extension.objects.values_list("call__public_id", flat=True)[:1])
    owed = TermExtension(
        kind="hearing", ends_on=clock.today(), workdays=1, minutes=45,
        evidence=[{"began": clock.now().isoformat(), "ended": clock.now().isoformat(), "what": "演练", "source": "演练", "id": "演练"}],
    )  # fmt: skip
    new["extended_term"] = [begin(owed, actor=Principal.system("drill"), machine=TERM_EXTENSION, audience="office").public_id]
    seen = Visit.objects.order_by("id").first()
    shot = VisitPhoto.objects.create(
        visit=seen, enterprise=seen.enterprise, region_path=seen.region_path, key="drill-photo", original_name="现场.jpg",
        media_type=file.media_type, size=file.size, sha256=file.sha256, scan_state="clean", received_at=clock.now(), by_name="演练",
    )  # fmt: skip
    lot = VisitSample.objects.create(
        call=seen.application.call, share=0, seed="ab" * 32, algorithm="（演练）", triggers_version="示例-1", among=0, triggered=0, drawn=0,
        by_name="演练", at=clock.now(),
    )  # fmt: skip
    new["visit_sample"] = [lot.public_id]
    new["visit"], new["photo_id"] = [seen.public_id], [shot.public_id]
    asked = Consultation.objects.order_by("id")
    new["consultation"] = [
        *asked.exclude(office=None).values_list("public_id", flat=True)[:1],
        *asked.filter(office=None).values_list("public_id", flat=True)[:1],
    ]
    new["own_title"] = list(
        Certificate.objects.filter(state="valid", enterprise__memberships__user__username="qiye-zhang").values_list(
            "number", flat=True
        )[:2]
    )
    new["at_province"] = list(
        Application.objects.filter(state="province_review").values_list("public_id", flat=True)[:3]
    )
    ready = Application.objects.filter(state="decided").select_related("call").order_by("id").first()
    author = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    drafted = announce.draft(ready.call, [ready], actor=author, document_number="（演练）9号")
    new["announcement_draft"] = [drafted.public_id]
    national = Application.objects.filter(state="province_review", tier__in=NATIONAL).select_related("call").first()
    letter_draft = begin(
        RecommendationDraft(
            call=national.call, region_path="64", title="推荐稿（演练）", letter_number="（演练）10号",
            drafted_by_id=author.user_id, drafted_by_name=author.name,
        ),
        actor=author, machine=RECOMMENDATION_DRAFT, audience="office",
    )  # fmt: skip
    RecommendationLine.objects.create(draft=letter_draft, application=national, region_path="64", place=1)
    new["recommendation_draft"] = [letter_draft.public_id]
    # The demo's list was drawn up by its first leader, who is the only one here: somebody has to be able to publish it.
    Posting.objects.filter(state="draft").update(drafted_by=author.user_id, drafted_by_name=author.name)
    new["month"] = ["2026-08"]
    new["leaving"] = list(Leaving.objects.order_by("id").values_list("public_id", flat=True)[:2])
    new["assistance"] = list(Assistance.objects.order_by("id").values_list("public_id", flat=True)[:3])
    new["outside"] = [OutsideTitle.objects.order_by("id").first().public_id]
    new["renewal"] = list(Application.objects.filter(case_type="renewal").values_list("public_id", flat=True)[:2])
    new["slice"] = [str(pk) for pk in WorkItem.objects.filter(kind="rereview.slice").values_list("pk", flat=True)[:1]]
    new["member"] = [
        str(pk) for pk in MeetingMember.objects.filter(meeting=meeting, is_chair=False).values_list("pk", flat=True)[:1]
    ]
    by_hand = BlindPaper.objects.filter(case__round__public_id__in=new["round"]).order_by("case__round", "id").first()
    offerer = User.objects.get(username="sheng-heyi")
    BlindPaper.objects.filter(pk=by_hand.pk).update(
        redacted_sha256=file.sha256, redacted_by=offerer, redacted_at=clock.now(), withheld="演练"
    )
    new["redacting"], new["case"], new["blind_number"] = (
        [by_hand.case.round.public_id],
        [by_hand.case.public_id],
        [str(by_hand.number)],
    )
    # Whom the lot falls on differs from one world to the next: some task whose first paper may be read is always among them.
    open_papers = BlindPaper.objects.filter(number=1, withheld="").exclude(sha256="").values("case")
    readable = Assignment.objects.filter(state__in=["declared", "scored"], case__in=open_papers).order_by("id")
    new["assignment"] = [*readable.values_list("public_id", flat=True)[:2], *new["assignment"]]
    # The boss has been given other firms above; a page of their own colleagues speaks of the first of them.
    boss = Membership.objects.filter(user__username="qiye-wang", state="verified").order_by("enterprise_id").first()
    Membership.objects.filter(pk=boss.pk).update(role="owner")
    helper, _ = User.objects.get_or_create(username="drill-colleague", defaults={"name": "同事（演练）"})
    colleague = Membership.objects.create(
        user=helper, enterprise=boss.enterprise, region_path=boss.region_path, enterprise_name=boss.enterprise_name,
        role="editor", state="verified", method="colleague", requested_at=clock.now(), decided_at=clock.now(),
    )  # fmt: skip
    new["colleague"] = [colleague.public_id]
    own = Application.objects.filter(submissions__isnull=False, enterprise__memberships__user__username="qiye-zhang")
    new["own_filed"] = list(own.distinct().values_list("public_id", flat=True)[:1])
    pool.update(new)


def decided(like: Exit) -> Exit:
    """A decision to end a title that nobody of these people has taken, so that a leader may set it aside."""
    title = (
        Certificate.objects.filter(state="valid", tier="innovative")
        .exclude(pk=like.certificate_id)
        .order_by("-id")
        .first()
    )
    row = Exit.objects.create(
        certificate=title, enterprise_id=title.enterprise_id, enterprise_name=title.enterprise_name, region_path=title.region_path,
        tier=title.tier, ground=like.ground, clause=like.clause, facts=f"事实雀{title.enterprise_id}号", source="演练",
        opened_by_name="演练", office_name="演练", state="drafted",
    )  # fmt: skip
    for step in ("noticed", "heard", "deliberated", "decided"):
        Exit.objects.filter(pk=row.pk).update(state=step, document_number="（演练）11号", decided_on=clock.today())
    return row

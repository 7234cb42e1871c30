"""The one door for reading: `visible_to(principal)`; everything else narrows what it returns."""

from django.db.models import Q, QuerySet

from certification.models import (
    AnnouncementDraft,
    Application,
    Call,
    Certificate,
    Cohort,
    CohortTitle,
    Expert,
    Finding,
    Letter,
    Meeting,
    Objection,
    Posting,
    RecommendationDraft,
    Reconsideration,
    Restoration,
    Round,
    Score,
)
from foundation.accounts.principal import Principal
from foundation.regions.paths import path_range


def within_reach(principal: Principal, column: str = "region_path") -> Q:
    """Rows at or below the principal's bodies; nobody's reach sees nothing."""
    sight = Q(pk__in=[])
    for path in principal.reach:
        low, high = path_range(path)
        sight |= Q(**{f"{column}__gte": low, f"{column}__lt": high})
    return sight


def applications(principal: Principal) -> QuerySet[Application]:
    """An enterprise sees its own; an office sees what was submitted at or below its body, drafts excepted."""
    if principal.is_member:
        return Application.objects.filter(enterprise_id__in=principal.enterprise_ids)
    return Application.objects.filter(within_reach(principal)).exclude(state="draft").exclude(submitted_at=None)


def calls(principal: Principal) -> QuerySet[Call]:
    """Drafts are the province's own."""
    everything = Call.objects.all()
    return everything if principal.level == "province" else everything.exclude(state="draft")


def was_public() -> Q:
    """Lists that run or have run, and those that were taken down after they had begun."""
    return Q(state__in=["running", "ended"]) | Q(state="cancelled", starts_on__isnull=False)


def postings(principal: Principal) -> QuerySet[Posting]:
    """Published lists are everybody's; a draft is seen by the office that writes it."""
    public = was_public()
    if principal.is_official:
        return Posting.objects.filter(public | within_reach(principal))
    return Posting.objects.filter(public)


def drafted_lists(principal: Principal) -> QuerySet[Posting]:
    """Lists of one's own office, whatever became of them; nobody above or below works on them."""
    if not (principal.is_official and principal.has_role("reviewer", "leader")):
        return Posting.objects.none()
    return Posting.objects.filter(region_path=principal.office_path).select_related("call", "meeting")


def drafted_announcements(principal: Principal) -> QuerySet[AnnouncementDraft]:
    """The province's reviewers and leaders."""
    if not (principal.is_official and principal.level == "province" and principal.has_role("reviewer", "leader")):
        return AnnouncementDraft.objects.none()
    return AnnouncementDraft.objects.select_related("call", "announcement")


def drafted_recommendations(principal: Principal) -> QuerySet[RecommendationDraft]:
    """The province's reviewers and leaders."""
    if not (principal.is_official and principal.level == "province" and principal.has_role("reviewer", "leader")):
        return RecommendationDraft.objects.none()
    return RecommendationDraft.objects.select_related("call")


def certificates(principal: Principal) -> QuerySet[Certificate]:
    """Titles are public; the reader's reach only narrows the working lists of officials."""
    if principal.is_member:
        return Certificate.objects.filter(enterprise_id__in=principal.enterprise_ids)
    return Certificate.objects.filter(within_reach(principal))


def register() -> QuerySet[Certificate]:
    """The public register: every title, ended ones included, because history is public too."""
    return Certificate.objects.all()


def restorations() -> QuerySet[Restoration]:
    """Titles given back after their decision was set aside; public as the decision was."""
    return Restoration.objects.filter(exit__isnull=False).select_related("certificate")


def findings(principal: Principal) -> QuerySet[Finding]:
    return Finding.objects.filter(within_reach(principal), closed_on=None).select_related("certificate")


def rounds(principal: Principal) -> QuerySet[Round]:
    """The province's desk of expert review; how a round was drawn is public, its cases are not."""
    if not (principal.is_official and principal.level == "province" and principal.has_role("reviewer", "leader")):
        return Round.objects.none()
    return Round.objects.all()


def drawn_rounds() -> QuerySet[Round]:
    """What everybody may check: every round that was drawn, cancelled ones included."""
    return Round.objects.exclude(drawn_at=None)


def experts(principal: Principal) -> QuerySet[Expert]:
    return Expert.objects.filter(within_reach(principal)).select_related("user")


def scores(round_: Round) -> QuerySet[Score]:
    """Nothing before the round is closed, whoever asks; the database says the same."""
    return Score.objects.filter(assignment__round=round_, assignment__round__state="closed")


def objections(principal: Principal) -> QuerySet[Objection]:
    """The office whose list was objected to. Nobody else: not the offices above it, and never the firm."""
    if not principal.is_official:
        return Objection.objects.none()
    return Objection.objects.filter(region_path=principal.office_path).select_related("posting", "application")


def letters(principal: Principal) -> QuerySet[Letter]:
    """The office that decided sees all of its own; the firm what was served to it."""
    rows = Letter.objects.select_related("application")
    if principal.is_member:
        return rows.filter(enterprise_id__in=principal.enterprise_ids, state="served")
    return rows.filter(office_path=principal.office_path) if principal.is_official else rows.none()


def meetings(principal: Principal) -> QuerySet[Meeting]:
    """The province's reviewers and leaders; votes are nobody else's business."""
    if not (principal.is_official and principal.level == "province" and principal.has_role("reviewer", "leader")):
        return Meeting.objects.none()
    return Meeting.objects.select_related("call")


def reconsiderations(principal: Principal) -> QuerySet[Reconsideration]:
    """The firm's own; for officials those of their office and of the offices below it, because the one above may act."""
    rows = Reconsideration.objects.select_related("letter", "application")
    if principal.is_member:
        return rows.filter(enterprise_id__in=principal.enterprise_ids)
    return rows.filter(within_reach(principal, "office_path"))


def published_cohorts() -> QuerySet[Cohort]:
    """What everybody may check: every list that was filled, with its seed."""
    return Cohort.objects.exclude(filled_at=None).select_related("call")


def cohort_titles(principal: Principal) -> QuerySet[CohortTitle]:
    """The titles of re-review lists in the office's reach."""
    if not (principal.is_official and principal.has_role("reviewer", "leader")):
        return CohortTitle.objects.none()
    return CohortTitle.objects.filter(within_reach(principal))

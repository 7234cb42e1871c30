"""Two people put a list before the public: why somebody cannot be the second one, and who can (features N7).

As with letters and overrides there is no way around it where an office has one leader: any reviewer of the office may draft, so the
leader stays free to publish; a list that the only leader drafted himself is discarded and drafted by a colleague.
"""

from certification.models import AnnouncementDraft, Posting, RecommendationDraft
from certification.notify import leaders_of
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.refusals import Refused

Draft = Posting | AnnouncementDraft | RecommendationDraft


def others(draft: Draft) -> list[User]:
    """Today's leaders of its office, without the one who drafted it."""
    return [person for person in leaders_of({draft.region_path}) if person.pk != draft.drafted_by_id]


def drafted_it(draft: Draft, principal: Principal) -> bool:
    return draft.drafted_by_id is not None and draft.drafted_by_id == principal.user_id


def waits_for(draft: Draft, principal: Principal) -> str:
    """In words, for somebody of the office who cannot make it public: why not, and who can."""
    able = "、".join(str(person) for person in others(draft))
    act = "推荐" if isinstance(draft, RecommendationDraft) else "公布"
    if drafted_it(draft, principal):
        if able:
            return f"这是您拟的稿，{act}由另一位负责人办理：{able}。"
        return (
            "这是您拟的稿，本单位没有另一位负责人。"
            f"请写明理由撤销，由审核岗的同事重新拟稿，您来{act}；或请单位管理员给另一位同事设负责人岗位。"
        )
    if able:
        return f"{act}由负责人办理：{able}。"
    return f"本单位没有拟稿人以外的负责人，现在没有人可以{act}。请单位管理员设负责人岗位，或写明理由撤销后由另一位同事拟稿。"


def refuse_the_same_person(draft: Draft, actor: Principal) -> None:
    """Refused("forbidden") for the one who drafted it, in words that say who can."""
    if drafted_it(draft, actor):
        raise Refused("forbidden", waits_for(draft, actor))

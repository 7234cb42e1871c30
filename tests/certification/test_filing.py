"""What is judged, shown, signed and kept is one and the same; what is locked stays what it was."""

from decimal import Decimal

import pytest

from certification import apply
from certification.models import Application
from certification.papers import shown
from certification.worksheet import worksheet
from enterprises.facts import facts_of
from enterprises.models import Figure
from enterprises.report import report
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.demo.cases import ANSWERS


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield Principal.system("test")


def who(username):
    return Principal.of_user(User.objects.get(username=username))


@pytest.fixture
def member(house):
    return who("qiye-wang")


@pytest.fixture
def draft(house):
    return Application.objects.get(state="draft", enterprise__memberships__user__username="qiye-wang")


def save(draft, member, **answers):
    return apply.save(draft, answers, seen_version=draft.draft_version, actor=member)


def ready(draft, member):
    return save(draft, member, **(ANSWERS | {"main_product": "精密轴承"}))


def audited(draft, name, value, house):
    report(draft.enterprise, {name: value}, actor=house, on=clock.today(), source="audited")


def field_named(draft, name):
    return next(f for step in apply.steps_of(draft) for f in step.fields if f.name == name)


def revenue_of(draft):
    return Decimal(facts_of(draft.enterprise, clock.today())["revenue_y0"].value)


def test_the_figure_that_was_judged_is_the_figure_that_is_kept_shown_and_printed(draft, member, house):
    before = revenue_of(draft)
    audited(draft, "revenue_y0", str(before), house)
    typed = f"{before + 200:f}"
    save(ready(draft, member), member, revenue_y0=typed)
    filed = apply.submit(draft, actor=member)
    assert (filed.facts["revenue_y0"], filed.sources["revenue_y0"]) == (typed, "self")
    assert filed.result == apply.judged(draft, filed.facts).as_dict()
    assert shown(field_named(draft, "revenue_y0"), filed).startswith(typed)


def test_the_reviewer_sees_what_the_audit_says_beside_a_figure_that_differs(draft, member, house, world):
    before = revenue_of(draft)
    audited(draft, "revenue_y0", str(before), house)
    save(ready(draft, member), member, revenue_y0=f"{before + 200:f}")
    filed = apply.submit(draft, actor=member)
    assert filed.conflicts["revenue_y0"] == [["audited", f"{before:f}"]]
    gates, parts = worksheet(draft, filed, {}, [])
    disputed = [claim for row in [*gates, *parts] for claim in row.disputed if claim.source == "self"]
    assert disputed and {said[0][0] for said in (claim.others for claim in disputed)} == {"audited"}
    page = world.signed_in("dawukou").get(f"/desk/cases/{draft.public_id}/").content.decode()
    assert "不一致" in page and "审计报告" in page


def test_a_figure_that_agrees_keeps_the_better_source(draft, member, house):
    before = revenue_of(draft)
    audited(draft, "revenue_y0", str(before), house)
    save(ready(draft, member), member, revenue_y0=f"{before:,.2f}")
    filed = apply.submit(draft, actor=member)
    assert (filed.facts["revenue_y0"], filed.sources["revenue_y0"]) == (f"{before:f}", "audited")
    assert "revenue_y0" not in filed.conflicts


def test_a_draft_of_december_that_is_filed_in_january_speaks_of_the_years_it_was_begun_in(
    draft, member, settings, world
):
    Application.objects.filter(pk=draft.pk).update(judged_on=draft.judged_on.replace(year=draft.judged_on.year - 1))
    draft.refresh_from_db()
    begun = draft.judged_on
    typed = f"{Decimal(facts_of(draft.enterprise, begun)['revenue_y0'].value) + 1:f}"
    save(ready(draft, member), member, revenue_y0=typed)
    page = world.signed_in("qiye-wang").get(f"/my/applications/{draft.public_id}/finance/").content.decode()
    assert f"{begun.year - 1}年" in page and f"{begun.year}年营业收入" not in page
    filed = apply.submit(draft, actor=member)
    assert filed.facts["revenue_y0"] == typed
    said = Figure.objects.filter(enterprise=draft.enterprise, name="revenue", source="self").order_by("-id").first()
    assert (said.year, f"{said.fen / 1_000_000:g}") == (begun.year - 1, f"{Decimal(typed):g}")


def test_a_case_begun_today_is_judged_as_of_today(draft):
    assert draft.judged_on == clock.today()

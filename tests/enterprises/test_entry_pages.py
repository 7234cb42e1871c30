"""The pages on which a figure is entered, and where both sides see that it differs."""

import re

import pytest

from certification.models import Application
from enterprises.models import Enterprise, FigureEntry
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

DOCUMENT = "研发费用加计扣除汇总 示例1号"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def firm(house):
    return Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")


def given(**changed):
    return {
        "name": "revenue", "year": str(clock.today().year - 1), "value": "3000.5", "source": "government", "issuer": "自治区统计局（测试）",
        "document": "统函〔2026〕2号", "dated_on": "2026-05-06",
    } | changed  # fmt: skip


def test_the_demo_shows_one_conflict_to_the_firm_and_to_the_offices(house, firm):
    mine = house.signed_in("qiye-zhang")
    assert f"某市税务局（演示），{DOCUMENT}" in mine.get("/my/").content.decode()
    assert DOCUMENT in mine.get("/my/facts/").content.decode()
    for who in ("xingqing", "sheng-shenhe"):
        page = house.signed_in(who).get(f"/desk/enterprises/{firm.public_id}/").content.decode()
        assert DOCUMENT in page and "来源不一致" in page


def test_a_reviewer_sees_the_document_where_the_claim_is_compared(house, firm):
    case = Application.objects.filter(enterprise=firm).exclude(submitted_at=None).order_by("-id").first()
    page = house.signed_in("sheng-shenhe").get(f"/desk/cases/{case.public_id}/")
    rows = [
        row for group in (page.context["gates"], page.context["parts"]) for row in group if "rd_expense_y0" in row.facts
    ]
    assert rows, "no criterion of this case reads the research spending"
    beside = house.signed_in("sheng-shenhe").get(f"/desk/cases/{case.public_id}/?at={rows[0].code}").content.decode()
    assert DOCUMENT in beside and "与申报数不同" in beside


def test_the_province_enters_one_on_the_record_and_what_was_refused_is_kept(house, firm):
    client = house.signed_in("sheng-shenhe")
    address = f"/desk/enterprises/{firm.public_id}/figures/"
    assert address in client.get(f"/desk/enterprises/{firm.public_id}/").content.decode()
    refused = client.post(address, given(value="三千"))
    assert refused.status_code == 422 and 'value="统函〔2026〕2号"' in refused.content.decode()
    assert 'href="#f-value"' in refused.content.decode()
    assert client.post(address, given()).status_code == 302
    row = FigureEntry.objects.get(document="统函〔2026〕2号")
    short = client.post(address, {"entry": row.public_id, "because": "错"})
    assert short.status_code == 422 and 'value="错"' in short.content.decode()
    assert client.post(address, {"entry": row.public_id, "because": "登记到了同名企业"}).status_code == 302
    assert "登记到了同名企业" in house.signed_in("qiye-zhang").get("/my/facts/").content.decode()


@pytest.mark.parametrize("who", ["xingqing", "yinchuan", "sheng-guanli", "sheng-guize", "bumen-yingji", "qiye-zhang"])
def test_nobody_else_finds_the_form_on_the_record(house, firm, who):
    assert house.signed_in(who).get(f"/desk/enterprises/{firm.public_id}/figures/").status_code == 404


def test_a_department_enters_one_for_a_firm_that_it_names(house, firm):
    client = house.signed_in("bumen-yingji")
    assert "登记数据" in client.get("/consultations/").content.decode()
    wrong = client.post("/department/figures/", given(code=firm.credit_code, firm="别的公司"))
    assert wrong.status_code == 422 and "代码和名称都相符" in wrong.content.decode()
    assert client.post("/department/figures/", given(code=firm.credit_code, firm=firm.name)).status_code == 302
    page = client.get("/department/figures/").content.decode()
    assert "统函〔2026〕2号" in page and DOCUMENT not in page
    assert FigureEntry.objects.get(document="统函〔2026〕2号").office_name == "自治区应急管理厅（演示）"


def test_an_entry_of_another_firm_is_not_there_to_be_taken_back(house, firm):
    other = Enterprise.objects.exclude(pk=firm.pk).order_by("id")[0]
    row = FigureEntry.objects.get(enterprise=firm)
    client = house.signed_in("sheng-shenhe")
    answer = client.post(
        f"/desk/enterprises/{other.public_id}/figures/", {"entry": row.public_id, "because": "登记到了同名企业"}
    )
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_a_department_is_told_at_once_and_at_each_field_what_is_wrong_with_the_firm_and_with_the_figure(house):
    page = house.signed_in("bumen-yingji").post(
        "/department/figures/", given(code="1", firm="甲", value="三千", year="")
    )
    told = page.content.decode()
    assert page.status_code == 422 and "有 3 处要改" in told
    assert re.findall(r'id="id_([a-z]+)-e"', told) == ["code", "year", "value"]
    assert told.count('aria-invalid="true"') == 3
    assert 'value="三千"' in told

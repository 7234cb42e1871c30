"""The pages of reports and of help: who reaches them, what is kept, a list brought in whole or not at all."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from certification import incident_list
from certification.models import Assistance, Incident
from enterprises.models import Enterprise
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def house(world):
    with scoped(Principal.system("test")):
        yield world


@pytest.fixture
def waiting(house):
    return Incident.objects.get(state="reported", enterprise__memberships__user__username="qiye-zhang")


def sheet(rows):
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for line, cells in enumerate([incident_list.HEADINGS, *rows]):
        for column, cell in enumerate(cells):
            page.write_string(line, column, cell)
    book.close()
    return SimpleUploadedFile("名单.xlsx", out.getvalue(), content_type=XLSX)


def line(firm, **changed):
    given = {
        "code": firm.credit_code, "name": firm.name, "kind": "列入经营异常名录", "day": "2026-06-01", "source": "市场监管部门（测试）",
        "document": "测试名单1", "facts": "未按期公示年度报告（测试）",
    } | changed  # fmt: skip
    return list(given.values())


def test_the_firm_finds_it_on_its_first_page_answers_and_what_was_refused_is_kept(house, waiting):
    client = house.signed_in("qiye-zhang")
    address = f"/my/incidents/{waiting.public_id}/"
    assert address in client.get("/my/").content.decode()
    short = client.post(address, {"text": "否"})
    assert short.status_code == 422 and "否</textarea>" in short.content.decode()
    assert client.post(address, {"text": "罚款已缴清，标识已补齐。"}).status_code == 302
    assert "罚款已缴清，标识已补齐。" in client.get(address).content.decode()
    assert address not in client.get("/my/").content.decode()


@pytest.mark.parametrize("who", ["qiye-wang", "dawukou", "zhuanjia-1", "sheng-guanli"])
def test_nobody_else_finds_it(house, waiting, who):
    client = house.signed_in(who)
    for address in (f"/my/incidents/{waiting.public_id}/", f"/desk/rereviews/incidents/{waiting.public_id}/"):
        assert client.get(address).status_code in (403, 404), address


def test_the_county_writes_one_down_and_gaps_keep_what_was_typed(house):
    client = house.signed_in("xingqing")
    firm = Enterprise.objects.get(memberships__user__username="qiye-zhang", memberships__state="verified")
    address = f"/desk/rereviews/incidents/new/{firm.public_id}/"
    refused = client.post(address, {"kind": "tax", "facts": "名单显示存在欠税，待核实"})
    assert refused.status_code == 422 and "名单显示存在欠税，待核实</textarea>" in refused.content.decode()
    done = client.post(
        address,
        {"kind": "tax", "happened_on": "2026-07-01", "source": "税务部门（测试）", "document": "函1号", "facts": "名单显示存在欠税"},
    )  # fmt: skip
    assert done.status_code == 302
    assert Incident.objects.get(enterprise=firm, kind="tax").office_name.startswith("银川市兴庆区")


def test_a_list_with_one_wrong_row_brings_in_nothing_and_names_the_row(house):
    client = house.signed_in("xingqing")
    firms = list(Enterprise.objects.filter(region_path="64/6401/640104").order_by("id")[:2])
    rows = [line(firms[0]), line(firms[1], name="别的公司", kind="传闻")]
    answer = client.post("/desk/rereviews/incidents/import/", {"file": sheet(rows)})
    page = answer.content.decode()
    assert answer.status_code == 422 and "第 3 行“企业名称”" in page and "第 3 行“情况种类”" in page
    assert not Incident.objects.filter(way="list").exists()


def test_a_list_is_previewed_and_then_written_down_once(house):
    client = house.signed_in("xingqing")
    firms = list(Enterprise.objects.filter(region_path="64/6401/640104").order_by("id")[:2])
    address = "/desk/rereviews/incidents/import/"
    preview = client.post(address, {"file": sheet([line(firm) for firm in firms])})
    token = preview.context["confirmed"]
    assert preview.status_code == 200 and token
    assert client.post(address, {"confirmed": token}).status_code == 302
    assert Incident.objects.filter(way="list").count() == 2
    assert client.post(address, {"confirmed": token}).status_code == 422
    assert Incident.objects.filter(way="list").count() == 2


def test_a_firm_out_of_reach_is_not_in_the_list_of_a_county(house):
    client = house.signed_in("xingqing")
    away = Enterprise.objects.filter(region_path="64/6402/640202").order_by("id")[0]
    answer = client.post("/desk/rereviews/incidents/import/", {"file": sheet([line(away)])})
    assert answer.status_code == 422 and "辖区内没有这家企业" in answer.content.decode()


def test_the_desk_sees_who_is_helped_and_writes_into_it(house):
    row = Assistance.objects.filter(region_path="64/6401/640104", state="open").order_by("id")[0]
    client = house.signed_in("xingqing")
    assert (
        f"/desk/rereviews/assistance/{row.public_id}/"
        in client.get("/desk/rereviews/assistance/?state=all").content.decode()
    )
    address = f"/desk/rereviews/assistance/{row.public_id}/"
    assert client.post(address, {"act": "note", "text": "上门指导一次"}).status_code == 302
    assert client.post(address, {"act": "conclude", "text": "没有补好"}).status_code == 409
    assert row.notes.filter(text="上门指导一次").count() == 1
    assert house.signed_in("dawukou").get(address).status_code == 404


def test_a_procedure_that_needs_help_first_offers_to_begin_it(house):
    row = Assistance.objects.filter(state="open", ground="").select_related("certificate").order_by("id").first()
    client = house.signed_in("sheng-shenhe")
    address = f"/desk/exits/new/{row.certificate.number}/"
    said = {"ground": "tax", "facts": "补缴2025年税款及滞纳金", "source": "税务部门函（测试）"}
    refused = client.post(address, said)
    assert refused.status_code == 409 and "先帮扶后退出" in refused.content.decode()
    begun = client.post(address, said | {"help": "yes"})
    assert begun.status_code == 302
    assert Assistance.objects.get(certificate=row.certificate, ground="tax").missing == ["补缴2025年税款及滞纳金"]

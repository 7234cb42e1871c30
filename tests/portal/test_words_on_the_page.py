"""No page speaks in the house's own codes: standards, answers, dates, devices and what is short are said in words."""

import re
from types import SimpleNamespace as Row

import pytest

from certification.form_fields import FormField
from certification.models import RuleSet
from portal.dashboard.views import gap_words
from portal.templatetags.tianti import device


@pytest.fixture
def house(db, world):
    return world


def rows_of(page, heading):
    """Cells of the table under a heading, row by row, markup gone."""
    table = page.partition(f"<h2>{heading}</h2>")[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in table.split("</tr>")[:-1]
    ]


def test_a_public_standard_names_each_number_by_what_it_bounds(house, client):
    page = client.get("/standards/T2-2026/").content.decode()
    told = {words: number for words, number, *_ in rows_of(page, "数值与出处")}
    assert told == {
        "截至上年末从事特定细分市场时间 ≥": "3年",
        "上年度营业收入 ≥": "1500万元",
        "近两年新增股权融资（合格机构投资者实缴） ≥": "2000万元",
        "上年度主营业务收入占营业收入 ≥": "80%",
        "上年末资产负债率 ≤": "80%",
        "上年度研发费用、上上年度研发费用 ≥": "100万元",
        "上年度研发费用占营业收入、上上年度研发费用占营业收入 ≥": "3%",
        "已实际应用并产生效益的Ⅰ类知识产权 ≥": "1项",
        "本年度专精特新发展评价得分、上一年度专精特新发展评价得分 ≥": "50分",
    }


def test_no_public_standard_shows_a_name_of_the_pack(house, client):
    for code in RuleSet.objects.filter(state="published").exclude(tier="").values_list("code", flat=True):
        page = client.get(f"/standards/{code}/").content.decode()
        cells = [cell for heading in ("条件", "数值与出处") for row in rows_of(page, heading) for cell in row]
        assert len(cells) > 20, code
        assert [cell for cell in cells if re.search(r"\b[a-z]+(_[a-z0-9]+)+\b|^[a-z]+$", cell)] == [], code


@pytest.mark.parametrize(
    ("kind", "unit", "typed", "told"),
    [
        ("decimal", "万元", "2700", "2,700 万元"),
        ("decimal", "万元", "12345.60", "12,345.6 万元"),
        ("decimal", "%", "15.30", "15.3%"),
        ("int", "", "2023", "2023"),
        ("date", "", "2011-07-03", "2011年7月3日"),
        ("text", "", "2011-07-03", "2011-07-03"),
        ("decimal", "万元", "约三千", "约三千 万元"),
        ("decimal", "万元", "1e99999", "1e99999 万元"),
    ],
)
def test_an_answer_is_told_with_its_unit_and_what_is_no_number_stays_as_typed(kind, unit, typed, told):
    assert FormField("x", "题", kind, unit=unit).said(typed) == told


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (["unmet", "unmet"], "还差 2 项"),
        (["unmet", "needs_person", "unknown"], "还差 1 项，另有 2 项待定"),
        (["needs_person"], "有 1 项待定"),
        ([], ""),
    ],
)
def test_what_nobody_has_judged_is_not_counted_as_short(outcomes, told):
    assert gap_words([Row(outcome=outcome) for outcome in outcomes]) == told


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36 Edg/124.0", "Edge・Windows 电脑"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0", "微信・安卓手机"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1", "Safari・iPhone"),
        ("curl/8.0", "不认识的程序"),
        (None, "不认识的程序"),
    ],
)  # fmt: skip
def test_a_device_is_told_by_browser_and_machine(agent, told):
    assert device(agent) == told


def listed_and_marked(page):
    """What the list at the top links to, and the fields that are marked."""
    top = page.partition('<section class="al al-refused"')[2].partition("</section>")[0]
    return re.findall(r'href="#f-([a-z_]+)"', top), re.findall(r'class="f[^"]* f-err" id="f-([a-z_]+)"', page)


@pytest.mark.parametrize(
    ("who", "address", "words"),
    [
        ("", "/join/", "请填写统一社会信用代码"),
        ("qiye-zhang", "/my/facts/lists/intellectual_property/add/", "请选择类别"),
        ("sheng-chuzhang", "/desk/calls/new/", "请填写通知名称"),
        ("sheng-guanli", "/accounts/people/", "请填写用户名"),
        ("sheng-shenhe", "/desk/rounds/experts/", "请填写账号"),
        ("sheng-xitong", "/oversight/clients/", "请填写单位和系统"),
    ],
)
def test_an_empty_form_lists_each_lack_by_name_and_leads_to_its_field(house, client, who, address, words):
    page = (house.signed_in(who) if who else client).post(address, {"csrfmiddlewaretoken": "x"}).content.decode()
    listed, marked = listed_and_marked(page)
    assert listed and set(listed) == set(marked)
    assert page.count(words) == 2
    assert "该字段" not in page


def test_a_firm_reads_beside_each_gap_what_it_has_what_is_asked_and_by_how_much_it_falls_short(house):
    page = house.signed_in("qiye-liu").get("/my/").content.decode()
    gaps = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))
        for row in page.partition('<ul class="gaps">')[2].partition("</ul>")[0].split("</li>")
    ]
    spending = next(row for row in gaps if "近两年研发费用合计" in row)
    have, need = (
        float(n.replace(",", "")) for n in re.search(r"([\d,.]+) 万元 要求 ([\d,.]+) 万元", spending).groups()
    )
    short = float(re.search(r"还差 ([\d,.]+) 万元", spending)[1].replace(",", ""))
    assert (need, round(have + short, 2)) == (1200, 1200)

"""The self-check states what its visitor stated, and nothing else: what was left open is missing, not failed."""

import re
from html import unescape

import pytest
from django.http import QueryDict

from enterprises.vocabulary import vocabulary
from portal.public import self_check


def read(query):
    return self_check.read(QueryDict(query))[0]


def outcome(answers, code, criterion):
    told = next(answer for answer in answers if answer.code == code)
    return next(line.outcome for line in told.result.criteria if line.code == criterion)


def test_an_empty_form_states_nothing_at_all():
    assert read("") == {}


def test_every_box_names_every_fact_that_it_states():
    words = {
        "registered_in_prc": "境内", "independent_legal_person": "独立法人", "on_abnormal_list": "经营异常名录",
        "serious_dishonesty": "严重失信", "major_incident_3y": "事故", "tax_evasion_3y": "偷漏税", "data_fraud_3y": "数据造假",
        "prohibited_product": "禁止、限制或淘汰", "controlled_by_little_giant": "控股关系", "group_similar_product": "主导产品相似",
    }  # fmt: skip
    stated = {name: label for _, label, told in self_check.CONFIRMED for name, _ in told}
    assert set(stated) == set(words) <= set(vocabulary().facts)
    assert not [name for name, label in stated.items() if words[name] not in label]


def test_one_box_says_nothing_of_what_the_others_say():
    assert "prohibited_product" not in read("legal=yes") and read("no_prohibited=yes") == {"prohibited_product": False}
    assert read("no_control=yes&no_similar=yes") == {
        "controlled_by_little_giant": False,
        "group_similar_product": False,
    }


def test_titles_are_known_when_one_or_none_is_ticked():
    assert "holds" not in read("legal=yes")
    assert read("holds=none")["holds"] == [] and read("holds=innovative&holds=none")["holds"] == ["innovative"]


@pytest.fixture
def page(client, world, db):
    return lambda **given: unescape(client.post("/self-check/", given).content.decode())


def test_no_box_is_ticked_before_somebody_ticks_it(client, world, db):
    empty = client.get("/self-check/").content.decode()
    assert not re.search(r"<input[^>]*\schecked", empty)


def test_other_honours_than_the_one_that_is_asked_stay_open(world, db):
    from foundation import clock

    assert "honours" not in read("legal=yes")
    without = self_check.answers(read("legal=yes"), clock.today())
    held = self_check.answers(read("high_tech=yes"), clock.today())
    assert outcome(without, "T1-2022", "D2") == "unknown" and outcome(held, "T1-2022", "D2") == "met"
    assert outcome(without, "T2-2026", "legal") == "unknown"
    whole = self_check.answers(read("legal=yes&no_prohibited=yes"), clock.today())
    assert outcome(whole, "T2-2026", "legal") == "met"


def test_a_figure_in_yuan_is_told_beside_its_field_and_above_the_result(page):
    told = page(revenue_y0="32000000", revenue_y1="2600")
    assert "请核对单位" in told and told.count("与前一年相差 12,308 倍") == 2

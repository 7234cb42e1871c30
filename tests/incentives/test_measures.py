"""The fifteen measures are all there, with their wording, their duty-bearers and no invented amounts."""

import copy

import pytest
import yaml

from incentives import catalogue
from incentives.models import Duty, Measure, MeasureItem

ITEMS = {1: 5, 2: 9, 3: 5, 4: 11, 5: 3, 6: 9, 7: 4, 8: 5, 9: 5, 10: 7, 11: 4, 12: 6, 13: 8, 14: 6, 15: 6}
MACHINE_WORDS = [
    "高水平质量",
    "有突出贡献的公司",
    "大规模的公司",
    "人机一体化",
    "网络站点",
    "品质衡量",
    "细致划分",
    "金融理财产品",
    "新兴起",
]


@pytest.fixture
def loaded(house):
    catalogue.load()


def test_there_are_fifteen_measures_with_the_items_of_the_text(loaded):
    counted = {int(m.code[1:]): m.items.count() for m in Measure.objects.all()}
    assert counted == ITEMS


def test_loading_twice_changes_nothing_and_keeps_what_officials_wrote(loaded):
    MeasureItem.objects.filter(code="M02.4").update(channel="窗口", channel_source="复函")
    before = (Measure.objects.count(), MeasureItem.objects.count(), Duty.objects.count())
    catalogue.load()
    assert (Measure.objects.count(), MeasureItem.objects.count(), Duty.objects.count()) == before
    assert MeasureItem.objects.get(code="M02.4").channel == "窗口"


def test_the_wording_is_restored_from_the_machine_rewriting(loaded):
    text = "".join(Measure.objects.values_list("text", flat=True))
    assert [word for word in MACHINE_WORDS if word in text] == []
    assert "中国工业大奖" in text and "工业互联网平台" in text and "智能制造" in text


def test_the_duty_bearers_stand_in_the_order_of_the_text(loaded):
    measure = Measure.objects.get(code="M04")
    assert [d.department for d in measure.duties.all()] == [
        "自治区财政厅", "自治区税务局", "自治区工业和信息化厅", "各市、县（区）",
    ]  # fmt: skip


def test_only_what_the_text_ties_to_the_title_comes_with_the_title(loaded):
    assert set(MeasureItem.objects.filter(by_title=True).values_list("code", flat=True)) == {"M04.10", "M13.4"}


def test_no_channel_is_invented(loaded):
    assert MeasureItem.objects.exclude(channel="").count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"way": "z"}, "M05.yaml: items[1]: unknown way 'z'"),
        ({"tiers": ["gold"]}, "M05.yaml: items[1]: unknown tier in ['gold']"),
        ({"code": "M05.9"}, "M05.yaml: items[1]: code M05.9 does not follow M05.1"),
        ({"by_title": True, "tiers": []}, "M05.yaml: items[1]: by_title needs tiers"),
    ],
)
def test_a_broken_file_is_named_with_its_place(tmp_path, change, words):
    document = yaml.safe_load((catalogue.FOLDER / "M05.yaml").read_text(encoding="utf-8"))
    broken = copy.deepcopy(document)
    broken["items"][0] |= change
    (tmp_path / "M05.yaml").write_text(yaml.safe_dump(broken, allow_unicode=True), encoding="utf-8")
    with pytest.raises(catalogue.BadMeasure) as told:
        catalogue.read(tmp_path)
    assert str(told.value) == words

"""Both check characters, and a sentence for every way to be wrong."""

import pytest

from enterprises.credit_code import make_code, normalise, problem_with, read
from foundation.refusals import Refused

# Check-digit examples only; nothing else is known or said of whoever holds them.
GOOD = ["914403001922038216", "91330100799655058B", "91110108551385082Q", "91440300708461136T",
        "91640104MA76ABCD2X", "91640202MA7700A18N", "91640302MA7711B20Q", "91640402MA7722C33W",
        "91640502MA7733D461", "91640181MA7744E59Q"]  # fmt: skip


@pytest.mark.parametrize("code", GOOD)
def test_a_code_with_both_check_characters_is_accepted(code):
    assert problem_with(code) == ""
    assert read(f" {code.lower()} ") == code


@pytest.mark.parametrize("code", GOOD)
def test_any_single_wrong_character_is_found(code):
    for place in range(2, 18):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if other != code[place]:
                assert problem_with(code[:place] + other + code[place + 1 :]) != ""


def test_a_code_that_only_passes_the_last_check_is_refused_at_the_seventeenth():
    from enterprises.credit_code import whole_check

    first17 = "91640104MA76ABCD3"
    assert problem_with(first17 + whole_check(first17)) == "第 17 位与前面的主体标识码对不上，请核对第 9 至 17 位"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "统一社会信用代码应为 18 位，现在是 0 位"),
        ("91640104MA76ABCD2", "统一社会信用代码应为 18 位，现在是 17 位"),
        ("9164O104MA76ABCD2X", "第 5 位“O”不会出现在统一社会信用代码里（没有 I、O、S、V、Z）"),
        (
            "92640104MA76ABCD2X",
            "这个代码不属于企业（企业的前两位是 91）。个体工商户、事业单位和分支机构不在评价认定范围",
        ),
        ("91640104MA76ABCD2Y", "第 18 位校验码对不上，请逐位核对营业执照"),
    ],
)
def test_a_wrong_code_gets_a_sentence_and_an_example(code, said):
    with pytest.raises(Refused) as refusal:
        read(code)
    (problem,) = refusal.value.problems
    assert (problem.message, problem.field, problem.clause) == (said, "credit_code", "GB 32100-2015")
    assert problem.hint == "例：91640104MA76ABCD2X"


def test_full_width_characters_are_read_as_people_mean_them():
    assert normalise("９１６４０１０４ＭＡ７６ＡＢＣＤ２Ｘ") == "91640104MA76ABCD2X"


def test_invented_codes_are_well_formed_and_distinct():
    codes = {make_code("640104", n) for n in range(500)}
    assert len(codes) == 500
    assert {problem_with(code) for code in codes} == {""}

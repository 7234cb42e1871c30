"""Unified social credit codes (GB 32100-2015): both check digits, and what is wrong in words.

Position 17 checks the organisation code (GB 11714), position 18 the whole; a code needs both.
"""

import unicodedata

from foundation.refusals import Problem, Refused

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CLAUSE = "GB 32100-2015"
EXAMPLE = "91640104MA76ABCD2X"


def normalise(text: str) -> str:
    """Upper case, half width, without blanks: what people type when they copy from a licence."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def organisation_check(body: str) -> str:
    """Character 17 from characters 9–16."""
    total = sum(int(c, 36) * w for c, w in zip(body, ORGANISATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def whole_check(first17: str) -> str:
    """Character 18 from the first seventeen."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def make_code(region: str, serial: int) -> str:
    """A well-formed code for invented enterprises: 91 + region + a serial number + both check characters."""
    body = f"MA{serial:06d}"
    first17 = f"91{region}{body}{organisation_check(body)}"
    return first17 + whole_check(first17)


def problem_with(text: str) -> str:
    """Why this is not an enterprise's code; empty when it is one."""
    code = normalise(text)
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现在是 {len(code)} 位"
    for place, character in enumerate(code, 1):
        if character not in ALPHABET:
            return f"第 {place} 位“{character}”不会出现在统一社会信用代码里（没有 I、O、S、V、Z）"
    if not code.startswith("91"):
        return "这个代码不属于企业（企业的前两位是 91）。个体工商户、事业单位和分支机构不在评价认定范围"
    if organisation_check(code[8:16]) != code[16]:
        return "第 17 位与前面的主体标识码对不上，请核对第 9 至 17 位"
    if whole_check(code[:17]) != code[17]:
        return "第 18 位校验码对不上，请逐位核对营业执照"
    return ""


def read(text: str, field: str = "credit_code") -> str:
    """The normalised code; Refused("invalid") with the reason at the field."""
    why = problem_with(text)
    if why:
        raise Refused("invalid", why, [Problem(why, field, CLAUSE, f"例：{EXAMPLE}")])
    return normalise(text)

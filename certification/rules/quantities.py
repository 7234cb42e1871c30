"""Numbers with units as packs write them: "1000万元", "3%", "2年", "60分", 3. And how facts are stored as integers."""

from decimal import Decimal
from fractions import Fraction

from enterprises.vocabulary import Vocabulary

UNITS = {"%": Fraction(1, 100), "万元": Fraction(1), "亿元": Fraction(10000), "年": Fraction(1), "分": Fraction(1),
         "项": Fraction(1), "人": Fraction(1), "名": Fraction(1), "级": Fraction(1), "个百分点": Fraction(1), "": Fraction(1)}  # fmt: skip


class BadQuantity(ValueError):
    """A number without a readable unit."""


def quantity(text: str | int) -> tuple[Fraction, str]:
    """("3%") → (3/100, "%"); ("4亿元") → (40000, "亿元"), money in 万元."""
    raw = str(text).strip()
    unit = next((u for u in sorted(UNITS, key=len, reverse=True) if u and raw.endswith(u)), "")
    try:
        number = Fraction(Decimal(raw[: len(raw) - len(unit)]))
    except ArithmeticError as error:
        raise BadQuantity(f"读不懂的数：{raw}") from error
    return number * UNITS[unit], unit


def decimal_text(exact: Fraction) -> str:
    """A terminating fraction written out in full: 3/8 → "0.375", 60 → "60"."""
    places = 0
    while exact.denominator != 1 and 10**places % exact.denominator:
        places += 1
    digits = str(abs(exact.numerator) * 10**places // exact.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return ("-" if exact < 0 else "") + whole + (f".{part}" if part else "")


def scales(vocabulary: Vocabulary) -> dict[str, int]:
    """How many stored units make one: money is kept in 分 (10^6 to the 万元), other decimals in millionths."""
    found = {}
    for name, fact in vocabulary.facts.items():
        if fact.type == "int":
            found[name] = 1
        elif fact.type == "decimal":
            found[name] = 1_000_000
    return found


def limits(vocabulary: Vocabulary) -> dict[str, int]:
    """The largest stored magnitude of each numeric fact, from the declared ranges."""
    found = {}
    for name, scale in scales(vocabulary).items():
        fact = vocabulary.facts[name]
        found[name] = int(max(abs(fact.minimum or Decimal(0)), abs(fact.maximum or Decimal(0))) * scale)
    return found

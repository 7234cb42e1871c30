"""Exact rational expressions over facts, as integer polynomials: `a/b >= 3%` becomes `100·a − 3·b >= 0` and `b > 0`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

Monomial = tuple[str, ...]


class BadExpression(ValueError):
    """An expression outside + − × ÷ over fact names and whole numbers."""


class TooWide(ValueError):
    """A product of facts that not even 128 bits are certain to hold."""


@dataclass(frozen=True)
class Polynomial:
    """Σ coefficient · product of facts; the empty monomial is the constant."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    @classmethod
    def of(cls, terms: dict[Monomial, Fraction]) -> Polynomial:
        return cls(tuple(sorted((m, c) for m, c in terms.items() if c)))

    @classmethod
    def constant(cls, value: Fraction | int) -> Polynomial:
        return cls.of({(): Fraction(value)})

    @classmethod
    def symbol(cls, name: str, scale: int) -> Polynomial:
        """A fact stored as an integer `scale` times its value."""
        return cls.of({(name,): Fraction(1, scale)})

    def __add__(self, other: Polynomial) -> Polynomial:
        total = dict(self.terms)
        for monomial, coefficient in other.terms:
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
        return Polynomial.of(total)

    def __neg__(self) -> Polynomial:
        return Polynomial(tuple((m, -c) for m, c in self.terms))

    def __mul__(self, other: Polynomial) -> Polynomial:
        total: dict[Monomial, Fraction] = {}
        for mine, a in self.terms:
            for theirs, b in other.terms:
                monomial = tuple(sorted(mine + theirs))
                total[monomial] = total.get(monomial, Fraction(0)) + a * b
        return Polynomial.of(total)

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for monomial, _ in self.terms for name in monomial)

    def whole(self) -> list[tuple[Monomial, int]]:
        """The same sign with integer coefficients."""
        common = lcm(*(c.denominator for _, c in self.terms)) if self.terms else 1
        return [(m, int(c * common)) for m, c in self.terms]

    def bound(self, limits: Mapping[str, int]) -> int:
        """The largest absolute value of any partial sum, for facts within ±limits."""
        total = 0
        for monomial, coefficient in self.whole():
            size = abs(coefficient)
            for name in monomial:
                size *= limits[name]
            total += size
        return total

    def width(self, limits: Mapping[str, int]) -> int:
        """64 or 128: the bits that certainly hold every partial sum. TooWide when neither does."""
        bound = self.bound(limits)
        if bound >= 2**127:
            raise TooWide(f"{'、'.join(sorted(self.facts))} 的取值范围过宽，128位也不能保证精确")
        return 64 if bound < 2**63 else 128


@dataclass(frozen=True)
class Ratio:
    """numerator ÷ denominator; `guards` are the divisors met on the way, each of which must be positive."""

    numerator: Polynomial
    denominator: Polynomial
    guards: tuple[Polynomial, ...]

    @property
    def facts(self) -> frozenset[str]:
        named = self.numerator.facts | self.denominator.facts
        return named.union(*(guard.facts for guard in self.guards))

    def minus(self, threshold: Fraction) -> Polynomial:
        """Has the sign of (ratio − threshold) wherever the guards hold."""
        return self.numerator + -(self.denominator * Polynomial.constant(threshold))


def _is_positive(constant: Polynomial) -> bool:
    return bool(constant.terms) and constant.terms[0][1] > 0


def parse(expression: str, scales: dict[str, int]) -> Ratio:
    """Read an arithmetic expression; BadExpression names what is not allowed."""
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError as error:
        raise BadExpression(f"算式写法有误：{expression}") from error
    return _ratio(tree, scales)


def _ratio(node: ast.expr, scales: dict[str, int]) -> Ratio:
    one = Polynomial.constant(1)
    if isinstance(node, ast.Name):
        if node.id not in scales:
            raise BadExpression(f"没有这个数值事实：{node.id}")
        return Ratio(Polynomial.symbol(node.id, scales[node.id]), one, ())
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return Ratio(Polynomial.constant(node.value), one, ())
    if isinstance(node, ast.BinOp):
        left, right = _ratio(node.left, scales), _ratio(node.right, scales)
        guards = left.guards + right.guards
        if isinstance(node.op, ast.Add | ast.Sub):
            sign = right.numerator if isinstance(node.op, ast.Add) else -right.numerator
            top = left.numerator * right.denominator + sign * left.denominator
            return Ratio(top, left.denominator * right.denominator, guards)
        if isinstance(node.op, ast.Mult):
            return Ratio(left.numerator * right.numerator, left.denominator * right.denominator, guards)
        if isinstance(node.op, ast.Div):
            divisor = () if not right.facts else (right.numerator,)
            if not right.facts and not _is_positive(right.numerator):
                raise BadExpression("除数应为正整数")
            if right.guards:
                raise BadExpression("不支持除以另一个比值")
            return Ratio(left.numerator * right.denominator, left.denominator * right.numerator, guards + divisor)
    raise BadExpression(f"只能用加减乘除、事实名和整数：{ast.unparse(node)}")

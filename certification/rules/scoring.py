"""Indicators of a scored rule set: bands, a recorded score, steps by full years, points that add up to a cap."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from certification.rules import nodes as n
from certification.rules.building import Builder
from certification.rules.schema import IndicatorText


def indicator(builder: Builder, text: IndicatorText) -> n.Indicator:
    """PackError unless bands fall strictly, from the full score down."""
    path = f"indicators.{text.code}"
    common: dict[str, Any] = {
        "code": text.code, "title": text.title, "category": text.category, "clause": text.clause,
        "requirement": text.requirement, "max": builder.points(f"{path}.max", text.max),
        "otherwise": builder.points(f"{path}.otherwise", text.otherwise), "mark": text.mark, "help": text.help,
    }  # fmt: skip
    forms = [bool(text.value), bool(text.steps), bool(text.adds), bool(text.ge or text.le or text.bands or text.values)]
    if forms.count(True) != 1:
        raise builder.fail(path, "须且只须有一种计分方式：value、steps、adds 或分档")
    if text.value:
        return n.Indicator(form="value", fact=builder.fact(path, text.fact, "decimal", "int"), **common)
    if text.steps:
        every = text.steps.get("every", 0)
        if every < 1 or set(text.steps) != {"every", "points"}:
            raise builder.fail(f"{path}.steps", "写 every（至少为 1）和 points")
        fact, each = builder.fact(path, text.fact, "decimal", "int"), builder.points(path, text.steps["points"])
        if each == 0:
            raise builder.fail(f"{path}.steps.points", "每档分值应大于零")
        return n.Indicator(form="steps", fact=fact, every=every, each=each, **common)
    if text.adds:
        if set(text.adds) != {"each"}:
            raise builder.fail(f"{path}.adds", "写 each")
        each = builder.points(path, text.adds["each"])
        if each == 0:
            raise builder.fail(f"{path}.adds.each", "每项分值应大于零")
        return n.Indicator(form="adds", fact=builder.fact(path, text.fact, "list[enum]"), each=each, **common)
    bands = _bands(builder, path, text)
    points = [band.points for band in bands]
    falling = all(above > below for above, below in zip(points, [*points[1:], common["otherwise"]], strict=True))
    if not falling or points[0] != common["max"]:
        raise builder.fail(path, "分档须由高到低，最高档等于满分")
    return n.Indicator(form="bands", bands=bands, **common)


def _bands(builder: Builder, path: str, text: IndicatorText) -> tuple[n.Band, ...]:
    made: list[n.Band] = []
    for op, rows, way in (("ge", text.ge, 1), ("le", text.le, -1)):
        edges = [builder.number(f"{path}.{op}", edge)[0] for edge, _ in rows]
        if any((above - below) * way <= 0 for above, below in pairwise(edges)):
            raise builder.fail(f"{path}.{op}", "各档边界须依次放宽，否则后面的档永远到不了")
        for number, (edge, points) in enumerate(rows):
            here = f"{path}.{op}[{number}]"
            made.append(n.Band(builder.node(here, {"m": text.measure, op: edge}), builder.points(here, points)))
    for number, band in enumerate(text.bands):
        here = f"{path}.bands[{number}]"
        test = builder.node(f"{here}.test", band.test)
        if any(isinstance(below, n.Ref | n.Score) for below in n.walk(test)):
            raise builder.fail(f"{here}.test", "指标先于条件计算，不能引用条件或得分")
        if any(below.when or below.id for below in n.walk(test)):
            raise builder.fail(f"{here}.test", "分档对新申请和复核一样，通知也不豁免分档，不能写 when 或 id")
        made.append(n.Band(test, builder.points(here, band.points)))
    by_points: dict[int, list[Any]] = {}
    for value, points in text.values.items():
        by_points.setdefault(builder.points(f"{path}.values", points), []).append(value)
    for worth, values in sorted(by_points.items(), reverse=True):
        made.append(n.Band(builder.node(f"{path}.values", {"fact": text.fact, "in": values}), worth))
    return tuple(made)

"""The six standards, read a second time. See oracle.py for the words used."""

from oracle import (
    CLASS_ONE,
    MET,
    PERSON,
    UNKNOWN,
    Enterprise,
    F,
    both,
    by_bands,
    choice,
    either,
    ge,
    has,
    k_all,
    k_any,
    kept_2022,
    le,  # fmt: skip
    legal,
    reaches,
    rights,
    sizes,
    summed,
    yes,
)


def within(value, test):
    return value if isinstance(value, str) else yes(test(value))


def t1_2022(e):
    rate = e.growth("main_revenue", "rate")
    indicators = {
        "I1": rights(e, (20, 15, 10, 5)),
        "I2": by_bands(e.share("rd_expense_y0", "revenue_y0"), ge((5, 20), (3, 15), (2, 10), (1, 5)), 20),
        "I3": by_bands(rate, ge((15, 20), (10, 15), (5, 10), (0, 5)), 20),
        "I4": by_bands(e.share("total_liabilities_y0", "total_assets_y0"), le((55, 10), (75, 5)), 10),
        "I5": choice(e, "strategic_emerging", {True: 10}, 10, least=5),
        "I6": by_bands(e.share("main_revenue_y0", "revenue_y0"), ge((70, 20), (60, 15), (55, 10), (50, 5)), 20),
    }
    sums = summed(indicators, {"innovation": ["I1", "I2"], "growth": ["I3", "I4"], "specialisation": ["I5", "I6"]})
    marks = {"total": 60, "innovation": 20, "growth": 15, "specialisation": 15}
    honoured = lambda i: k_all(  # noqa: E731
        has(i, "name", "high_tech_enterprise", "national_innovation_demo", "ip_advantage", "ip_demo"),
        None if i.get("valid_until") is None else i["valid_until"] >= e.on.isoformat(),
    )
    told = {
        "score": both(*(reaches(sums, name, mark) for name, mark in marks.items())),
        "D1": e.enough("awards", lambda i: k_all(has(i, "level", "national", "provincial"), e.recent(i, "certified_on"))),
        "D2": e.enough("honours", honoured),
        "D3": e.is_("approved_provincial_rd_institution"),
        "D4": e.at_least("equity_financing_3y", 500),
    }  # fmt: skip
    told |= {"size": sizes(e)[1], "legal": legal(e), "pass": either(*told.values())}
    return told, ["size", "legal", "pass"], indicators, sums


def t2_2022(e):
    spent, part = e.num("rd_expense_y0"), e.share("rd_expense_y0", "revenue_y0")
    spending = [(500, 10, 10), (400, 8, 8), (300, 6, 6), (200, 4, 4), (100, 3, 2)]
    amount = by_bands(UNKNOWN if spent is None else spent / 100, ge(*((a, p) for a, _, p in spending)), 10)
    quota = by_bands(part, ge(*((q, p) for _, q, p in spending)), 10)
    better = max(amount[0], quota[0]), max(amount[1], quota[1])
    years, local, quality = e.num("segment_years"), e.num("local_feature_points"), e.facts.get("quality")
    indicators = {
        "I1": by_bands(e.share("main_revenue_y0", "revenue_y0"), ge((80, 5), (70, 3), (60, 1)), 5),
        "I2": by_bands(e.growth("main_revenue", "mean"), ge((10, 10), (8, 8), (6, 6), (4, 4), (0, 2)), 10),
        "I3": (F(0), F(5), UNKNOWN) if years is None else (F(min(5, max(0, years // 2))),) * 2 + (MET,),
        "I4": choice(e, "key_field", {"fills_gap": 5, "six_bases_or_supplier": 3}, 5),
        "I5": choice(e, "digital_level", {4: 5, 3: 5, 2: 3}, 5),
        "I6": (F(0), F(5), UNKNOWN) if quality is None else (F(min(5, 3 * len(set(quality)))),) * 2 + (MET,),
        "I7": by_bands(e.share("net_profit_y0", "revenue_y0"), ge((10, 10), (8, 8), (6, 6), (4, 4), (2, 2)), 10),
        "I8": by_bands(e.share("total_liabilities_y0", "total_assets_y0"), le((50, 5), (60, 3), (70, 1)), 5),
        "I9": (F(0), F(15), UNKNOWN) if local is None else (min(F(15), max(F(0), local)),) * 2 + (MET,),
        "I10": rights(e, (10, 8, 6, 2)),
        "I11": (*better, MET if better[0] == better[1] else UNKNOWN if spent is None or part == UNKNOWN else PERSON),
        "I12": by_bands(e.share("rd_staff_y0", "employees_y0"), ge((20, 5), (10, 3), (5, 1)), 5),
        "I13": choice(e, "rd_institution_level", {"national": 10, "provincial": 8, "city": 4, "below_city": 2}, 10),
    }
    groups = {"specialisation": (1, 4), "refinement": (5, 8), "characteristics": (9, 9), "innovation": (10, 13)}
    sums = summed(indicators, {k: [f"I{n}" for n in range(a, b + 1)] for k, (a, b) in groups.items()})
    before = e.num("rd_expense_y1")
    prized = lambda i: k_all(  # noqa: E731
        e.recent(i, "certified_on"),
        k_any(
            k_all(has(i, "level", "provincial"), None if i.get("rank") is None else i["rank"] <= 3),
            k_all(has(i, "level", "national"), None if i.get("rank") is None else i["rank"] <= 5),
        ),
    )
    told = {
        "Da": e.enough("awards", prized),
        "Db": UNKNOWN if spent is None or before is None else yes(spent + before >= 2000),
        "Dc": e.at_least("equity_financing_2y", 6000),
        "Dd": e.enough("maker_contest", lambda i: k_all(has(i, "listing", "top500", "top50"), e.recent(i, "announced_on"))),
    }  # fmt: skip
    told |= {
        "C4": either(reaches(sums, "total", 60), *told.values()),
        "size": sizes(e)[1], "legal": legal(e), "prior": e.holds("innovative"),
        "C1": e.at_least("segment_years", 2),
        "C2": both(e.at_least("rd_expense_y0", 100), within(part, lambda v: v >= F(3, 100))),
        "C3": either(e.at_least("revenue_y0", 1000), e.at_least("equity_financing_2y", 2000)),
    }  # fmt: skip
    return told, ["size", "legal", "prior", "C1", "C2", "C3", "C4"], indicators, sums


def t3_2022(e, notices=()):
    waived = e.renewal and "2025-190" in notices
    revenue, rd = e.num("revenue_y0"), [e.share(f"rd_expense_{y}", f"revenue_{y}") for y in ("y0", "y1")]
    intense = {p: both(*(within(share, lambda v, p=p: v >= F(p, 100)) for share in rd)) for p in (3, 6)}
    spent = [e.num("rd_expense_y0"), e.num("rd_expense_y1")]
    small = both(
        e.at_least("equity_financing_2y", 8000),
        UNKNOWN if None in spent else yes(sum(spent) >= 3000),
        within(e.share("rd_staff_y0", "employees_y0"), lambda v: v >= F(1, 2)),
    )
    in_tier = lambda test: UNKNOWN if revenue is None else yes(test(revenue))  # noqa: E731
    effort = either(
        both(in_tier(lambda r: r >= 10000), intense[3]),
        both(in_tier(lambda r: 5000 <= r < 10000), intense[6]),
        both(in_tier(lambda r: r < 5000), small),
    )
    first = lambda i: k_all(  # noqa: E731
        has(i, "kind", *CLASS_ONE), has(i, "related", True), has(i, "applied", True), kept_2022(i, e.on)
    )
    top = lambda i: k_all(  # noqa: E731
        has(i, "level", "national"), None if i.get("rank") is None else i["rank"] <= 3, e.recent(i, "certified_on")
    )
    told = {
        "size": sizes(e)[1], "legal": legal(e), "prior": e.holds("specialised"),
        "P1": both(
            e.at_least("segment_years", 3), within(e.share("main_revenue_y0", "revenue_y0"), lambda v: v >= F(7, 10)),
            MET if waived else within(e.growth("main_revenue", "mean"), lambda v: v >= F(5, 100)),
        ),
        "P2": both(
            e.at_least("core_business_systems", 1), either(e.is_("management_certificate"), e.is_("overseas_product_certificate")),
            within(e.share("total_liabilities_y0", "total_assets_y0"), lambda v: v <= F(7, 10)),
        ),
        "P3": both(e.at_least("market_share_national", 10), e.is_("own_brand")),
        "P4": either(
            both(effort, e.is_("has_rd_institution"), e.enough("intellectual_property", first, 2)),
            e.enough("awards", top),
            e.enough("maker_contest", lambda i: k_all(has(i, "listing", "top50"), e.recent(i, "announced_on"))),
        ),
        "P5": e.is_("chain_key_role", missing=PERSON), "P6": e.is_("product_field", missing=PERSON),
    }  # fmt: skip
    if "2025-190" in notices:
        told["accepted"] = e.at_least("revenue_y0", 5000)
    return told, list(told), {}, None


def rights_2026(e, needed):
    return e.enough(
        "intellectual_property",
        lambda i: k_all(
            has(i, "kind", *CLASS_ONE), has(i, "related", True), has(i, "applied", True), has(i, "acquired", "self"),
            None if i.get("holder_rank") is None else i["holder_rank"] <= 3,
        ),
        needed,
    )  # fmt: skip


def topped(e, *levels):
    rank = lambda i: None if i.get("rank") is None else i["rank"] <= 3  # noqa: E731
    return e.enough("awards", lambda i: k_all(has(i, "level", *levels), rank(i), e.recent(i, "certified_on")))


def developed(e, mark):
    this = e.at_least("development_score_y0", mark)
    return either(this, e.at_least("development_score_y1", mark)) if e.renewal else this


def t2_2026(e):
    position = e.facts.get("market_position")
    told = {
        "size": sizes(e)[1], "legal": legal(e),
        "S1": both(e.holds("innovative", "tech_sme"), e.at_least("segment_years", 3)),
        "S2": both(
            either(e.at_least("revenue_y0", 1500), e.at_least("equity_financing_2y", 2000)),
            within(e.share("main_revenue_y0", "revenue_y0"), lambda v: v >= F(8, 10)),
            within(e.share("total_liabilities_y0", "total_assets_y0"), lambda v: v <= F(8, 10)),
        ),
        "S3": both(*(
            both(e.at_least(f"rd_expense_{y}", 100), within(e.share(f"rd_expense_{y}", f"revenue_{y}"), lambda v: v >= F(3, 100)))
            for y in ("y0", "y1")
        )),
        "S4": either(rights_2026(e, 1), topped(e, "national", "provincial"), e.is_("approved_provincial_rd_institution")),
        "S5": PERSON if position is None else yes(position == "front"),
        "S6": developed(e, 50),
    }  # fmt: skip
    return told, list(told), {}, None


def t3_2026(e):
    held = e.holds("champion")
    spent = [e.num("rd_expense_y0"), e.num("rd_expense_y1")]
    growth = e.growth("revenue", "compound")
    told = {
        "size": sizes(e)[1], "legal": legal(e),
        "group": both(
            e.is_("controlled_by_little_giant", False), e.is_("group_similar_product", False),
            {MET: "unmet", "unmet": MET}.get(held, held),
        ),
        "L1": both(e.holds("specialised"), e.at_least("segment_years", 3)),
        "L2": both(
            e.at_least("revenue_y0", 5000), within(e.share("main_revenue_y0", "revenue_y0"), lambda v: v >= F(9, 10)),
            MET if e.renewal else within(growth, lambda v: (1 + v) >= F(105, 100) ** 2),
            within(e.share("total_liabilities_y0", "total_assets_y0"), lambda v: v <= F(3, 4)),
        ),
        "L3": both(
            UNKNOWN if None in spent else yes(sum(spent) >= 1200),
            *(within(e.share(f"rd_expense_{y}", f"revenue_{y}"), lambda v: v >= F(3, 100)) for y in ("y0", "y1")),
        ),
        "L4": either(rights_2026(e, 4), topped(e, "national")),
        "L5": either(e.at_least("market_share_national", 10), e.at_least("market_share_world", 10), e.at_most("market_rank_national", 3)),
        "L6": e.is_("product_field", missing=PERSON),
        "L7": developed(e, 60),
    }  # fmt: skip
    return told, list(told), {}, None


def t4_2023(e):
    figures = [e.num(f"main_revenue_{y}") for y in ("y0", "y1", "y2")]
    mean = UNKNOWN if None in figures else sum(figures) / 3
    told = {
        "legal": legal(e),
        "H1": either(e.at_least("related_field_years", 10), both(e.is_("new_product"), e.at_least("related_field_years", 5))),
        "H2": either(
            within(mean, lambda v: v >= 40000), both(e.holds("specialised", "little_giant"), within(mean, lambda v: v >= 20000))
        ),
        "H3": e.at_most("market_rank_world", 3),
    }  # fmt: skip
    for code, name in {"H4": "innovation", "H5": "quality"}.items():
        told[code] = e.is_(f"{name}_leading", missing=PERSON)
    told |= {"H6": e.is_("brand_international", missing=PERSON), "H7": e.is_("management_sound", missing=PERSON)}
    return told, list(told), {}, None


STANDARDS = {"T1-2022": t1_2022, "T2-2022": t2_2022, "T3-2022": t3_2022, "T2-2026": t2_2026, "T3-2026": t3_2026, "T4-2023": t4_2023}  # fmt: skip


def judge(rule_set, facts, on, case_type="new", notices=()):
    e = Enterprise(facts, on, case_type == "renewal")
    standard = STANDARDS[rule_set]
    told, gates, indicators, sums = standard(e, notices) if rule_set == "T3-2022" else standard(e)
    answer = {"outcome": both(*(told[gate] for gate in gates)), "size": sizes(e)[0], "points": {}, "score": None}
    for code, (low, high, why) in indicators.items():
        told[code] = MET if low == high else why
        answer["points"][code] = low if low == high else None
    if sums:
        answer["score"] = {
            "total": sums["total"][0] if sums["total"][2] else None, "low": sums["total"][0], "high": sums["total"][1],
            "categories": {k: low if known else None for k, (low, high, known) in sums.items() if k != "total"},
        }  # fmt: skip
    answer["criteria"] = told
    return answer

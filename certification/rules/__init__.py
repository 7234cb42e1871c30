"""The rule engine: plain Python, no framework.

A pack (YAML text) becomes a `CompiledRuleSet`; one enterprise is judged by generated Python (`assess.assess`),
a population by polars (`population.assess_population`) from the same intermediate form. Exact integers, five outcomes.

    library = document.load_all()
    resolution = resolve.resolve(library, tier="specialised", case_type="new", on=date(2026, 8, 1))
    result = assess.assess(library.rule_set(resolution.rule_set), facts, on=date(2026, 8, 1))
"""

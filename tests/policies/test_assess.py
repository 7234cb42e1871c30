"""`manage.py assess` keeps its word: the worked examples come out as they were worked out by hand, alone and among others."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parent / "cases").glob("*.json"))}  # fmt: skip
KEYS = ["rule_set", "on", "case_type", "notices", "outcome", "size", "score", "criteria"]


def run(*words, code=0):
    """(what it wrote, what it complained of); the command ends with `code`."""
    out, err = StringIO(), StringIO()
    if code:
        with pytest.raises(SystemExit) as end:
            call_command("assess", *map(str, words), stdout=out, stderr=err)
        assert end.value.code == code
    else:
        call_command("assess", *map(str, words), stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def kept(folder, facts):
    path = folder / "facts.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return path


def asked(case):
    notices = [word for name in case.get("notices", ()) for word in ("--notice", name)]
    return ["--rule-set", case["rule_set"], "--on", case["on"], "--case-type", case["case_type"], *notices]


def expected_of(answer, expect):
    """The part of an answer that an example speaks of, in the shape of the example."""
    lines = {line["code"]: line for line in answer["criteria"]}
    score = answer["score"] or {"total": None}
    told = {"outcome": answer["outcome"], "size": answer["size"], "total": score["total"]}
    told |= {end: score[end] for end in ("low", "high") if end in expect}
    if "points" in expect:
        told["points"] = {code: line["points"] for code, line in lines.items() if "points" in line}
    if "criteria" in expect:
        told["criteria"] = {code: lines[code]["outcome"] for code in expect["criteria"]}
    return told


@pytest.mark.parametrize("name", CASES)
def test_a_worked_example_comes_out_as_it_was_worked_out(tmp_path, name):
    case = CASES[name]
    (answer,), _ = run(*asked(case), kept(tmp_path, case["facts"]))
    assert list(answer) == KEYS
    assert [answer[key] for key in KEYS[:4]] == [
        case["rule_set"],
        case["on"],
        case["case_type"],
        case.get("notices", []),
    ]
    assert expected_of(answer, case["expect"]) == {"total": None} | case["expect"]
    assert [line["code"] for line in answer["criteria"] if not line["sentence"]] == []


@pytest.mark.parametrize("name", CASES)
def test_an_example_among_others_gets_the_same_answer_without_sentences(tmp_path, name):
    case = CASES[name]
    (alone,), _ = run(*asked(case), kept(tmp_path, case["facts"]))
    rows = [case["facts"], {}, case["facts"] | {"revenue_y0": "0"}, case["facts"]]
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    among, _ = run(*asked(case), "--lines", path)
    for line in alone["criteria"]:
        del line["sentence"], line["values"]
    assert [among[0], among[3]] == [alone, alone]
    assert (len(among), among[1]["outcome"], among[1] == alone) == (4, "unknown", False)


def test_an_example_that_says_otherwise_is_noticed(tmp_path):
    """The comparison itself: one point more, another outcome, another size are each seen."""
    case = CASES["C05"]
    (answer,), _ = run(*asked(case), kept(tmp_path, case["facts"]))
    for change in ({"outcome": "unmet"}, {"size": "medium"}, {"total": "61"}, {"points": case["expect"]["points"] | {"I1": "4"}},
                   {"criteria": {"C1": "unmet"}}):  # fmt: skip
        assert expected_of(answer, case["expect"]) != case["expect"] | change


def test_a_notice_changes_only_the_case_that_names_it(tmp_path):
    """P05 is a re-review of 2025 whose growth is below 5 %: the notice of that year does not ask for it."""
    case = CASES["P05"]
    path = kept(tmp_path, case["facts"])
    (named,), _ = run(*asked(case), path)
    (plain,), _ = run(*asked(case | {"notices": []}), path)
    outcomes = [{line["code"]: line["outcome"] for line in answer["criteria"]} for answer in (named, plain)]
    assert {code for code in outcomes[0] if outcomes[0][code] != outcomes[1].get(code)} == {"P1", "accepted"}
    assert (outcomes[0]["P1"], outcomes[0]["accepted"], outcomes[1]["P1"]) == ("met", "met", "unmet")
    assert (named["notices"], plain["notices"]) == (["2025-190"], [])


def test_a_notice_that_has_nothing_to_do_with_the_standard_says_so_and_changes_nothing(tmp_path):
    case = CASES["C12"]
    path = kept(tmp_path, case["facts"])
    (named,), told = run(*asked(case | {"notices": ["2025-190"]}), path)
    (plain,), silence = run(*asked(case), path)
    assert named == plain | {"notices": ["2025-190"]}
    assert (told.strip(), silence) == ("年度通知 2025-190 与 T2-2026 无关，不改变结果。", "")


def test_asked_by_tier_it_finds_the_standard_and_says_why(tmp_path):
    path = kept(tmp_path, CASES["P01"]["facts"])
    by_tier = ["--tier", "little_giant", "--on", "2026-08-01"]
    (new,), told = run(*by_tier, path)
    (again,), _ = run(*by_tier, "--case-type", "renewal", "--cohort", "2023", path)
    assert [(a["rule_set"], a["notices"]) for a in (new, again)] == [("T3-2026", []), ("T3-2022", ["2026-117"])]
    assert list(new) == [*KEYS, "reason"]
    assert told.strip() == new["reason"]
    assert "117号规定按工信部企业〔2022〕63号附件3把握，适用 T3-2022" in again["reason"]


UNUSABLE = {
    "a fact nobody knows": ('{"revenue": "5"}', [], "revenue: 没有这个事实名"),
    "a sub-key nobody knows": ('{"awards": [{"prize": 1}]}', [], "awards[0].prize: 没有这个事实名"),
    "a word for a number": ('{"revenue_y0": "many"}', [], "revenue_y0: 应为数，现为 'many'"),
    "a fact written twice": ('{"revenue_y0": 1, "revenue_y0": 2}', [], "revenue_y0 写了两次"),
    "text that is no JSON": ("{", [], "不是可读的 JSON"),
    "a list instead of facts": ("[]", [], "应为一个 JSON 对象"),
    "a notice nobody knows": ("{}", ["--notice", "2031-1"], "没有年度通知 2031-1；现有 2025-190、2026-117"),
    "a line nobody can read": ('{}\n{"revenue": 1}\n', ["--lines"], "第 2 个: revenue: 没有这个事实名"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_cannot_be_used_ends_with_two_is_named_and_writes_nothing(tmp_path, what):
    text, words, complaint = UNUSABLE[what]
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    out, told = run("--rule-set", "T2-2022", "--on", "2025-09-01", *words, path, code=2)
    assert out == []
    assert told.startswith("assess: ") and complaint in told


def test_a_standard_nobody_knows_is_named_with_those_that_are(tmp_path):
    out, told = run("--rule-set", "T2-2031", "--on", "2025-09-01", kept(tmp_path, {}), code=2)
    assert (out, told.strip()) == (
        [], "assess: 没有规则集 T2-2031；现有 T1-2022、T2-2022、T2-2026、T3-2022、T3-2026、T4-2023"
    )  # fmt: skip


def test_the_real_command_ends_with_nought_for_any_outcome_and_with_two_for_an_unknown_name(tmp_path):
    def ended(facts):
        words = [sys.executable, "manage.py", "assess", "--rule-set", "T2-2026", "--on", "2026-08-01"]
        done = subprocess.run([*words, kept(tmp_path, facts)], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    code, out, _ = ended({"registered_in_prc": False})
    assert (code, json.loads(out)["outcome"]) == (0, "unmet")
    code, out, err = ended({"turnover": 1})
    assert (code, out, "turnover: 没有这个事实名" in err) == (2, "", True)

"""还缺什么: the questions of a draft that nobody has answered and the required papers without a file, step by step.

The wizard's marks, the printed checklist and the page that submits ask here, so that none of them calls a step filled in
where nothing is. A firm may file without a fact, for it may have a reason; a person then judges in the machine's place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from certification.filing import steps_of, weigh
from certification.form import FormField, Step
from certification.models import Application
from certification.paper_list import Line, held
from certification.tiers import WORDS
from enterprises.facts import Fact, is_figure
from foundation.refusals import Problem

NOTHING = ("", None, [], False)


@dataclass(frozen=True)
class Lack:
    """What one step lacks. `required` and `papers` keep the case from being filed; `facts` do not."""

    step: Step
    required: tuple[FormField, ...] = ()
    facts: tuple[FormField, ...] = ()
    papers: tuple[Line, ...] = ()

    @property
    def count(self) -> int:
        return len(self.required) + len(self.facts) + len(self.papers)

    @property
    def words(self) -> str:
        """Beside the step, in a few characters."""
        if self.papers:
            return f"还缺 {len(self.papers)} 份必交材料"
        if not self.count:
            return "必交的已齐" if self.step.code == "papers" else "已填"
        if not self.facts:
            return f"还有 {self.count} 项必填"
        return f"还缺 {self.count} 项" + (f"，{len(self.required)} 项必填" if self.required else "")

    @property
    def labels(self) -> list[str]:
        """Each thing by its name on the form, with what it is needed for."""
        return [
            *(f"{field.label}（必填）" for field in self.required),
            *(f"{line.title}（必交）" for line in self.papers),
            *(field.label for field in self.facts),
        ]


def lacking(application: Application, known: Mapping[str, Fact] | None = None) -> dict[str, Lack]:
    """By step, those that lack nothing included. Of a returned case only what was unlocked. `known`: the facts, where at hand."""
    facts = weigh(application) if known is None else known
    opened = None if application.state != "returned" else set(application.unlocked)

    def is_open(name: str) -> bool:
        return opened is None or name in opened

    bare = [line for line, files in held(application.call, application.enterprise_id) if line.is_required and not files]
    told = {}
    for step in steps_of(application):
        asked = [field for field in step.fields if is_open(field.name) and not field.is_judged]
        told[step.code] = Lack(
            step,
            tuple(f for f in asked if f.is_required and application.answers.get(f.name) in NOTHING),
            tuple(f for f in asked if f.is_fact and f.name not in facts),
            tuple(bare) if step.code == "papers" and is_open("papers") else (),
        )
    return told


def without_any_figure(application: Application, known: Mapping[str, Fact]) -> list[Problem]:
    """One problem where not a single figure is there: neither the machine nor a person could say anything of such a case."""
    asked = [f.name for step in steps_of(application) for f in step.fields if f.is_fact and not f.is_judged]
    figures = [name for name in asked if is_figure(name)]
    open_now = [name for name in figures if application.state != "returned" or name in application.unlocked]
    if not open_now or any(name in known for name in figures):
        return []
    return [
        Problem(
            "没有填任何数据：营业收入、研发费用等一项也没有，机器无法核算，审核人员也无从判断",
            next((name for name in open_now if name.startswith("revenue")), open_now[0]),
            clause=f"{WORDS[application.tier].form}（经济效益指标）",
            hint="请按审计报告填写，至少填上年度的数；也可以在数据底表里导入，填一次各处都用",
        )
    ]

"""The form by which a leader sends a firm to another body."""

from typing import Any

from django import forms

from foundation.form_words import NamingForm
from foundation.refusals import Problem, Refused
from foundation.regions.models import RecommendingBody, bodies


class BodyForm(NamingForm):
    body = forms.ChoiceField(label="新的推荐单位", help_text="按企业实际生产经营地选择，以后由它初审")
    on = forms.DateField(
        label="变更日期", help_text="登记机关核准迁移的日期；登记时选错的，填今天",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="企业和两个单位都会看到。例：登记时选错了所在县区；住所迁入金凤区，登记机关已核准",
    )  # fmt: skip

    def __init__(self, *args: Any, within: list[RecommendingBody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.choices = [("", "请选择"), *((body.path, _full(body)) for body in within)]
        field.error_messages["invalid_choice"] = "请在列出的县（市、区）和开发区里选择新的推荐单位"
        for name, one in self.fields.items():
            one.widget.attrs |= {"class": "in", "aria-describedby": f"id_{name}-h"}
        self.hints: dict[str, Problem] = {}

    def refuse(self, refusal: Refused) -> None:
        """The verb's problems at the fields they name."""
        for problem in refusal.problems or [Problem(refusal.sentence)]:
            self.hints[problem.message] = problem
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)

    @property
    def problems(self) -> list[Problem]:
        """For the top of the page, each with its field."""
        return [
            self.hints.get(str(message)) or Problem(str(message), name if name in self.fields else "")
            for name, messages in self.errors.items()
            for message in messages
        ]


def _full(body: RecommendingBody) -> str:
    city = bodies().get(body.parent_path)
    return f"{city.short_name}{body.short_name}" if city and city.level == "city" else body.short_name

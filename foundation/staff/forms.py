"""Forms of an office's own people."""

from typing import Any

from django import forms

from foundation.accounts.models import Office, Role
from foundation.form_words import NamingForm
from foundation.refusals import Refused


class PersonForm(NamingForm):
    username = forms.CharField(label="用户名", max_length=60, help_text="登录用，例：xingqing-zhao")
    name = forms.CharField(label="姓名", max_length=60)
    email = forms.CharField(label="电子邮箱", required=False, max_length=254, help_text="用于找回密码，可以以后再填")
    office = forms.ModelChoiceField(label="单位", queryset=Office.objects.none(), to_field_name="public_id")
    roles = forms.MultipleChoiceField(
        label="岗位", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="办理和审计要分开；规则由一人起草、另一人发布",
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset, field.empty_label = offices, None
        for name in ("username", "name", "email", "office"):
            self.fields[name].widget.attrs["class"] = "in"

    def refuse(self, refusal: Refused) -> None:
        """The verb's problems at the fields they name."""
        for problem in refusal.problems:
            words = f"{problem.message}。{problem.hint}" if problem.hint else problem.message
            self.add_error(problem.field if problem.field in self.fields else None, words)
        if not refusal.problems:
            self.add_error(None, refusal.sentence)


class PostForm(PersonForm):
    """The same person at another desk: name and account stay."""

    username = name = email = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        NamingForm.__init__(self, *args, **{k: v for k, v in kwargs.items() if k != "offices"})
        field: Any = self.fields["office"]
        field.queryset, field.empty_label = kwargs["offices"], None
        field.widget.attrs["class"] = "in"

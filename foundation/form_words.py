"""What a form says of a field that cannot be taken: which field, and how to mend it."""

from typing import Any

from django import forms

from foundation.refusals import Problem


class NamingForm(forms.Form):
    """Its errors name their field: read aloud, or in a list, “该字段是必填项” tells nobody which one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= words_for(field)

    @property
    def problems(self) -> list[Problem]:
        """For the list at the top of the page; what belongs to no field stands at the form."""
        return [Problem(words, name) for name, told in self.errors.items() if name in self.fields for words in told]


def words_for(field: forms.Field) -> dict[str, str]:
    """By Django's code of the error; placeholders are Django's."""
    label = str(field.label or "")
    # Only a message with values to put in is read for placeholders; there the label's own percent sign would be one.
    plain = label.replace("%", "%%")
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    told = {
        "required": f"请{'选择' if is_choice else '填写'}{label}",
        "min_value": f"{plain}不能小于%(limit_value)s",
        "max_value": f"{plain}不能大于%(limit_value)s",
        "max_length": f"{plain}最多%(limit_value)d字，现在有%(show_value)d字",
    }
    if isinstance(field, forms.IntegerField):
        told["invalid"] = f"{label}要填整数"
    elif isinstance(field, forms.DateTimeField | forms.DateField):
        told["invalid"] = f"{label}不是一个日期，请重新选择"
    return told

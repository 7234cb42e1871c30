"""What tests of several rooms assert in the same words."""

import re


def assert_same_answer(one, other):
    """Two refusals that tell nothing apart: the same status, headers and bytes but for one-time tokens."""
    assert one.status_code == other.status_code == 404
    assert _bare(one) == _bare(other)


def _bare(answer):
    """Nonces and tokens are drawn anew for every answer, even to the same question; the path asked for is not told."""
    text = re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*', r"\1", answer.content.decode())
    headers = {name: re.sub(r"'nonce-[^']*'", "", value) for name, value in answer.headers.items()}
    return headers, text


def assert_told_at(answer, *fields):
    """A form that was not kept: 422, exactly these fields are named, in Chinese, and each link leads to its field."""
    page = answer.content.decode()
    problems = answer.context["problems"]
    assert (answer.status_code, [p.field for p in problems]) == (422, list(fields))
    for problem in problems:
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.message), problem.message
    for target in re.findall(r'href="[^"#]*#(f-[^"]*)"', page):
        assert page.count(f'id="{target}"') == 1, target
    assert len(re.findall(r'href="#f-', page)) == len([f for f in fields if f])
    return page

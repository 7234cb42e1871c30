"""S5: every form that anybody finds on any page, every field of it, strange texts in each; what comes back is looked at."""

import logging
import random
import re
import sys
from collections import Counter

import django
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.chaos.stage import arguments, prepare, tell

TEXTS = [
    "<canary-x onmouseover=alert(1)>", "\"><script>canary()</script>", "{{ 7|add:7 }}{% now 'Y' %}", "'; DROP TABLE accounts_user; --", "\x00", "\ud800",
    "\u202e\u2066倒写", "9" * 400, "-1", "1e999", "NaN", "二〇二六年二月三十日", "2026-02-30", "0000-00-00", "=cmd|' /C calc'!A0", "a" * 20_000, "../../etc/passwd",
    "https://example.org\r\nSet-Cookie: x=1", "", " ", "％２ｅ", "🐯" * 200, "\ufeff", "null", "[object Object]", "0x10", "１２３", "1,000", "1.0000000000000000000001",
]  # fmt: skip
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|button|/form)|$)", re.DOTALL)
NAME, VALUE, KIND, ACTION, METHOD = (
    re.compile(rf'\b{word}="([^"]*)"') for word in ("name", "value", "type", "action", "method")
)


def forms_of(html: str, url: str) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """(address, field → what stands in it, field → kind) of each form that posts."""
    found = []
    for attributes, inside in FORM.findall(html):
        method = METHOD.search(attributes)
        if method is None or method[1].lower() != "post":
            continue
        values, kinds = {}, {}
        for tag, told, rest in FIELD.findall(inside):
            name = NAME.search(told)
            if name is None or name[1] == "csrfmiddlewaretoken":
                continue
            kind = KIND.search(told)
            kinds[name[1]] = kind[1] if kind else tag
            value = VALUE.search(told)
            option = re.search(r'<option value="([^"]+)"', rest)
            values.setdefault(name[1], value[1] if value else option[1] if option else "")
        action = ACTION.search(attributes)
        found.append(((action[1] if action and action[1] else url).split("?")[0], values, kinds))
    return found


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()
    logging.disable(logging.CRITICAL)

    from tests.building.addresses import addresses
    from tests.chaos.crowd import one_of_each
    from tests.chaos.matrix import Stage

    if asked.plant == "unescaped":
        from django.template import base

        base.conditional_escape = lambda text: text  # type: ignore[attr-defined]
        from django.utils import html

        html.conditional_escape = base.conditional_escape
        import django.template.base as engine

        engine.render_value_in_context = lambda value, context: str(value)  # type: ignore[attr-defined]
    stage = Stage()
    rng = random.Random(asked.seed)
    broken: Counter[str] = Counter()
    infected: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    known: set[tuple[str, tuple[str, ...]]] = set()
    posts = forms = shown = 0
    blank = next(iter(addresses()))
    for who in stage.people if asked.full else one_of_each(stage.people):
        if who.kind == "client":
            continue  # a system reads no pages
        for page in stage.pages(who, 2):
            if page.status != 200 or b"<form" not in page.body:
                continue
            for action, values, kinds in forms_of(page.body.decode("utf-8", "replace"), page.url):
                shape = (re.sub(r"/[0-9a-z]{16}/", "/id/", action), tuple(sorted(values)))
                if shape in known or "logout" in action:
                    continue
                known.add(shape)
                forms += 1
                for name in values:
                    for text in TEXTS if asked.full else [TEXTS[0], rng.choice(TEXTS[1:])]:
                        data = dict(values) | {name: text}
                        if kinds[name] == "file":
                            # No client can name a file with half a character.
                            written = text.encode("utf-8", "replace")
                            data[name] = SimpleUploadedFile(written.decode()[:200].replace("\x00", "") or "x", written)
                        # What was taken is looked at where it is shown next: a text that was stored comes back there.
                        for cell in stage.sent(who, action, blank, data):
                            posts += cell.method == "POST"
                            shown += cell.method == "GET"
                            statuses[cell.status] += 1
                            if cell.status >= 500 and cell.status != 503:
                                broken[f"{action} {name} {text[:20]!r}"] += 1
                            if b"<canary-x" in cell.body or b"<script>canary" in cell.body:
                                infected[f"{action} {name}"] += 1
            if asked.plant and len(infected) > 2:
                break
        if asked.plant and len(infected) > 2:
            break
    counts = {"forms": forms, "posts": posts, "pages_after_taking": shown, "statuses": dict(sorted(statuses.items())), "broken": dict(broken.most_common(8)) or 0, "infected": dict(infected.most_common(5)) or 0}  # fmt: skip
    fine = not broken and not infected and forms >= 30 and shown >= 50
    return tell("S5", asked, counts, "0 answers of 5xx, nothing typed comes back as markup", fine)


if __name__ == "__main__":
    sys.exit(main())

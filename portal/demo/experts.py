"""Three invented experts and one round of expert review in its scoring phase."""

import hashlib
from typing import Any

from certification import draw, expert_round, reviewing
from certification.models import Application, Assignment, Round
from foundation.accounts.models import Office, Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.regions.models import by_path
from portal.demo.people import hashed, make_password_for

EXPERTS = (
    ("zhuanjia-1", "林教授（演示）", "示例大学机械工程学院（演示）", ["机械", "材料"]),
    ("zhuanjia-2", "何高工（演示）", "示例材料研究院（演示）", ["材料", "化工"]),
    ("zhuanjia-3", "罗会计师（演示）", "示例会计师事务所（演示）", ["财务"]),
)
SHEET = (("创新能力（示例）", 40), ("专业化程度（示例）", 40), ("成长性（示例）", 20))
SEED = hashlib.sha256(b"demo").hexdigest()


def make_experts(desk: Principal, told: list[dict[str, Any]]) -> Round | None:
    """The pool, then a round of two cases: everybody has declared, nobody has scored yet."""
    with scoped(Principal.system("demo")):
        office, _ = Office.objects.get_or_create(body=by_path("64"), name=by_path("64").name)
        for username, name, employer, fields in EXPERTS:
            password = make_password_for(username)
            user = User.objects.create(username=username, name=name, password=hashed(password))
            Post.objects.create(user=user, office=office, role="expert", since="2024-01-01")
            expert_round.keep_expert(user, actor=desk, fields=fields, employer=employer, ties=[])
            told.append(
                {
                    "username": username, "password": password, "role": "评审专家", "office": office.name,
                    "region": "64", "enterprise": None,
                }
            )  # fmt: skip
        cases = list(Application.objects.filter(state="province_review", tier="specialised").order_by("id")[:2])
        if not cases:
            return None
        made = expert_round.make_round(
            cases, actor=desk, title="专精特新第一组专家评审（演示）", per_case=2, sheet=SHEET
        )
        draw.draw(made, actor=desk, seed=SEED)
        for task in Assignment.objects.filter(round=made).select_related("expert__user", "round").order_by("id"):
            reviewing.declare(task, actor=Principal.of_user(task.expert.user))
        return expert_round.open_scoring(made, actor=desk)

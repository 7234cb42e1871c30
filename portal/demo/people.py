"""The demo's people: invented, one per role and level, the same on every machine but for the passwords."""

import secrets
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher

from foundation.accounts.models import Office, Post, User
from foundation.regions.models import by_path

SECOND: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("xingqing-fuze", "何副局长（演示）", "64/6401/640104", ("leader", "reviewer")),
    ("dawukou-fuze", "吕副局长（演示）", "64/6402/640202", ("leader", "reviewer")),
    ("ningdong-fuze", "施副局长（演示）", "64/ND", ("leader", "reviewer")),
    ("jingkai-fuze", "张副局长（演示）", "64/6401/JK", ("leader", "reviewer")),
    ("yinchuan-fuze", "孔副局长（演示）", "64/6401", ("leader", "reviewer")),
    ("shizuishan-fuze", "曹副局长（演示）", "64/6402", ("leader", "reviewer")),
    ("sheng-fuchuzhang", "严副处长（演示）", "64", ("leader", "reviewer")),
    ("sheng-fuzeren", "华负责（演示）", "64", ("leader", "reviewer")),
)

OFFICIALS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("xingqing", "赵审核（演示）", "64/6401/640104", ("reviewer", "leader", "admin")),
    ("dawukou", "钱审核（演示）", "64/6402/640202", ("reviewer", "leader")),
    ("ningdong", "孙审核（演示）", "64/ND", ("reviewer", "leader")),
    ("jingkai", "李审核（演示）", "64/6401/JK", ("reviewer", "leader")),
    ("yinchuan", "周科长（演示）", "64/6401", ("reviewer", "leader")),
    ("shizuishan", "吴科长（演示）", "64/6402", ("reviewer", "leader")),
    ("wuzhong", "陶科长（演示）", "64/6403", ("reviewer", "leader")),
    ("guyuan", "姜科长（演示）", "64/6404", ("reviewer", "leader")),
    ("zhongwei", "戚科长（演示）", "64/6405", ("reviewer", "leader")),
    ("wuzhong-shenhe", "谢审核（演示）", "64/6403", ("reviewer",)),
    ("litong-shenhe", "邹审核（演示）", "64/6403/640302", ("reviewer",)),
    ("yinchuan-guanli", "喻管理（演示）", "64/6401", ("admin",)),
    ("sheng-shenhe", "郑审核（演示）", "64", ("reviewer",)),
    ("sheng-heyi", "何合议（演示）", "64", ("reviewer",)),
    ("sheng-chuzhang", "陈处长（演示）", "64", ("leader", "reviewer")),
    ("sheng-guize", "冯规则（演示）", "64", ("policy",)),
    ("sheng-fabu", "褚发布（演示）", "64", ("publisher",)),
    ("sheng-guanli", "卫管理（演示）", "64", ("admin",)),
    ("sheng-shenji", "蒋审计（演示）", "64", ("auditor",)),
    ("sheng-xitong", "沈系统（演示）", "64", ("system",)),
    *SECOND,
)
"""The first leader of an office files the demo's cases; the second is there for whatever asks for another person."""

DEPARTMENTS = (("bumen-yingji", "韩会办（演示）", "自治区应急管理厅（演示）"),)

ROLE_WORDS = {
    "reviewer": "审核岗", "leader": "负责人", "policy": "政策规则岗", "publisher": "规则发布岗", "admin": "单位管理员",
    "auditor": "审计员", "system": "系统管理员", "expert": "评审专家", "department": "部门会办",
}  # fmt: skip


def make_password_for(name: str) -> str:
    """Readable and random: nobody's demo is open to whoever read this file."""
    return f"{name}-{secrets.token_hex(5)}"


class Quick(Argon2PasswordHasher):
    """The house's own hash with less memory, for passwords drawn at random: the first sign-in writes it in full strength."""

    time_cost, memory_cost, parallelism = 1, 8192, 1


def hashed(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, Argon2PasswordHasher):
        hasher = Quick()
    return str(hasher.encode(password, hasher.salt()))


def make_officials() -> list[dict[str, Any]]:
    """The accounts, with their passwords in clear for the person who started the demo."""
    told = []
    for username, name, path, roles in OFFICIALS:
        body = by_path(path)
        office, _ = Office.objects.get_or_create(body=body, name=body.name, defaults={"phone": "0951-000 0000（演示）"})
        password = make_password_for(username)
        user = User.objects.create(username=username, name=name, password=hashed(password))
        Post.objects.bulk_create(Post(user=user, office=office, role=role, since="2024-01-01") for role in roles)
        told.append(
            {
                "username": username,
                "password": password,
                "role": "、".join(ROLE_WORDS[role] for role in roles),
                "office": office.name,
                "region": path,
                "enterprise": None,
            }
        )
    for username, name, office_name in DEPARTMENTS:
        office, _ = Office.objects.get_or_create(body=by_path("64"), name=office_name, defaults={"kind": "department"})
        password = make_password_for(username)
        user = User.objects.create(username=username, name=name, password=hashed(password))
        Post.objects.create(user=user, office=office, role="department", since="2024-01-01")
        told.append(
            {
                "username": username, "password": password, "role": ROLE_WORDS["department"], "office": office_name, "region": "64",
                "enterprise": None,
            }
        )  # fmt: skip
    return told

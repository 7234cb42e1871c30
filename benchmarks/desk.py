"""The worklist and the desk at size: p95 over HTTP-less requests, with the plan, from 10^3 to 10^5 applications.

usage: python benchmarks/desk.py [LARGEST]      on an empty database of its own: DATABASE_URL, PRIVATE_ROOT

Loads the demo world, multiplies its submitted applications inside the database, and asks the views themselves. Each
figure stands beside the same server's answer for the sign-in page, so that machines can be compared.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DB_STATEMENT_TIMEOUT_MS", "0")

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

settings.ALLOWED_HOSTS = ["*"]
settings.MFA_REQUIRED = False

from certification import worklist
from certification.models import Application
from certification.queries import applications
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped

LISTS = {
    "等我办的（自治区）": "/desk/cases/",
    "辖区全部": "/desk/cases/?view=all",
    "已超时限": "/desk/cases/?view=all&age=late",
    "查找企业": "/desk/cases/?view=all&q=示例软件",
}
MULTIPLY = """
INSERT INTO certification_application (public_id, state, version, created_at, updated_at, tier, case_type, region_path,
  enterprise_name, credit_code, rule_set_code, rule_set_hash, overlays, judged_on, answers, draft_version, field_versions, saved_at, receipt_number,
  submitted_at, stage_since, returned_from, refused_from, unlocked, outcome, letter_number, external_id, call_id, enterprise_id)
SELECT left(md5(random()::text || n), 16), a.state, 1, now(), now(), a.tier, a.case_type, a.region_path,
  a.enterprise_name || n, a.credit_code, a.rule_set_code, a.rule_set_hash, a.overlays, a.judged_on, '{}', 1, '{}', a.saved_at, 'NX-BENCH-' || '%(mark)s' || n,
  a.submitted_at, a.stage_since - (random() * 400 || ' hours')::interval, a.returned_from, a.refused_from, a.unlocked, a.outcome, '', '',
  a.call_id, a.enterprise_id
FROM generate_series(1, %(count)s) n
JOIN LATERAL (SELECT * FROM certification_application WHERE submitted_at IS NOT NULL AND receipt_number NOT LIKE 'NX-BENCH%%'
              ORDER BY id OFFSET n %% 40 LIMIT 1) a ON true
"""


def multiply(target: int) -> None:
    """Bring the table to `target` rows; the wall that allows one active case per firm is down for the measurement."""
    with scoped(Principal.system("benchmark")), connection.cursor() as cursor:
        for name in ("one_active_application_per_call", "one_active_application_per_tier"):
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
        cursor.execute("ALTER TABLE certification_application DISABLE TRIGGER USER")
        missing = target - Application.objects.count()
        cursor.execute(MULTIPLY % {"count": missing, "mark": f"{target}-"})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE certification_application ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE certification_application")


def measured(client: Client, url: str, times: int = 25) -> tuple[float, float]:
    """(median, p95) in milliseconds."""
    took = []
    for _ in range(times + 1):
        began = time.perf_counter()
        answer = client.get(url)
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, (url, answer.status_code)
    took = sorted(took[1:])
    return statistics.median(took), took[int(len(took) * 0.95) - 1]


def plan(query: str, principal: Principal) -> str:
    from django.http import QueryDict

    rows = worklist.narrow(applications(principal), worklist.Filters.read(QueryDict(query).dict()), principal)[:30]
    return rows.explain(analyze=True)


def lay_many_pages(count: int) -> str:
    """A case whose evidence has `count` pages in one file; returns its address."""
    import hashlib
    from io import BytesIO

    import pikepdf

    from enterprises.attach import keep
    from enterprises.models import Evidence

    with scoped(Principal.system("benchmark")):
        case = Application.objects.filter(state="province_review").order_by("id").first()
        assert case is not None
        filed = case.submissions.first()
        with pikepdf.new() as pdf:
            for _ in range(count):
                pdf.add_blank_page(page_size=(595, 842))
            out = BytesIO()
            pdf.save(out)
        content = out.getvalue()
        digest = hashlib.sha256(content).hexdigest()
        keep(content, digest)
        paper = Evidence.objects.get(public_id=filed.evidence[0]["public_id"])
        Evidence.objects.filter(pk=paper.pk).update(sha256=digest, size=len(content))
        return f"/desk/cases/{case.public_id}/?paper={paper.public_id}&page=150"


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        call_command("prepare", "--demo", "--credentials", f"{folder}/demo.json")
    with transaction.atomic():
        user = User.objects.get(username="sheng-chuzhang")
        principal = Principal.of_user(user)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    _, base = measured(Client(), "/accounts/login/")
    print(f"登录页 p95 {base:.1f} ms")
    with transaction.atomic():
        address = lay_many_pages(200)
    median, p95 = measured(client, address)
    print(
        f"审核工作台，200页证据：中位 {median:.1f} ms，p95 {p95:.1f} ms，为登录页的 {p95 / base:.1f} 倍（目标 ≤ 200 ms）"
    )
    size = 1000
    first: dict[str, float] = {}
    while size <= largest:
        with transaction.atomic():
            multiply(size)
        for label, url in LISTS.items():
            median, p95 = measured(client, url)
            first.setdefault(label, p95)
            print(
                f"{size:>7} 件  {label}：中位 {median:.1f} ms，p95 {p95:.1f} ms，为10^3时的 {p95 / first[label]:.1f} 倍"
            )
        size *= 10
    with transaction.atomic(), scoped(principal):
        for query in ("view=mine", "view=all"):
            print(f"-- {query}\n{plan(query, principal)}")


if __name__ == "__main__":
    main()

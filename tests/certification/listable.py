"""What has to be there before the province lists a case: its own judgements, and the departments heard."""

from certification import consult, review
from certification.models import Application
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from portal.demo.consultations import settle


def listable(*cases: Application) -> None:
    reviewer, director = (
        Principal.of_user(User.objects.get(username=name)) for name in ("sheng-shenhe", "sheng-chuzhang")
    )
    for case in cases:
        judge(case, reviewer)
        settle(case, reviewer)
        for row in case.consultations.all():
            if row.needs_ruling:
                consult.rule(row, "经核实不影响本案（测试）", actor=director)


def judge(case: Application, reviewer: Principal) -> None:
    for code in review.open_points(case):
        review.judge(case, code, "met", actor=reviewer, note="已核对（测试）")

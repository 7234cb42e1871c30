"""What the demo's reviewers say of the points that wait for a person, the same at every load."""

from certification import gates, review
from certification.models import Application
from foundation.accounts.principal import Principal

SEEN = "已核对企业说明和行业材料（演示）"
SEEN_ELSEWHERE = "企业没有填全，已看过所附材料并向有关部门核实，符合这一条（演示）"


def judge_all(application: Application, actor: Principal) -> None:
    """Whatever waits at this desk; where data are missing the reason says what was looked at instead."""
    filed = application.submissions.order_by("-number")[0]
    known = gates.criteria_of(application)
    bare = {line["code"] for line in filed.result["criteria"] if gates.is_without_data(line, known)}
    for code in review.open_points(application):
        review.judge(application, code, "met", actor=actor, note=SEEN_ELSEWHERE if code in bare else SEEN)

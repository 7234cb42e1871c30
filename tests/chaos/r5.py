"""R5: county systems write opinions through a line that loses a fifth of the answers, each request sent twice at once."""

import http.client
import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import django

from tests.chaos.faultproxy import FaultProxy
from tests.chaos.stage import Processes, arguments, free_port, prepare, tell, wait_until

XINGQING, YINCHUAN = "64/6401/640104", "64/6401"


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from certification import apply
    from foundation.accounts.principal import Principal
    from foundation.accounts.scope import system_scope
    from foundation.exchange import clients
    from tests.chaos.people import Person, make_drafts, rows

    tiers = ("innovative", "specialised", "little_giant", "champion") if asked.full else ("innovative", "specialised")
    drafts = [d for tier in tiers for d in make_drafts(300, tier, XINGQING)][: None if asked.full else 30]
    scopes = ["applications:read", "applications:review"]
    with system_scope("drill") as who:
        for draft in drafts:
            apply.submit(draft.application, actor=draft.principal)
        told = {
            reach: clients.add(
                name=f"演练系统 {reach}", reach=reach, scopes=scopes, actor=Principal.system(who.actor_id)
            )
            for reach in (XINGQING, YINCHUAN)
        }
    port, house = free_port(), Processes.at()
    seen: Counter[int] = Counter()
    try:
        house.web(port, plant=asked.plant)
        proxy = FaultProxy(port, 0.2, asked.seed)
        anybody = Person(port)
        wait_until(lambda: alive(anybody), 30)
        tokens = {}
        for reach, (client, secret) in told.items():
            answer = anybody.send(
                "POST", "/oauth/token",
                f"grant_type=client_credentials&client_id={client.client_id}&client_secret={secret}".encode(),
                **{"Content-Type": "application/x-www-form-urlencoded"},
            )  # fmt: skip
            tokens[reach] = json.loads(answer.body)["access_token"]

        def ask(
            reach: str, path: str, body: dict[str, str] | None = None, key: str = "", match: str = "", through: int = 0
        ):
            headers = {"Authorization": f"Bearer {tokens[reach]}"}
            if body is None:
                return Person(through or port).send("GET", path, **headers)
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key, "If-Match": match}
            return Person(through or port).send("POST", path, json.dumps(body).encode(), **headers)

        def stubborn(path: str, body: dict[str, str], key: str, match: str) -> tuple[int, bytes]:
            """Tries until an answer comes."""
            while True:
                try:
                    answer = ask(XINGQING, path, body, key, match, proxy.port)
                except (OSError, http.client.HTTPException):
                    continue
                if answer.status != 503:
                    return answer.status, answer.body

        def one(draft) -> dict[str, int]:
            base = f"/api/v1/applications/{draft.application.public_id}"
            etag = ask(XINGQING, base).headers["etag"]
            body, key = {"conclusion": "refuse", "text": "演练：材料与主导产品不一致"}, uuid4().hex
            with ThreadPoolExecutor(2) as twins:
                answers = list(twins.map(lambda _: stubborn(f"{base}/opinions", body, key, etag), range(2)))
            later = ask(XINGQING, f"{base}/opinions", body, key, etag)
            changed = ask(XINGQING, f"{base}/opinions", body | {"text": "演练：另一段话"}, key, etag)
            foreign = ask(YINCHUAN, f"{base}/opinions", body, key, etag)
            seen.update([status for status, _ in answers] + [later.status, changed.status, foreign.status])
            return {
                "same": later.status == 201 and all((s, json.loads(b)) == (201, json.loads(later.body)) for s, b in answers),
                "changed_refused": changed.status == 422,
                "not_replayed": foreign.status in (404, 409, 412),
            }  # fmt: skip

        with ThreadPoolExecutor(6) as crowd:
            results = list(crowd.map(one, drafts))
    finally:
        house.kill_all()
    ids = [d.application.public_id for d in drafts]
    written = rows(
        "SELECT count(*), count(DISTINCT o.application_id) FROM certification_opinion o JOIN certification_application a"
        " ON a.id = o.application_id WHERE a.public_id = ANY(%s)",
        ids,
    )[0]
    counts = {
        "keys": len(drafts), "opinions": written[0], "cases": written[1], "answers_dropped": proxy.dropped,
        **{name: sum(r[name] for r in results) for name in ("same", "changed_refused", "not_replayed")},
        "statuses": dict(sorted(seen.items())),
    }  # fmt: skip
    fine = {counts[n] for n in ("opinions", "cases", "same", "changed_refused", "not_replayed")} == {len(drafts)}
    return tell(
        "R5",
        asked,
        counts,
        "created = keys; every repeat is the first answer; changed bodies 422; nobody else's key",
        fine,
    )


def alive(person) -> bool:
    try:
        return bool(person.get("/livez").status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())

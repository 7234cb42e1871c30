"""R5: county systems write opinions through a line that loses a fifth of the answers, each request sent twice at once;
people object to a posted list through the same line, and send the form again until a number comes back.
"""

import http.client
import json
import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
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
    # Each objector comes from an address of his own, as the proxy in front would write it.
    port, house = free_port(), Processes.at(TRUSTED_PROXY="1")
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
            etag = seen_etag(lambda: ask(XINGQING, base))
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
        objected = objections(port, proxy.port, 40 if asked.full else 10)
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
        "objections": objected, "statuses": dict(sorted(seen.items())),
    }  # fmt: skip
    fine = {counts[n] for n in ("opinions", "cases", "same", "changed_refused", "not_replayed")} == {len(drafts)}
    fine = fine and objected == {
        **objected,
        "numbers": objected["forms"],
        "kept": objected["forms"],
        "same_answer": objected["forms"],
    }
    return tell(
        "R5",
        asked,
        counts,
        "created = keys; every repeat is the first answer; changed bodies 422; nobody else's key; one number for each form of an objector",
        fine,
    )


def seen_etag(look) -> str:
    """A machine that is busy says 503 to a look as well; only writing is what this drill is about."""
    for _ in range(60):
        told = look().headers.get("etag", "")
        if told:
            return told
        time.sleep(0.5)
    raise TimeoutError("nobody could read a case for half a minute")


def objections(port: int, lossy: int, count: int) -> dict[str, int]:
    """So many people object, each sending the form until an answer comes, and once more after that."""
    from tests.chaos.people import Person, rows

    posted = rows(
        "SELECT public_id FROM certification_posting WHERE state = 'running' AND level = 'province' ORDER BY id"
    )[0][0]
    path, told, sent, same = f"/postings/{posted}/objection/", set(), 0, 0

    def answer(page) -> tuple[str, ...]:
        return tuple(re.findall(r'<dd class="mono big">([^<]+)</dd>', page.text))

    for n in range(count):
        headers = {"X-Real-IP": f"192.0.2.{n + 1}", "Content-Type": "application/x-www-form-urlencoded"}
        form = None
        while form is None or form.status == 503:
            form = Person(port).send("GET", path, **headers)
        key = re.search(r'name="form_key" value="(\w+)"', form.text)
        given = {
            "line": 1,
            "facts": f"演练异议 {n}",
            "name": "演练人",
            "contact": "13900000000",
            "form_key": key[1] if key else "",
        }

        def send(through: int, given=given, headers=headers):
            person = Person(through)
            body = urlencode({"csrfmiddlewaretoken": person.csrf} | given).encode()
            return person.send("POST", path, body, **headers)

        first = again = None
        while first is None or first.status == 503:
            sent += 1
            try:
                first = send(lossy)
            except (OSError, http.client.HTTPException):
                continue
        while again is None or again.status == 503:
            again = send(port)
        told.add(answer(first)[:1])
        same += len(answer(first)) == 2 and answer(first) == answer(again)
    (kept,) = rows("SELECT count(*) FROM certification_objection WHERE facts LIKE '演练异议 %%'")[0]
    return {"forms": count, "sent": sent + count, "numbers": len(told), "kept": kept, "same_answer": same}


def alive(person) -> bool:
    try:
        return bool(person.get("/livez").status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())

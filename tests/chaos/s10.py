"""S10: sixteen guessers at once, a code used twice, sessions kept after they should have ended; through real HTTP.

A session that knows only the password when its account gets a second factor is one of these.
"""

import http.client
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import django

from tests.chaos.stage import Processes, arguments, free_port, prepare, tell, wait_until

PASSWORD = "Drill-password-2026"


class Browser:
    """Keeps the cookies it is given; may come from another address of this machine."""

    def __init__(self, port: int, source: str = "127.0.0.1") -> None:
        self.port, self.source, self.cookies = port, source, {"csrf": "c" * 32}

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(self.source, 0))
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, path, body, {"Cookie": cookie, "Host": "127.0.0.1"} | headers)
        answer = line.getresponse()
        content = answer.read().decode("utf-8", "replace")
        for name, value in re.findall(
            r"(?m)^(sid|csrf)=([^;]*)", "\n".join(answer.headers.get_all("Set-Cookie") or [])
        ):
            self.cookies[name] = value
        line.close()
        return answer.status, answer.headers.get("Location", ""), content

    def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> tuple[int, str, str]:
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrf"]} | form).encode()
        return self.send("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"} | (headers or {}))

    def sign_in(self, name: str, password: str, **headers: str) -> tuple[int, str, str]:
        return self.post("/accounts/login/", headers, login=name, password=password)


def main() -> int:
    asked = arguments()
    prepare()
    django.setup()

    from allauth.mfa.totp.internal import auth as totp
    from django.contrib.sessions.backends.db import SessionStore

    from foundation import clock
    from foundation.accounts.models import Post, User
    from foundation.accounts.scope import system_scope

    with system_scope("drill"):
        people = {}
        for name in ("xingqing", "yinchuan", "dawukou", "ningdong", "jingkai", "shizuishan", "sheng-shenhe"):
            user = User.objects.get(username=name)
            user.set_password(PASSWORD)
            user.save()
            people[name] = user
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(people["jingkai"], secret)
    port, house = free_port(), Processes.at()
    told: dict[str, object] = {}

    def inside(browser: Browser) -> bool:
        return browser.send("GET", "/desk/")[0] == 200

    try:
        house.web(port, workers=4, plant=asked.plant)
        wait_until(lambda: up(port), 30)

        def guess(n: int) -> int:
            forged = {"X-Forwarded-For": f"10.0.0.{n}", "X-Real-IP": f"10.0.1.{n}"}
            return Browser(port).sign_in("xingqing", f"wrong-{n}", **forged)[0]

        with ThreadPoolExecutor(16) as crowd:
            guesses = Counter(crowd.map(guess, range(400 if asked.full else 64)))
        told["guesses_let_through"] = sum(n for status, n in guesses.items() if status not in (429, 503))
        told["right_password_while_blocked"] = Browser(port).sign_in("xingqing", PASSWORD)[0]
        victim = Browser(port, "127.0.0.2")
        victim.sign_in("xingqing", PASSWORD)
        told["victim_elsewhere_gets_in"] = inside(victim)

        def token(n: int) -> int:
            form = f"grant_type=client_credentials&client_id=guessed&client_secret={n}".encode()
            return Browser(port).send(
                "POST", "/oauth/token", form, **{"Content-Type": "application/x-www-form-urlencoded"}
            )[0]

        with ThreadPoolExecutor(16) as crowd:
            told["token_tries_let_through"] = sum(status not in (429, 503) for status in crowd.map(token, range(60)))

        # Sixteen sessions that all know the password, and one code that was read over a shoulder.
        shoulder = [Browser(port, f"127.0.0.{3 + n}") for n in range(8)]
        for browser in shoulder:
            browser.sign_in("jingkai", PASSWORD)
        if time.time() % 30 > 20:
            time.sleep(30 - time.time() % 30)
        code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
        gate = threading.Barrier(4)

        def use(browser: Browser) -> bool:
            gate.wait(20)
            browser.post("/accounts/2fa/authenticate/", code=code)
            return inside(browser)

        with ThreadPoolExecutor(4) as crowd:
            told["one_code_lets_in"] = sum(crowd.map(use, shoulder[:4]))

        def fresh(name: str, source: str) -> Browser:
            browser = Browser(port, source)
            browser.sign_in(name, PASSWORD)
            return browser

        kept = {
            name: fresh(name, f"127.0.1.{n}")
            for n, name in enumerate(("yinchuan", "dawukou", "ningdong", "shizuishan"), 1)
        }
        idle, old = fresh("yinchuan", "127.0.1.8"), fresh("yinchuan", "127.0.1.9")
        told["sessions_at_first"] = sum(inside(browser) for browser in [*kept.values(), idle, old])
        before = kept["yinchuan"].cookies["sid"]
        kept["yinchuan"].post("/accounts/logout/")
        thief = Browser(port)
        thief.cookies["sid"] = before
        with system_scope("drill"):
            User.objects.filter(username="dawukou").update(is_active=False)
            changed = people["ningdong"]
            changed.set_password("Another-password-2026")
            changed.save()
            Post.objects.filter(user=people["shizuishan"]).update(until=clock.yesterday())
        for browser, field, seconds in ((idle, "seen", 31 * 60), (old, "began", 12 * 3600 + 60)):
            store = SessionStore(browser.cookies["sid"])
            store[field] = int(time.time()) - seconds
            store.save()
        began = time.monotonic()
        told["still_inside"] = {
            "after_sign_out": inside(thief), "disabled": inside(kept["dawukou"]), "password_changed": inside(kept["ningdong"]),
            "post_ended": inside(kept["shizuishan"]), "left_alone": inside(idle), "half_a_day": inside(old),
        }  # fmt: skip
        told["seconds_to_look"] = round(time.monotonic() - began, 2)
        told["factor"] = factor_set_up(port, fresh, inside)
        fixed = Browser(port, "127.0.2.1")
        fixed.cookies["sid"] = "f" * 32
        fixed.sign_in("yinchuan", PASSWORD)
        told["fixed_session_kept"] = fixed.cookies["sid"] == "f" * 32
    finally:
        house.kill_all()
    fine = (
        told["guesses_let_through"] == 5
        and told["right_password_while_blocked"] == 429
        and told["victim_elsewhere_gets_in"] is True
        and told["token_tries_let_through"] == 30
        and told["one_code_lets_in"] == 1
        and told["sessions_at_first"] == 6
        and not any(told["still_inside"].values())  # type: ignore[attr-defined]
        and told["factor"] == {"own_session": True, "other_session": False, "session_not_ended": False}
        and not told["fixed_session_kept"]
    )
    return tell(
        "S10",
        asked,
        told,
        "5 guesses, 30 token tries, one use of a code, no session after its end nor without the factor of its account; the victim is not locked out",
        fine,
    )


def factor_set_up(port: int, fresh: Any, inside: Any) -> dict[str, bool]:
    """Who is inside after one session has set a second factor up: itself, another, and one that nobody ended."""
    from allauth.mfa.totp.internal import auth as totp
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.backends.db import SessionStore

    page, other, missed = (fresh("sheng-shenhe", f"127.0.3.{n}") for n in range(3))
    if not all(map(inside, (page, other, missed))):
        return {}
    # As if the process had died before it came to this one.
    UserSession.objects.filter(session_key=missed.cookies["sid"]).delete()
    page.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", password=PASSWORD)
    page.send("GET", "/accounts/2fa/totp/activate/")
    secret = SessionStore(page.cookies["sid"])["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    page.post("/accounts/2fa/totp/activate/", code=code)
    return {"own_session": inside(page), "other_session": inside(other), "session_not_ended": inside(missed)}


def up(port: int) -> bool:
    try:
        return Browser(port).send("GET", "/livez")[0] == 200
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())

"""The files for a server, read because no container engine is here to run them; each check can fail."""

import copy
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SECRET = re.compile(r"(PASSWORD|SECRET|KEY|TOKEN)(?!_DAYS)")


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def faults(layout):
    """What is wrong with a compose layout, in words."""
    found = []
    for name, service in layout["services"].items():
        check = service.get("healthcheck")
        if not check or (not check.get("disable") and not check.get("test")):
            found.append(f"{name}: no health check")
        for key, value in (service.get("environment") or {}).items():
            # Empty is no secret: SECRET_KEY_FALLBACKS is there only while a key is changed.
            if SECRET.search(key) and not re.fullmatch(r".*\$\{[A-Z_]+:\?[^}]+\}.*|\$\{[A-Z_]+:-\}", str(value)):
                found.append(f"{name}: {key} has a default or a literal")
        if service.get("privileged") or "docker.sock" in str(service.get("volumes")):
            found.append(f"{name}: too much power")
        if name in ("postgres", "valkey") and service.get("ports"):
            found.append(f"{name}: reachable from outside")
        if str(service.get("image", "x:1")).endswith(":latest") or ":" not in str(service.get("image", "x:1")):
            found.append(f"{name}: image without a version")
    return found


def test_the_layout_has_its_six_services_and_no_fault():
    layout = compose()
    assert {"postgres", "valkey", "web", "worker", "beat", "nginx"} <= set(layout["services"])
    assert faults(layout) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s["web"].pop("healthcheck"), "web: no health check"),
        (
            lambda s: s["web"]["environment"].update(SECRET_KEY="change-me"),
            "web: SECRET_KEY has a default or a literal",
        ),
        (
            lambda s: s["postgres"]["environment"].update(POSTGRES_PASSWORD="${P:-postgres}"),
            "postgres: POSTGRES_PASSWORD",
        ),
        (lambda s: s["worker"].update(privileged=True), "worker: too much power"),
        (lambda s: s["valkey"].update(ports=["6379:6379"]), "valkey: reachable from outside"),
        (lambda s: s["nginx"].update(image="nginx:latest"), "nginx: image without a version"),
    ],
)
def test_each_planted_fault_is_found(change, words):
    layout = copy.deepcopy(compose())
    change(layout["services"])
    assert any(fault.startswith(words) for fault in faults(layout))


def settings_read():
    text = (ROOT / "portal" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'env\.(?:flag|number|words|folder|os\.environ\.get)\(\s*"([A-Z_]+)"', text))


def settings_told(text):
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.M))


def test_every_setting_the_portal_reads_is_explained():
    told = settings_told((ROOT / ".env.example").read_text(encoding="utf-8"))
    assert settings_read() - told == set()
    assert len(settings_read()) > 15
    assert settings_read() - settings_told("SECRET_KEY=\n") != set()


def test_every_setting_of_the_layout_is_read_by_something():
    told = settings_told((ROOT / ".env.example").read_text(encoding="utf-8"))
    asked = set(re.findall(r"\$\{([A-Z_]+)[:}]", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert asked - told == set()


FIXED_BY_THE_LAYOUT = {
    "PRIVATE_ROOT", "STATIC_ROOT", "DEBUG", "DEMO", "MFA_REQUIRED", "CLOCK_OFFSET_SECONDS", "COLLECTING", "DB_CONN_MAX_AGE",
    # A relay's password goes into an override file of one's own (docs/operations.md, Mail).
    "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_SSL",
}  # fmt: skip


def not_passed_on(layout):
    """Settings that an office writes into .env and the layout would silently leave out."""
    return {
        name for name in settings_read() if name not in layout["services"]["web"]["environment"]
    } - FIXED_BY_THE_LAYOUT


def test_what_an_office_sets_reaches_the_portal():
    layout = copy.deepcopy(compose())
    assert not_passed_on(layout) == set()
    del layout["services"]["web"]["environment"]["LETTER_REMEDY"]
    assert not_passed_on(layout) == {"LETTER_REMEDY"}


def test_the_example_holds_no_secret():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    filled = [line for line in lines if SECRET.search(line.split("=")[0]) and re.fullmatch(r"[A-Z_]+=.+", line)]
    assert filled == []


def test_the_image_is_locked_and_runs_as_nobody_special():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    versions = re.findall(r"^FROM python:(\d+)\.(\d+)", text, re.M)
    assert versions and all((int(a), int(b)) >= (3, 11) for a, b in versions)
    assert "--require-hashes" in text
    user = re.findall(r"^USER (\S+)", text, re.M)
    assert user and user[-1] not in ("root", "0")
    assert text.index("USER ") < text.index("CMD ")
    for folder in re.findall(r"^COPY (\w+) \1$", text, re.M):
        assert (ROOT / folder).is_dir()


def test_the_application_role_cannot_pass_by_row_level_security():
    text = (ROOT / "deploy" / "role.sh").read_text(encoding="utf-8")
    assert "NOSUPERUSER" in text and "NOBYPASSRLS" in text


def test_private_files_are_only_handed_out_by_the_portal():
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (block,) = re.findall(r"location /private/ \{(.*?)\n  \}", text, re.S)
    assert re.search(r"^\s*internal;", block, re.M)
    assert "proxy_set_header X-Real-IP $remote_addr" in text
    assert "$proxy_add_x_forwarded_for" not in text


def test_a_handed_over_file_is_as_harmless_as_one_the_portal_sends_itself():
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (block,) = re.findall(r"location /private/ \{(.*?)\n  \}", text, re.S)
    headers = dict(re.findall(r'add_header (\S+) "?(.+?)"? always;', block))
    assert headers == {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    }
    sent = (ROOT / "enterprises" / "views" / "papers.py").read_text(encoding="utf-8")
    for name, value in headers.items():
        assert f'response.headers["{name}"] = "{value}"' in sent


def test_a_kept_file_can_be_read_by_the_proxy_that_hands_it_over(tmp_path, settings):
    from enterprises.attach import keep

    settings.PRIVATE_ROOT = tmp_path
    path = keep(b"x", "ab" + "0" * 62)
    assert path.stat().st_mode & 0o777 == 0o644
    assert path.parent.stat().st_mode & 0o005 == 0o005


def test_every_volume_the_portal_writes_to_exists_in_the_image_and_is_its_own():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    made = set(re.findall(r"/var/lib/tianti/\w+", text[text.index("mkdir -p") : text.index("chown -R")]))
    web = compose()["services"]["web"]
    mounted = {volume.split(":")[1] for volume in web["volumes"]}
    assert mounted <= made
    assert "chown -R tianti:tianti /var/lib/tianti" in text
    assert str(Path(web["environment"]["AUDIT_SEAL_FILE"]).parent) in mounted


def test_a_migration_is_not_stopped_by_the_time_limit_of_a_page():
    assert compose()["services"]["prepare"]["environment"]["DB_STATEMENT_TIMEOUT_MS"] == "0"
    assert "SECRET_KEY" in compose()["services"]["prepare"]["environment"]


def test_every_alert_asks_for_a_figure_that_is_told_and_says_what_to_do_first():
    from portal.metrics import LOOKS, QUERIES

    rules = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"tianti_\w+", rule["expr"])}
    assert asked - set(QUERIES) - set(LOOKS) == set()
    for name in (
        "audit_findings",
        "files_missing",
        "files_changed",
        "beat_seconds",
        "private_disk_free",
        "audit_outside_behind",
        "archive_stuck_seconds",
    ):
        assert f"tianti_{name}" in asked
    assert all(rule["annotations"]["action"] for rule in rules)


def test_a_visitor_s_address_and_scheme_are_believed_from_the_named_proxy_only():
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert re.search(r"^\s*set_real_ip_from \$\{REAL_IP_FROM\};", text, re.M)
    assert re.search(r"^\s*real_ip_header X-Forwarded-For;", text, re.M)
    assert "X-Forwarded-Proto $visitors_scheme;" in text
    assert re.search(r"geo \$realip_remote_addr \$from_tls_proxy \{ default 0; \$\{REAL_IP_FROM\} 1; \}", text)
    proxy = compose()["services"]["nginx"]
    assert proxy["environment"]["REAL_IP_FROM"] == "${REAL_IP_FROM:-127.0.0.1}"
    assert "./deploy/nginx.conf:/etc/nginx/templates/default.conf.template:ro" in proxy["volumes"]

"""The files for a server, read because no container engine is here to run them; each check can fail."""

import copy
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SECRET = re.compile(r"PASSWORD|SECRET|KEY|TOKEN")


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
            if SECRET.search(key) and not re.fullmatch(r".*\$\{[A-Z_]+:\?[^}]+\}.*", str(value)):
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
    assert re.search(r"location /private/ \{ internal;", text)
    assert "proxy_set_header X-Real-IP $remote_addr" in text
    assert "$proxy_add_x_forwarded_for" not in text

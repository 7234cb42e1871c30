"""The checks that need no test: style, walls, types, migrations, schema, templates."""

import subprocess
import time

from launcher.places import PYTHON, ROOT, VENV
from launcher.steps import say

CHECKS: list[tuple[str, list[str]]] = [
    ("ruff", ["{bin}/ruff", "check", "."]),
    ("import contracts", ["{bin}/lint-imports", "--no-cache"]),
    ("mypy on the strict rooms", ["{bin}/mypy"]),
    ("migrations", ["{python}", "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("all tables as the migrations have them", ["{python}", "manage.py", "check_tables"]),
    ("API schema drift", ["{python}", "manage.py", "check_schema"]),
    ("templates", ["{bin}/djlint", "templates", "--lint", "--quiet"]),
    ("bandit", ["{bin}/bandit", "-q", "-c", "pyproject.toml", "-r", "portal", "foundation", "enterprises",
                "certification", "incentives"]),
]  # fmt: skip


def lint_all(env: dict[str, str]) -> int:
    """Runs every check, tells each one's time, and returns how many failed."""
    failed = 0
    for name, command in CHECKS:
        began = time.monotonic()
        filled = [part.format(bin=VENV / "bin", python=PYTHON) for part in command]
        done = subprocess.run(filled, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        mark = "✗" if done.returncode else "✓"
        say(f"  {mark} {name} ({time.monotonic() - began:.1f} s)")
        if done.returncode:
            failed += 1
            say((done.stdout + done.stderr).strip()[-6000:])
    return failed

"""What machines read and write: metrics for the operator, refusals reported by browsers, lines for a collector."""

import json
import logging
from pathlib import Path

import pytest
from django.test import Client
from ruamel.yaml import YAML

from portal.logs import JsonFormatter
from portal.metrics import LOOKS, QUERIES

ROOT = Path(__file__).parents[2]


def told(text: str) -> dict[str, float]:
    return {line.split()[0]: float(line.split()[1]) for line in text.splitlines() if line and not line.startswith("#")}


def test_metrics_say_what_waits_and_what_was_set_aside(house):
    from foundation.ledger.models import WorkItem
    from foundation.ledger.work import enqueue

    before = told(Client().get("/metrics").content.decode())
    enqueue("drill.metric", "one")
    aside = enqueue("drill.metric", "two")
    WorkItem.objects.filter(pk=aside.pk).update(state="quarantined")
    after = told(Client().get("/metrics").content.decode())
    assert set(after) == set(QUERIES) | set(LOOKS)
    assert after["tianti_ledger_waiting"] - before["tianti_ledger_waiting"] == 1
    assert after["tianti_ledger_quarantined"] - before["tianti_ledger_quarantined"] == 1


def test_metrics_say_whether_the_database_s_log_is_archived(house):
    """A server that archives nothing has failed at nothing; the figures are there before they are needed."""
    after = told(Client().get("/metrics").content.decode())
    assert (after["tianti_archive_failed"], after["tianti_archive_stuck_seconds"]) == (0, 0)


def test_metrics_are_not_for_everybody(house, settings):
    assert Client(REMOTE_ADDR="192.0.2.1").get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a-token-of-the-operator"
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"Authorization": "Bearer a-token-of-the-operator"}).status_code == 200


def test_every_alert_rests_on_a_metric_that_exists_and_says_what_to_do():
    rules = YAML(typ="safe").load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    assert len(rules) >= 6
    for rule in rules:
        assert rule["expr"].split()[0].split("{")[0] in {*QUERIES, *LOOKS, "up"}, rule
        assert rule["annotations"]["action"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"csp-report": 7}', b"x" * 20_000, b""])
def test_a_report_that_cannot_be_read_is_answered_and_forgotten(house, body):
    assert Client().post("/csp-report", body, content_type="application/csp-report").status_code == 204


def test_a_report_leaves_the_fields_that_help_and_no_others(house, caplog):
    report = {
        "csp-report": {"document-uri": "http://127.0.0.1/x", "effective-directive": "script-src", "cookie": "secret"}
    }
    with caplog.at_level(logging.WARNING, "tianti.csp"):
        Client().post("/csp-report", json.dumps(report), content_type="application/csp-report")
    assert caplog.messages == ['csp report {"document-uri": "http://127.0.0.1/x", "effective-directive": "script-src"}']


def test_a_log_line_is_one_json_object():
    record = logging.LogRecord("tianti", logging.ERROR, "x.py", 1, "材料 %s", ("坏了",), None)
    line = json.loads(JsonFormatter().format(record))
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "tianti", "材料 坏了")

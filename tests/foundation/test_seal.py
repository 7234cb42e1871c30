"""The sealed record: what was signed stays checkable, here, after a move to another server, and with a copy outside."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.audit import seal, verify
from foundation.audit.models import AuditEvent, AuditLink, AuditSeal

ELSEWHERE = 10**12
"""A transaction number that this cluster will not reach while the suite runs."""


@pytest.fixture(autouse=True)
def key(settings):
    settings.AUDIT_SEAL_KEY = "the key of this test"
    settings.AUDIT_SEAL_FILE = ""


@pytest.fixture
def event(house):
    """An event as if committed by transaction `txid`: the test's own is still open and is rightly not sealed."""

    def write(txid: int) -> AuditEvent:
        return AuditEvent.objects.create(
            txid=txid, at=clock.now() - timedelta(minutes=1), actor_kind="system", actor_name="系统", act="user.login",
            object_type="x", object_id="1", sentence="系统登录",
        )  # fmt: skip

    return write


@pytest.fixture
def one_row_a_seal(monkeypatch):
    """Several seals in a test, whose transaction is the oldest that is open all the while: a full seal stops at its row."""
    monkeypatch.setattr(seal, "MOST", 1)


def sealed_elsewhere(cluster: str = "7000000000000000000", form: int = 2) -> AuditSeal:
    """The last seal as a dump brings it along: signed by us, under numbers of the old cluster."""
    last = AuditSeal.objects.get()
    made = AuditSeal(
        number=2, format=form, previous=last.digest, digest=seal.chained(last.digest, []), first=last.first + last.count,
        count=0, horizon=ELSEWHERE, at=clock.now(), key_id=last.key_id, cluster=cluster,
    )  # fmt: skip
    seal.sign(made, seal.private_key())
    made.save(force_insert=True)
    return made


def test_the_application_may_ask_in_which_cluster_it_is(house):
    cluster, open_from = seal.where_we_are()
    assert cluster.isdigit() and len(cluster) > 15
    assert open_from > 0


@pytest.mark.parametrize(("cluster", "form"), [("7000000000000000000", 2), ("", 1)])
def test_sealing_goes_on_after_a_dump_was_restored_in_another_cluster(event, cluster, form):
    event(10)
    assert seal.seal_all() == 1
    sealed_elsewhere(cluster, form)
    late, new = event(ELSEWHERE + 5), event(11)
    assert verify.verify() == []
    assert seal.seal_all() == 2
    assert set(AuditLink.objects.values_list("event_id", flat=True)) >= {late.pk, new.pk}
    last = AuditSeal.objects.order_by("-number").first()
    assert (last.number, last.cluster) == (3, seal.where_we_are()[0])
    assert last.horizon < ELSEWHERE
    assert verify.verify() == []


def test_after_the_move_a_row_slipped_in_behind_the_new_seal_is_found(event):
    event(10)
    seal.seal_all()
    sealed_elsewhere()
    event(11)
    seal.seal_all()
    forged = event(10)
    assert seal.seal_all() == 0
    assert verify.Finding(f"event {forged.pk}", "slipped in behind a seal") in verify.verify()


def test_rows_that_came_with_the_move_are_sealed_in_several_seals_too(event, monkeypatch):
    monkeypatch.setattr(seal, "MOST", 2)
    event(10)
    seal.seal_all()
    sealed_elsewhere()
    for txid in (11, 12, 13, ELSEWHERE + 1, ELSEWHERE + 2):
        event(txid)
    assert seal.seal_all() == 5
    assert verify.verify() == []


def test_once_the_move_is_over_a_row_of_a_transaction_that_never_was_is_found_and_never_sealed(event):
    event(10)
    seal.seal_all()
    sealed_elsewhere()
    late = event(ELSEWHERE + 5)
    assert (seal.seal_all(), AuditLink.objects.filter(event_id=late.pk).count()) == (1, 1)
    forged = event(ELSEWHERE + 6)
    assert seal.seal_all() == 0
    assert [finding.where for finding in verify.slipped_in()] == [f"event {forged.pk}"]


def test_the_cluster_of_a_seal_is_part_of_what_is_signed(event):
    event(10)
    made = seal.seal_once()
    told = seal.message(made)
    made.cluster = "7000000000000000000"
    assert seal.message(made) != told


def test_the_metric_counts_the_age_of_rows_without_a_seal_wherever_the_numbers_stand(event, sql):
    from portal.metrics import QUERIES

    query = QUERIES["tianti_audit_unsealed_seconds"][1]
    event(10)
    seal.seal_all()
    assert sql(query)[0][0] == 0
    sealed_elsewhere()
    event(11)
    assert sql(query)[0][0] >= 60
    seal.seal_all()
    assert sql(query)[0][0] == 0


def test_the_record_is_verified_in_pieces_with_the_same_findings(event, sql, monkeypatch):
    monkeypatch.setattr(verify, "PIECE", 2)
    kept = [event(10 + n) for n in range(7)]
    seal.seal_all()
    assert verify.verify() == []
    forged = event(10)
    sql("ALTER TABLE audit_auditlink DISABLE TRIGGER USER")
    sql("UPDATE audit_auditlink SET digest = 'x' WHERE event_id = %s", kept[5].pk)
    sql("UPDATE audit_auditlink SET seal = 9 WHERE event_id = %s", kept[2].pk)
    found = {f"{finding.where}: {finding.what}" for finding in verify.verify()}
    assert found == {
        f"event {kept[5].pk}: changed after it was sealed", f"event {forged.pk}: slipped in behind a seal",
        "seal 1: its rows are not those it counted", "seal 9: rows point at a seal that is not there",
    }  # fmt: skip


def test_a_file_outside_that_is_gone_or_cannot_be_written_is_a_finding(
    event, settings, tmp_path, monkeypatch, one_row_a_seal
):
    event(10)
    seal.seal_all()
    settings.AUDIT_SEAL_FILE = str(tmp_path / "seals.jsonl")
    assert verify.verify() == []
    monkeypatch.setattr(verify, "LATE", timedelta(0))
    assert verify.verify() == [verify.Finding("seal 1", "is not in the file outside, nor are 0 others")]
    event(11)
    seal.seal_all()
    assert verify.verify() == []
    assert [line["number"] for line in seal.outside(tmp_path / "seals.jsonl")] == [1, 2]


def test_a_line_that_a_crash_cut_short_does_not_spoil_the_next(event, settings, tmp_path, one_row_a_seal):
    settings.AUDIT_SEAL_FILE = str(tmp_path / "seals.jsonl")
    event(10)
    seal.seal_all()
    with (tmp_path / "seals.jsonl").open("a") as out:
        out.write('{"number": 2, "dig')
    event(11)
    seal.seal_all()
    assert [line["number"] for line in seal.outside(tmp_path / "seals.jsonl")] == [1, 2]


def test_the_nightly_result_is_kept_for_the_figures_and_the_alert_rules(event, sql, private_root):
    from foundation.audit.models import Inspection
    from foundation.audit.tasks import verify_record
    from portal.metrics import FromTables

    event(10)
    seal.seal_all()
    forged = event(10)
    assert verify_record() == 1
    assert Inspection.objects.get(name="verify").counts == {"findings": 1}
    told = {family.name: family.samples[0].value for family in FromTables().collect()}
    assert told["tianti_audit_findings"] == 1
    assert told["tianti_audit_verified_seconds"] < 60
    assert 0 < told["tianti_private_disk_free"] <= 1
    assert verify.Finding(f"event {forged.pk}", "slipped in behind a seal") in verify.verify()


def test_a_page_reads_the_newest_seals_and_finds_what_is_wrong_there(event, sql, monkeypatch, one_row_a_seal):
    kept = []
    for n in range(4):
        kept.append(event(10 + n))
        seal.seal_all()
    monkeypatch.setattr(verify, "RECENT", 1)
    rows, found = verify.recent()
    assert (rows, found) == (2, [])
    sql("ALTER TABLE audit_auditlink DISABLE TRIGGER USER")
    sql("UPDATE audit_auditlink SET digest = 'x' WHERE event_id = %s", kept[3].pk)
    assert [finding.where for finding in verify.recent()[1]] == [f"event {kept[3].pk}", "seal 4"]

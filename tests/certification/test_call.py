"""A call: one per tier, matter, year and batch, when it is drafted and when a draft is changed."""

import pytest

from certification import call as verbs
from certification.models import Call
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.refusals import Refused


@pytest.fixture
def director(world):
    actor = Principal.of_user(User.objects.get(username="sheng-chuzhang"))
    with scoped(actor):
        yield actor


def copy_of(call: Call, batch: str) -> Call:
    made = Call.objects.get(pk=call.pk)
    made.pk, made.public_id, made.batch = None, f"copy-{batch}"[:16], batch
    return made


def test_a_batch_that_is_there_already_is_refused_at_its_field_also_when_a_draft_is_changed(director):
    there = Call.objects.filter(state="published", case_type="new").order_by("id").first()
    with pytest.raises(Refused) as told:
        verbs.draft(copy_of(there, there.batch), actor=director)
    assert (told.value.code, told.value.problems[0].field) == ("duplicate", "batch")
    drafted = verbs.draft(copy_of(there, "增补批"), actor=director)
    with pytest.raises(Refused) as told:
        verbs.edit(drafted, {"batch": there.batch}, actor=director)
    assert (told.value.code, told.value.problems[0].field) == ("duplicate", "batch")
    assert Call.objects.get(pk=drafted.pk).batch == "增补批"


def test_how_long_a_list_is_public_is_read_from_the_notice_and_never_filled_in_before(director, world):
    client = world.signed_in("sheng-chuzhang")
    form = client.get("/desk/calls/new/").context["form"]
    assert form["posting_length"].value() is None and not form["posting_unit"].value()
    answer = client.post("/desk/calls/new/", {"title": "测试批次"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["posting_length"] == ["请填写公示时长"]
    assert answer.context["form"].errors["posting_unit"] == ["请选择公示时长单位"]

"""On the spot with a phone: the signal goes, the work goes on, and everything arrives once when it is back."""

import base64
import re

from playwright.sync_api import expect

PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEB"
    "AREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q=="
)
COUNT = (
    "from certification.models import VisitLine, VisitPhoto\n"
    "from foundation.audit.models import AuditEvent\n"
    "from foundation.accounts.scope import system_scope\n"
    "with system_scope('test'):\n"
    "    print(VisitLine.objects.filter(note='少两台设备，无信号时记下').count(), VisitPhoto.objects.count(),"
    " VisitPhoto.objects.filter(hashed_at_capture=True).count(),"
    " AuditEvent.objects.filter(act='visit.photograph').count())"
)


def test_what_is_typed_and_taken_without_a_signal_arrives_once_when_it_is_back(person, portal):
    desk = person(width=390, height=844)
    desk.sign_in("xingqing")
    desk.go("/desk/visits/?state=planned")
    page = desk.page
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    unsent = page.locator("#unsent")
    expect(unsent).to_have_text("全部已送达")
    address = page.url
    desk.context.set_offline(True)
    line = page.locator("[data-line='1']")
    line.get_by_label("不符").check()
    line.locator("textarea").fill("少两台设备，无信号时记下")
    page.locator("#camera").set_input_files({"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": PIXEL})
    expect(unsent).to_contain_text("2 项未送出")
    before = portal.manage("shell", "-v", "0", "-c", COUNT).split()
    assert before[:2] == ["0", "0"]
    desk.context.set_offline(False)
    desk.faults[:] = [fault for fault in desk.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    expect(unsent).to_have_text("全部已送达", timeout=20_000)
    assert portal.manage("shell", "-v", "0", "-c", COUNT).split() == ["1", "1", "1", "1"]
    # The page is opened again, as after the phone slept: what was written is there, and nothing is sent a second time.
    page.goto(address)
    expect(page.locator("[data-line='1'] textarea")).to_have_value("少两台设备，无信号时记下")
    expect(page.locator("#unsent")).to_have_text("全部已送达")
    assert portal.manage("shell", "-v", "0", "-c", COUNT).split() == ["1", "1", "1", "1"]
    for place in range(2, page.locator("[data-line]").count() + 1):
        page.locator(f"[data-line='{place}']").get_by_label("相符").check()
    expect(page.locator("#unsent")).to_have_text("全部已送达", timeout=20_000)
    page.get_by_label("核查小结").fill("除设备数量外与申报一致（测试）")
    desk.press("结束核查，请企业确认")
    expect(page.locator("main")).to_contain_text("待企业确认")
    firm = person(width=390, height=844)
    firm.sign_in("qiye-zhang")
    firm.go("/my/")
    firm.page.get_by_role("link", name="实地核查").first.click()
    firm.page.wait_for_load_state()
    firm.page.get_by_label("企业意见").fill("两台设备在维修，附维修单")
    firm.press("看过，确认")
    expect(firm.page.locator("main")).to_contain_text(re.compile("已确认"))
    desk.go("/desk/visits/?state=countersigned")
    expect(page.locator("main")).to_contain_text("021有限公司")

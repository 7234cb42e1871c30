"""The file that lays all tables at once says what the migrations say, and an old one is noticed."""


from launcher import tables as writing
from portal import tables


def test_all_tables_at_once_are_what_the_migrations_make_one_by_one():
    assert writing.built() == tables.file().read_text(encoding="utf-8")


def test_a_file_older_than_the_migrations_is_refused(monkeypatch, tmp_path):
    assert tables.is_current()
    old = tmp_path / "tables.sql"
    old.write_text(tables.MARK + "0" * 64 + "\n", encoding="utf-8")
    monkeypatch.setattr(tables, "file", lambda: old)
    assert not tables.is_current()


def test_settings_of_the_server_go_and_a_body_of_a_function_stays():
    dump = (
        "--\n-- Name: f(); Type: FUNCTION\n--\n\n\\restrict abc\nSET row_security = off;\nCREATE FUNCTION f() AS $$\n"
        "-- a remark of ours\nSET LOCAL app.lo = 'x';\n$$;\n\t(1, 'regions', '2026-01-02 03:04:05.6+00');\n"
    )
    assert writing.cleaned(dump) == (
        "CREATE FUNCTION f() AS $$\n-- a remark of ours\nSET LOCAL app.lo = 'x';\n$$;\n\t(1, 'regions', now());\n"
    )

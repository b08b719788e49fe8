import pytest

from opprod.reports.rendering.job import Job
from opprod.reports.rendering.limits import Limits

LIMITS = Limits()


def key(html: str = "<p>x", **assets: bytes) -> str:
    return Job.of(html, assets, LIMITS).key()


def test_the_key_depends_on_the_document_and_its_assets_and_nothing_else(tmp_path):
    assert key() == key()
    assert Job.of("<p>x", {}, Limits(cpu_seconds=1)).key() == key()
    assert len({key(), key("<p>y"), key(a=b"1"), key(a=b"2"), key(b=b"1"), key(a=b"1", b=b"2")}) == 6
    assert key(a=b"1", b=b"2") == key(b=b"2", a=b"1")
    (tmp_path / "a").write_bytes(b"1")
    assert Job.of("<p>x", {"a": tmp_path / "a"}, LIMITS).key() == key(a=b"1")


def test_text_cannot_be_moved_between_parts_to_forge_a_key():
    assert key("<p>x", a=b"bc") != key("<p>x", ab=b"c")
    assert key("<p>xa", a=b"") != key("<p>x", aa=b"")


def test_a_job_is_read_as_it_was_written(tmp_path):
    job = Job.of("<p>£18–20m \ud800\x00", {"a.png": b"\x00\xff"}, Limits(wall_seconds=1.5))
    job.write(tmp_path)
    assert Job.read(tmp_path) == job


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".hidden", "a b", "a\n", "é"])
def test_an_asset_whose_name_an_address_cannot_hold_is_refused(name):
    with pytest.raises(ValueError, match="cannot name an asset"):
        Job.of("<p>x", {name: b""}, LIMITS)

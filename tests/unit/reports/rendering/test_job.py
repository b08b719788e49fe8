import pytest

from opprod.reports.rendering.attachment import Attachment
from opprod.reports.rendering.job import Job


def key(html: str = "<p>x", **assets: bytes) -> str:
    return Job.of(html, assets).key()


def test_the_key_depends_on_the_document_and_its_assets_and_nothing_else(tmp_path):
    assert key() == key()
    assert len({key(), key("<p>y"), key(a=b"1"), key(a=b"2"), key(b=b"1"), key(a=b"1", b=b"2")}) == 6
    assert key(a=b"1", b=b"2") == key(b=b"2", a=b"1")
    (tmp_path / "a").write_bytes(b"1")
    assert Job.of("<p>x", {"a": tmp_path / "a"}).key() == key(a=b"1")


def test_the_key_depends_on_what_is_attached():
    def attaching(name: str, description: str, content: bytes) -> str:
        return Job.of("<p>x", {}, Attachment(name, description, content)).key()

    assert attaching("a", "b", b"c") == attaching("a", "b", b"c")
    keys = [
        key(),
        attaching("a", "b", b"c"),
        attaching("b", "b", b"c"),
        attaching("a", "c", b"c"),
        attaching("a", "b", b"d"),
    ]
    assert len(set(keys)) == 5


def test_text_cannot_be_moved_between_parts_to_forge_a_key():
    assert key("<p>x", a=b"bc") != key("<p>x", ab=b"c")
    assert key("<p>xa", a=b"") != key("<p>x", aa=b"")


@pytest.mark.parametrize("attached", [True, False])
def test_a_job_is_read_as_it_was_written(tmp_path, attached):
    attachment = Attachment("a.json", "£ \ud800", b"\x00\xff") if attached else None
    job = Job.of("<p>£18–20m \ud800\x00", {"a.png": b"\x00\xff"}, attachment)
    job.write(tmp_path)
    assert Job.read(tmp_path) == job


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".hidden", "a b", "a\n", "é"])
def test_an_asset_whose_name_an_address_cannot_hold_is_refused(name):
    with pytest.raises(ValueError, match="cannot name an asset"):
        Job.of("<p>x", {name: b""})
    with pytest.raises(ValueError, match="cannot name an attachment"):
        Job.of("<p>x", attachment=Attachment(name, "", b""))

"""The store of files."""

import hashlib
import logging
import stat
from io import BytesIO
from pathlib import Path

import pytest

from opprod.core.errors import DomainError, NotFound
from opprod.files.store import CHUNK, FileStore, Stored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "the files"


@pytest.fixture
def store(folder: Path) -> FileStore:
    return FileStore(folder.as_uri())


def kept(folder: Path, stored: Stored) -> Path:
    return folder / stored.sha256[:2] / stored.sha256[2:]


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK + 7])
def test_a_file_comes_back_as_it_went_in(store: FileStore, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    stored = store.put(BytesIO(content))
    assert stored == Stored(hashlib.sha256(content).hexdigest(), size)
    chunks = list(store.open(stored.sha256, size=size))
    assert b"".join(chunks) == content
    assert all(len(chunk) <= 2 * CHUNK for chunk in chunks)


def test_another_kind_of_store_is_used_alike() -> None:
    store = FileStore("memory:///")
    stored = store.put(BytesIO(b"one"))
    assert b"".join(store.open(stored.sha256, size=3)) == b"one"
    with pytest.raises(NotFound):
        store.open("ab" * 32, size=3)


def test_a_file_is_named_by_its_content_in_a_folder_for_its_owner_alone(store: FileStore, folder: Path) -> None:
    stored = [store.put(BytesIO(content)) for content in (b"one", b"two", b"one")]
    assert stored[0] == stored[2]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert files == sorted({kept(folder, stored[0]), kept(folder, stored[1])})
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_is_read_from_its_beginning_wherever_a_reader_left_it(store: FileStore) -> None:
    content = BytesIO(b"one two")
    content.read(4)
    assert store.put(content).size == 7


def test_a_missing_file_is_told_and_logged(store: FileStore, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotFound, match="missing or damaged"):
        store.open("ab" * 32, size=3)
    assert "is not in the store" in caplog.text


def test_a_file_cut_short_is_not_opened_and_one_altered_never_comes_whole(
    store: FileStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = bytes(5 * CHUNK)
    stored = store.put(BytesIO(content))
    kept(folder, stored).write_bytes(content[:-1])
    with pytest.raises(NotFound, match="missing or damaged"):
        store.open(stored.sha256, size=stored.size)

    kept(folder, stored).write_bytes(content[:-1] + b"x")
    came = []
    with pytest.raises(OSError, match="altered"):
        came.extend(store.open(stored.sha256, size=stored.size))
    assert sum(map(len, came)) < len(content)
    assert "was altered" in caplog.text

    store.put(BytesIO(content))  # sent again, it is whole again
    assert b"".join(store.open(stored.sha256, size=stored.size)) == content


def test_a_store_that_cannot_be_used_is_told_and_logged(
    store: FileStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored = store.put(BytesIO(b"one"))
    kept(folder, stored).unlink()
    kept(folder, stored).mkdir()  # whoever runs the tests, a folder is no file
    with caplog.at_level(logging.ERROR), pytest.raises(DomainError, match="store of documents cannot be used"):
        store.put(BytesIO(b"one"))
    assert "could not be stored" in caplog.text

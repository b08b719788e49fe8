"""Settings, as they are read from the environment."""

from pathlib import Path

import pytest

from opprod.config import Settings, SettingsError
from opprod.files.store import FileStore


def test_documents_are_kept_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    folder = tmp_path / "the data"
    settings = Settings.from_environment({"OPPROD_DATA_DIR": str(folder)})
    FileStore(settings.files_address)
    assert (folder / "files").is_dir()
    assert Settings.from_environment({"OPPROD_FILES_URL": "s3://bucket/folder"}).files_address == "s3://bucket/folder"


@pytest.mark.parametrize(
    "address", ["/srv/files", "files", "file://srv/files", "ftp://host/folder", "s3://", "https://host/folder"]
)
def test_an_address_that_is_no_store_is_refused_with_what_would_be(address: str) -> None:
    with pytest.raises(SettingsError, match="OPPROD_FILES_URL must be an address such as file:///"):
        Settings.from_environment({"OPPROD_FILES_URL": address})

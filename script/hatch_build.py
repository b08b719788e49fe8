"""What the wheel carries besides the package: templates, migrations and the fetched front-end assets."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelContents(BuildHookInterface):
    """Put templates and migrations inside the package, where `opprod.resources` looks for them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fail where the assets have not been fetched; an editable install reads the checkout instead."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "opprod/static/vendor/.stamp").is_file():
            raise FileNotFoundError(
                "The front-end assets are missing: run `python script/fetch_assets.py` before you build"
            )
        for name in ("templates", "migrations"):
            build_data["force_include"][str(root / name)] = f"opprod/bundled/{name}"

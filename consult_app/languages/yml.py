"""The files of words, and of what is known about them, as they stand on disk."""

from pathlib import Path
from typing import Any

import yaml


def read(file: Path) -> Any:
    """What a YAML file holds; an empty mapping where it holds nothing or is not there."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return yaml.load(text, Loader=yaml.CSafeLoader) or {}

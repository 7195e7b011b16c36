"""The variables the product reads, and where each must be told of."""

import re
from pathlib import Path

from helpdesk.settings.environment import Environment

# Heard by the compose file, script/server or the tests, not by the settings.
OUTSIDE = {"DOMAIN", "POSTGRES_PASSWORD", "WEB_REPLICAS"}
SCRIPTS = {"PORT", "DATA_DIR", "PYTHON", "CHROMIUM_PATH"}


def settings() -> set[str]:
    return {name.upper() for name in Environment.model_fields}


def example_variables(path: Path) -> set[str]:
    """Set or, where there is a default, commented out."""
    return set(re.findall(r"^(?:# ?)?([A-Z][A-Z0-9_]+)=", path.read_text(), re.MULTILINE))
